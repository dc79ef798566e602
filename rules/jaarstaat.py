"""The yearly statement of one begeleider: the rights of its year, and what closed years still differ.

A closed year is never computed again in silence: what changed since it was stated is a correction line, with its
reason, on the next statement.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from models.findings import Finding
from models.subsidie import WVG, Begeleid, Jaarcijfers, Keuze, Regel, total
from models.vergoedingsstaat import ZERO, Bedragen, euro
from rules.grounded import D2022, PRACTICE, finding, grounded_in
from rules.subsidie import year_lines

AMA = D2022.article("28-33")
Whose = tuple[int, tuple[str, ...]]
"""A year with whose days they are: what a correction is about."""


class Stated(NamedTuple):
    """What earlier statements came to for the same days, with the newest line that said so."""

    bedrag: Decimal
    newest: Regel


@grounded_in(AMA)
def statement(
    organisatie: str,
    jaar: int,
    deelnemers: Iterable[Begeleid],
    bedragen: Bedragen,
    earlier: Sequence[Regel] = (),
    closed: Collection[int] = (),
    keuzes: Sequence[Keuze] = (),
) -> Jaarcijfers:
    """All lines of a statement; `earlier` are the lines and `closed` the years of this organisation's statements.

    Of a participant whom nobody knows any more nothing is corrected.
    """
    stated = _stated(earlier)
    made: list[Regel] = []
    for each in sorted(deelnemers, key=lambda each: each.kenmerk):
        made += [line for line in year_lines(each, jaar, bedragen, keuzes) if organisatie in line.begeleiders]
        for year in sorted(before for before in closed if before < jaar):
            known = [
                line for line in year_lines(each, year, bedragen, keuzes) if organisatie in line.begeleiders
            ]
            made += _corrections(each.kenmerk, year, known, stated.get(each.kenmerk, {}))
    regels = tuple(made)
    return Jaarcijfers(
        organisatie=organisatie,
        jaar=jaar,
        regels=regels,
        recht=total(regels, soort="recht"),
        correcties=total(regels, soort="correctie"),
        saldo=total(regels),
        te_beslissen=total(regels, te_beslissen=True),
    )


def _stated(earlier: Iterable[Regel]) -> dict[str, dict[Whose, Stated]]:
    """What was stated before, by participant; lines come in the order in which they were stated."""
    found: dict[str, dict[Whose, Stated]] = {}
    for line in earlier:
        mine = found.setdefault(line.kenmerk, {})
        whose = line.jaar, line.begeleiders
        before = mine[whose].bedrag if whose in mine else ZERO
        mine[whose] = Stated(before + line.bedrag.value, line)
    return found


def _corrections(
    kenmerk: str, jaar: int, known: Sequence[Regel], stated: Mapping[Whose, Stated]
) -> Iterator[Regel]:
    """What a closed year of one participant differs from what was stated, one line for each whose days they are."""
    now = {line.begeleiders: line for line in known}
    before = {whose: each for (year, whose), each in stated.items() if year == jaar}
    for whose in sorted(now.keys() | before.keys()):
        line, said = now.get(whose), before.get(whose)
        bedrag = correction(jaar, line, said)
        if bedrag.value:
            yield Regel(
                kenmerk=kenmerk,
                jaar=jaar,
                soort="correctie",
                begeleiders=whose,
                dagen=line.dagen if line else 0,
                bedrag=bedrag,
            )


@grounded_in(AMA)
def correction(jaar: int, now: Regel | None, before: Stated | None) -> Finding[Decimal]:
    """The amount as it is known now, less what was stated: with what changed, and how it is computed now."""
    new, old = now.bedrag.value if now else ZERO, before.bedrag if before else ZERO
    said = [
        f"Over {jaar} stond er {euro(old)}; het is nu {euro(new)}."
        if before
        else f"Over {jaar} stond er niets.",
        what_changed(now, before.newest if before else None).value,
        now.bedrag.reden if now else "Er is in dat jaar geen begeleiding meer bekend.",
    ]
    return finding(
        correction,
        new - old,
        " ".join(filter(None, said)),
        parameters=now.bedrag.parameters if now else (),
        facts={"eerder": old, "nu": new, "dagen": now.dagen if now else 0},
    )


@grounded_in(PRACTICE)
def what_changed(now: Regel | None, before: Regel | None) -> Finding[str]:
    """Why an amount is another one: other days, another amount for a year, or another way to share."""
    if now is None or before is None:
        return finding(what_changed, "", "Er is geen andere lijn om mee te vergelijken.")
    said = []
    if now.dagen != before.dagen:
        said.append(f"Er tellen {now.dagen} dagen in plaats van {before.dagen}.")
    if _amounts(now) != _amounts(before):
        said.append("Het bedrag voor een jaar is veranderd.")
    text = " ".join(said) or "De maat of de verdeling van de dagen is veranderd."
    return finding(what_changed, text, text, facts={"dagen": now.dagen, "dagen eerder": before.dagen})


def _amounts(line: Regel) -> set[tuple[str, str]]:
    """The amounts a line was computed with, with their first day."""
    return {(row.value, str(row.geldig_van)) for row in line.bedrag.parameters if row.name == WVG}
