"""What a quarter overview says: the days of everybody in a contingent, its lines, and what later ones compare with."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from activities.ama_facts import advances_of, contingent_of, placed_with
from activities.statement_rows import StaatGeweigerd, of_organisation
from models.kwartaal import (
    Eerder,
    Kwartaalcijfers,
    Kwartaalfeiten,
    Kwartaalregel,
    Persoonsdagen,
    Plaatsen,
    Verteld,
    total,
)
from models.subsidie import SE, Begeleid
from models.vergoedingsstaat import ZERO, Bedragen
from rules.begeleide_dagen import amount_is_known, year_of
from rules.kwartaaloverzicht import (
    Jaardagen,
    days_of,
    days_until,
    ground,
    lines,
    may_draw_up,
    quarter_of,
    year_to_date,
)

SOORT = "kwartaaloverzicht"
Days = Mapping[int, Sequence[Jaardagen]]
"""Of each year, the days of everybody."""


class Vraag(NamedTuple):
    """Which overview is asked for, and on which day."""

    houder: str
    jaar: int
    kwartaal: int
    as_of: date


def facts_of(session: Session, asked: Vraag, bedragen: Bedragen) -> tuple[Kwartaalfeiten, int]:
    """All that an overview says, and its number; raises StaatGeweigerd that names field and rule."""
    rows = of_organisation(session, SOORT, asked.houder)
    places = contingent_of(session, asked.houder)
    _check(session, asked, places, bedragen)
    stated = [Kwartaalfeiten.model_validate(row.facts) for row in rows]
    earlier = earlier_of(stated)
    people = list(placed_with(session, asked.houder, {who for each in earlier for who in each.dagen}))
    years = {asked.jaar, *(each.jaar for each in earlier)}
    days = {year: [days_of(each, year) for each in people] for year in years}
    paid = {line.voorschot for each in stated for line in each.cijfers.regels if line.voorschot is not None}
    advances = advances_of(session, asked.houder, asked.as_of, paid)
    regels = lines(asked.jaar, asked.kwartaal, days, places, bedragen, earlier, advances)
    personen = tuple(_persons(people, days[asked.jaar], asked))
    feiten = Kwartaalfeiten(
        cijfers=_figures(asked, regels, personen, days, places, bedragen),
        personen=personen,
        verteld=tuple(_told(asked, earlier, days, places, bedragen)),
    )
    return feiten, len(rows) + 1


def last_by_year(session: Session, houder: str) -> dict[int, int]:
    """The last quarter that was stated of each year."""
    last: dict[int, int] = {}
    for row in of_organisation(session, SOORT, houder):
        last[row.jaar] = max(last.get(row.jaar, 0), row.kwartaal or 0)
    return last


def is_anything(session: Session, houder: str, jaar: int) -> bool:
    """Whether a year has anything to tell: a place on one of its days, or somebody who was accompanied."""
    first, end = year_of(jaar)
    places = contingent_of(session, houder)
    if any(each.aantal and each.van <= end and (each.tot is None or each.tot >= first) for each in places):
        return True
    return any(days_of(each, jaar).days for each in placed_with(session, houder))


def earlier_of(stated: Sequence[Kwartaalfeiten]) -> tuple[Eerder, ...]:
    """Of each year that was told of: what all overviews so far came to, and what the newest knew."""
    newest = {told.jaar: told for each in stated for told in each.verteld}
    amounts: dict[int, Decimal] = {}
    for line in (line for each in stated for line in each.cijfers.regels if line.soort != "voorschot"):
        amounts[line.jaar] = amounts.get(line.jaar, ZERO) + line.bedrag.value
    return tuple(
        Eerder(
            jaar=jaar,
            kwartaal=told.kwartaal,
            bedrag=amounts.get(jaar, ZERO),
            dagen=told.dagen,
            grond=told.grond,
        )
        for jaar, told in sorted(newest.items())
    )


def _check(session: Session, asked: Vraag, places: Sequence[Plaatsen], bedragen: Bedragen) -> None:
    """A quarter of a contingent is stated in its turn, when its amount is known."""
    if not places:
        raise StaatGeweigerd(f"contingent: {asked.houder} heeft geen contingent")
    known = amount_is_known(SE, asked.jaar, bedragen)
    if not known.value:
        raise StaatGeweigerd(f"jaar: {known.reden}")
    last = last_by_year(session, asked.houder).get(asked.jaar, 0)
    may = may_draw_up(asked.jaar, asked.kwartaal, last, asked.as_of)
    if not may.value:
        raise StaatGeweigerd(f"kwartaal: {may.reden}")


def _figures(
    asked: Vraag,
    regels: tuple[Kwartaalregel, ...],
    personen: Sequence[Persoonsdagen],
    days: Days,
    places: Sequence[Plaatsen],
    bedragen: Bedragen,
) -> Kwartaalcijfers:
    van, tot = quarter_of(asked.jaar, asked.kwartaal)
    recht, correcties, voorschotten = (total(regels, each) for each in ("recht", "correctie", "voorschot"))
    return Kwartaalcijfers(
        houder=asked.houder,
        jaar=asked.jaar,
        kwartaal=asked.kwartaal,
        deelnemers=len(personen),
        dagen=sum(each.dagen for each in personen),
        dagen_jaar=sum(each.dagen_jaar for each in personen),
        opgeschort=sum(van <= day <= tot for each in days[asked.jaar] for day in each.rested),
        regels=regels,
        recht=recht,
        correcties=correcties,
        voorschotten=voorschotten,
        saldo=recht + correcties - voorschotten,
        jaar_tot_nu=year_to_date(asked.jaar, asked.kwartaal, days[asked.jaar], places, bedragen),
    )


def _persons(people: Sequence[Begeleid], days: Sequence[Jaardagen], asked: Vraag) -> Iterator[Persoonsdagen]:
    """Everybody with a day in the year up to the end of the quarter, in the order of their references."""
    van, tot = quarter_of(asked.jaar, asked.kwartaal)
    for each, known in zip(people, days, strict=True):
        so_far = [day for day in known.days if day <= tot]
        if not so_far:
            continue
        theirs = [a for a in each.overeenkomsten if a.van <= tot and (a.tot is None or a.tot >= min(so_far))]
        ends = [a.tot for a in theirs if a.tot is not None]
        ended = max(ends) if len(ends) == len(theirs) and max(ends) <= tot else None
        yield Persoonsdagen(
            kenmerk=each.kenmerk,
            begeleiders=tuple(sorted({a.begeleider for a in theirs})),
            van=min(a.van for a in theirs),
            tot=ended,
            dagen=sum(day >= van for day in so_far),
            dagen_jaar=len(so_far),
        )


def _told(
    asked: Vraag, earlier: Sequence[Eerder], days: Days, places: Sequence[Plaatsen], bedragen: Bedragen
) -> Iterator[Verteld]:
    """What this overview knows of its own year, and of each earlier one that it could compare."""
    until = {each.jaar: each.kwartaal for each in earlier if not _vanished(each, days[each.jaar])}
    for jaar, kwartaal in sorted({**until, asked.jaar: asked.kwartaal}.items()):
        now = year_to_date(jaar, kwartaal, days[jaar], places, bedragen)
        yield Verteld(
            jaar=jaar,
            kwartaal=kwartaal,
            dagen=days_until(jaar, kwartaal, days[jaar]),
            grond=ground(now).value,
        )


def _vanished(told: Eerder, days: Sequence[Jaardagen]) -> bool:
    """Whether somebody of that year is not known any more."""
    return bool(told.dagen.keys() - {each.kenmerk for each in days})
