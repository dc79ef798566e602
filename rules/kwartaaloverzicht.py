"""The subsidy of AMA in the social economy: the days of a year over 365, at most the contingent, less advances.

The formula gives the amount of a year. A quarter is the year up to its end less the quarters before it, so that the
quarters of a year are together exactly that year.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from models.findings import Finding
from models.kwartaal import LAATSTE, MAANDEN, Eerder, Kwartaalregel, Plaatsen, Voorschot
from models.subsidie import AFRONDING, SE, SE_DAGEN, SE_DEEL, WIJZIGING, Begeleid
from models.vergoedingsstaat import ZERO, Bedragen, euro
from rules.begeleide_dagen import (
    Days,
    Tarief,
    all_days,
    by_begeleider,
    counted,
    day_euros,
    tariffs,
    used,
    written_sum,
    year_of,
)
from rules.calendar import ONE_DAY
from rules.grounded import D2022, PRACTICE, finding, grounded_in
from rules.vergoedingen import day_text, rounded

AMA = D2022.article("28-33")


class Jaardagen(NamedTuple):
    """The days of one participant in a year, and those of them in a suspension."""

    kenmerk: str
    days: Days
    rested: Days


@grounded_in(PRACTICE)
def quarter_of(jaar: int, kwartaal: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    first = date(jaar, 1, 1) + relativedelta(months=MAANDEN * (kwartaal - 1))
    return first, first + relativedelta(months=MAANDEN) - ONE_DAY


def last_quarter(on: date) -> tuple[int, int]:
    """The year and number of the last quarter that is over on a day."""
    day = on - relativedelta(months=MAANDEN)
    return day.year, (day.month - 1) // MAANDEN + 1


@grounded_in(PRACTICE)
def may_draw_up(jaar: int, kwartaal: int, last: int, on: date) -> Finding[bool]:
    """A quarter is stated when it is over and the quarters before it are; `last` is the last one of the year so far."""
    _, end = quarter_of(jaar, kwartaal)
    if on <= end:
        reden = f"Kwartaal {kwartaal} van {jaar} is nog niet voorbij; het loopt tot en met {day_text(end)}."
    elif kwartaal != last + 1:
        reden = f"Kwartaal {last + 1} van {jaar} komt eerst: een kwartaal is het jaar tot dan, min wat ervoor kwam."
    else:
        return finding(may_draw_up, True, f"Het kwartaal eindigde op {day_text(end)}.", facts={"op": on})
    return finding(may_draw_up, False, reden, facts={"op": on, "laatste kwartaal": last})


@grounded_in(PRACTICE)
def days_of(deelnemer: Begeleid, jaar: int) -> Jaardagen:
    """Every day under an agreement counts once; days in a suspension count too, and are kept apart."""
    days = frozenset(by_begeleider(deelnemer, jaar))
    rested = {
        day
        for day in days
        for rust in deelnemer.rusten
        if rust.van <= day and (rust.tot is None or day < rust.tot)
    }
    return Jaardagen(deelnemer.kenmerk, days, frozenset(rested))


@grounded_in(AMA)
def ceiling(jaar: int, plaatsen: Sequence[Plaatsen], bedragen: Bedragen) -> Finding[Decimal]:
    """The contingent in money: its places times the amount, when either changes the mean over all days of the year."""
    rates = tariffs(SE, jaar, bedragen)
    days = list(all_days(*year_of(jaar)))
    spans = _spans(days, plaatsen, rates)
    amount = rounded(sum((places * rate.amount * count for places, rate, count in spans), ZERO) / len(days))
    if not spans[1:]:
        places, rate, _ = spans[0]
        reden = f"Het contingent is {_places(places)}: {places} × {euro(rate.amount)} = {euro(amount)}."
        return finding(ceiling, amount, reden, parameters=(rate.row,), facts={"contingent": places})
    terms = " + ".join(f"{places} × {euro(rate.amount)} × {count}" for places, rate, count in spans)
    return finding(
        ceiling,
        amount,
        f"Het contingent over heel {jaar} is ({terms}) ÷ {len(days)} = {euro(amount)}.",
        parameters=(*dict.fromkeys(rate.row for _, rate, _ in spans), bedragen.at(WIJZIGING, days[0])),
        facts={"contingent": ", ".join(_places(places) for places, _, _ in spans)},
    )


def _spans(
    days: Sequence[date], plaatsen: Sequence[Plaatsen], rates: Sequence[Tarief]
) -> list[tuple[int, Tarief, int]]:
    """The days of a year by how many places there are and what a place gives, in order."""
    counts: dict[tuple[int, Tarief], int] = {}
    for day in days:
        rate = next(rate for rate in rates if rate.holds(day))
        key = _places_on(day, plaatsen), rate
        counts[key] = counts.get(key, 0) + 1
    return [(places, rate, count) for (places, rate), count in counts.items()]


def _places_on(day: date, plaatsen: Sequence[Plaatsen]) -> int:
    """The places on a day: those of the newest row that began, none after its last day."""
    begun = [each for each in plaatsen if each.van <= day]
    newest = max(begun, key=lambda each: each.van, default=None)
    return newest.aantal if newest and (newest.tot is None or day <= newest.tot) else 0


def _places(count: int) -> str:
    return "1 plaats" if count == 1 else f"{count} plaatsen"


@grounded_in(AMA)
def year_to_date(
    jaar: int,
    kwartaal: int,
    deelnemers: Iterable[Jaardagen],
    plaatsen: Sequence[Plaatsen],
    bedragen: Bedragen,
) -> Finding[Decimal]:
    """What a year gives up to the end of a quarter: all days together over 365, at most the contingent of the year."""
    first, end = year_of(jaar)[0], quarter_of(jaar, kwartaal)[1]
    rates, deel = tariffs(SE, jaar, bedragen), bedragen.at(SE_DEEL, first)
    counts = _together(deelnemers, rates, end)
    earned = rounded(day_euros(counts, rates) / Decimal(deel.value))
    top = ceiling(jaar, plaatsen, bedragen)
    mean = rounded(Decimal(sum(counts)) / Decimal(deel.value))
    said = [
        f"Tot en met {day_text(end)} zijn er {sum(counts)} begeleide dagen: gemiddeld {_dutch(mean)} trajecten.",
        f"{written_sum(counts, rates, deel.value)} = {euro(earned)}.",
        f"{top.reden} Daar blijft het bij." if earned > top.value else "",
    ]
    changed = (bedragen.at(WIJZIGING, first),) if sum(count > 0 for count in counts) > 1 else ()
    base = (*used(counts, rates), deel, bedragen.at(SE_DAGEN, first), bedragen.at(AFRONDING, first), *changed)
    return finding(
        year_to_date,
        min(earned, top.value),
        " ".join(filter(None, said)),
        parameters=tuple(dict.fromkeys((*base, *(top.parameters if earned > top.value else ())))),
        facts={"dagen": sum(counts), "trajecten": mean, "maximum": top.value, **top.facts},
    )


def _together(deelnemers: Iterable[Jaardagen], rates: Sequence[Tarief], end: date) -> tuple[int, ...]:
    """The days of all participants up to a day, by the amount under which they fall."""
    total = [0] * len(rates)
    for each in deelnemers:
        found = counted((day for day in each.days if day <= end), rates)
        total = [sum(pair) for pair in zip(total, found, strict=True)]
    return tuple(total)


def _dutch(number: Decimal) -> str:
    return f"{number}".replace(".", ",")


@grounded_in(AMA)
def quarter(kwartaal: int, until: Finding[Decimal], before: Finding[Decimal] | None) -> Finding[Decimal]:
    """The year up to the end of a quarter, less the year up to the quarter before it."""
    earlier = before.value if before else ZERO
    said = f"Het jaar tot en met kwartaal {kwartaal} is {euro(until.value)}"
    ended = f", min {euro(earlier)} tot en met kwartaal {kwartaal - 1}." if before else "."
    return finding(
        quarter,
        until.value - earlier,
        f"{said}{ended} {until.reden}",
        parameters=until.parameters,
        facts={**until.facts, "jaar tot nu": until.value, "eerdere kwartalen": earlier},
    )


@grounded_in(AMA)
def correction(eerder: Eerder, now: Finding[Decimal], dagen: Mapping[str, int]) -> Finding[Decimal]:
    """What overviews said of the same quarters before, against what is known now: with whose days changed."""
    said = [
        f"Over {eerder.jaar} tot en met kwartaal {eerder.kwartaal} stond er {euro(eerder.bedrag)}; "
        f"het is nu {euro(now.value)}."
    ]
    changed = [
        f"{who} {dagen[who]} in plaats van {eerder.dagen.get(who, 0)} dagen"
        for who in sorted(dagen)
        if dagen[who] != eerder.dagen.get(who, 0)
    ]
    if changed:
        said.append(f"Anders zijn: {'; '.join(changed)}.")
    if eerder.grond != ground(now).value:
        said.append("Het bedrag of het contingent is veranderd.")
    return finding(
        correction,
        now.value - eerder.bedrag,
        " ".join([*said, now.reden]),
        parameters=now.parameters,
        facts={"eerder": eerder.bedrag, "nu": now.value, "deelnemers": len(changed)},
    )


@grounded_in(PRACTICE)
def ground(of: Finding[Decimal]) -> Finding[str]:
    """The places and the amounts of an outcome in words, to see later whether they changed."""
    rows = [f"{row.value} vanaf {row.geldig_van}" for row in of.parameters if row.name == SE]
    text = "; ".join([of.facts["maximum"], *dict.fromkeys(rows)])
    return finding(ground, text, f"Berekend met {text}.")


@grounded_in(AMA)
def advance(voorschot: Voorschot) -> Finding[Decimal]:
    """What was paid in advance is taken off the balance, once; what was noted wrongly is put back."""
    amount = rounded(voorschot.bedrag)
    paid = f"{euro(abs(amount))} voorschot betaald voor {voorschot.jaar}"
    reden = f"Op {day_text(voorschot.op)} is {paid}."
    if amount < 0:
        reden = f"Dat op {day_text(voorschot.op)} {paid} is, was verkeerd genoteerd en werd teruggenomen."
    return finding(advance, amount, reden, facts={"op": voorschot.op, "bedrag": amount})


@grounded_in(AMA)
def lines(
    jaar: int,
    kwartaal: int,
    deelnemers: Mapping[int, Sequence[Jaardagen]],
    plaatsen: Sequence[Plaatsen],
    bedragen: Bedragen,
    eerder: Sequence[Eerder] = (),
    voorschotten: Sequence[Voorschot] = (),
) -> tuple[Kwartaalregel, ...]:
    """All lines of money of a quarter: its right, what earlier overviews differ from now, and new advances.

    `deelnemers` are the days of everybody by year: of this year and of each year that was told of before. Of a year
    with a participant whom nobody knows any more nothing is corrected.
    """
    mine = deelnemers.get(jaar, ())
    until = year_to_date(jaar, kwartaal, mine, plaatsen, bedragen)
    before = year_to_date(jaar, kwartaal - 1, mine, plaatsen, bedragen) if kwartaal > 1 else None
    made = [
        Kwartaalregel(jaar=jaar, kwartaal=kwartaal, soort="recht", bedrag=quarter(kwartaal, until, before))
    ]
    for told in eerder:
        theirs = deelnemers.get(told.jaar, ())
        if told.dagen.keys() - {each.kenmerk for each in theirs}:
            continue
        now = year_to_date(told.jaar, told.kwartaal, theirs, plaatsen, bedragen)
        difference = correction(told, now, days_until(told.jaar, told.kwartaal, theirs))
        if difference.value:
            made.append(
                Kwartaalregel(jaar=told.jaar, kwartaal=told.kwartaal, soort="correctie", bedrag=difference)
            )
    made += [
        Kwartaalregel(
            jaar=each.jaar, kwartaal=LAATSTE, soort="voorschot", bedrag=advance(each), voorschot=each.nummer
        )
        for each in voorschotten
    ]
    return tuple(made)


def days_until(jaar: int, kwartaal: int, deelnemers: Iterable[Jaardagen]) -> dict[str, int]:
    """How many days each participant has from the start of a year to the end of a quarter."""
    end = quarter_of(jaar, kwartaal)[1]
    return {each.kenmerk: sum(day <= end for day in each.days) for each in deelnemers}
