"""The days on which somebody was accompanied, and what a day is worth: the ground under both subsidies."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from models.ama_stand import Rustperiode
from models.findings import Finding
from models.law import Parameter, Term
from models.subsidie import Begeleid
from models.vergoedingsstaat import ZERO, Bedragen, euro
from rules.calendar import ONE_DAY, add_term
from rules.grounded import PRACTICE, finding, grounded_in
from rules.vergoedingen import day_text

Days = frozenset[date]


class Tarief(NamedTuple):
    """An amount for a whole year with the days on which it holds, the last one included."""

    row: Parameter
    van: date
    tot: date

    @property
    def amount(self) -> Decimal:
        """What a whole year gives."""
        return Decimal(self.row.value)

    def holds(self, day: date) -> bool:
        """Whether the amount is the one of this day."""
        return self.van <= day <= self.tot


def year_of(jaar: int) -> tuple[date, date]:
    """The first and the last day of a year."""
    return date(jaar, 1, 1), date(jaar + 1, 1, 1) - ONE_DAY


def all_days(van: date, tot: date) -> Iterator[date]:
    """Every day of a period, the first and the last included."""
    return (date.fromordinal(number) for number in range(van.toordinal(), tot.toordinal() + 1))


@grounded_in(PRACTICE)
def amount_is_known(name: str, jaar: int, bedragen: Bedragen) -> Finding[bool]:
    """A year can be stated once an amount is known for each of its days."""
    first, _ = year_of(jaar)
    row = bedragen.known(name, first)
    if row is None:
        reden = f"Op {day_text(first)} is er geen bedrag {name} gekend."
        return finding(amount_is_known, False, reden, facts={"jaar": jaar})
    reden = f"Het bedrag is gekend: {euro(Decimal(row.value))} vanaf {day_text(row.geldig_van)}."
    return finding(amount_is_known, True, reden, parameters=(row,), facts={"jaar": jaar})


@grounded_in(PRACTICE)
def tariffs(name: str, jaar: int, bedragen: Bedragen) -> tuple[Tarief, ...]:
    """The amounts of a year in order; a year without a change has one."""
    first, last = year_of(jaar)
    changed = {row.geldig_van for row in bedragen.parameters if row.name == name}
    begins = [first, *sorted(day for day in changed if first < day <= last)]
    ends = [*(begin - ONE_DAY for begin in begins[1:]), last]
    return tuple(Tarief(bedragen.at(name, van), van, tot) for van, tot in zip(begins, ends, strict=True))


@grounded_in(PRACTICE)
def by_begeleider(deelnemer: Begeleid, jaar: int) -> dict[date, tuple[str, ...]]:
    """The days of a year under an agreement, each with its begeleiders; two agreements with one are one day."""
    first, last = year_of(jaar)
    found: dict[date, set[str]] = {}
    for each in deelnemer.overeenkomsten:
        for day in all_days(max(each.van, first), min(each.tot or last, last)):
            found.setdefault(day, set()).add(each.begeleider)
    return {day: tuple(sorted(found[day])) for day in sorted(found)}


@grounded_in(PRACTICE)
def beyond_rest(rusten: Sequence[Rustperiode], allowed: Term, jaar: int, bedragen: Bedragen) -> Days:
    """The days of a year that lie too far in a suspension; suspensions that touch are one suspension."""
    first, last = year_of(jaar)
    beyond: set[date] = set()
    for van, tot in _joined(rusten, last + ONE_DAY):
        beyond |= set(all_days(max(add_term(van, allowed, bedragen), first), min(tot - ONE_DAY, last)))
    return frozenset(beyond)


def _joined(rusten: Iterable[Rustperiode], end: date) -> Iterator[tuple[date, date]]:
    """Suspensions from their first day up to and not including their end, those that touch taken together."""
    periods = sorted((each.van, each.tot or max(end, each.van)) for each in rusten)
    running: tuple[date, date] | None = None
    for van, tot in periods:
        if running and van <= running[1]:
            running = running[0], max(running[1], tot)
            continue
        if running:
            yield running
        running = van, tot
    if running:
        yield running


def counted(days: Iterable[date], rates: Sequence[Tarief]) -> tuple[int, ...]:
    """How many of the days fall under each amount."""
    known = list(days)
    return tuple(sum(rate.holds(day) for day in known) for rate in rates)


def day_euros(counts: Sequence[int], rates: Sequence[Tarief]) -> Decimal:
    """The amounts for a whole year times their days: added up before anything is rounded."""
    return sum((rate.amount * count for rate, count in zip(rates, counts, strict=True)), ZERO)


def written_sum(counts: Sequence[int], rates: Sequence[Tarief], parts: object) -> str:
    """The sum as people write it: € 1.061,20 × 306 ÷ 365, or (… × 90 + … × 275) ÷ 365."""
    terms = [f"{euro(rate.amount)} × {count}" for rate, count in zip(rates, counts, strict=True) if count]
    inner = " + ".join(terms) or f"{euro(rates[0].amount)} × 0"
    return f"({inner}) ÷ {parts}" if terms[1:] else f"{inner} ÷ {parts}"


def used(counts: Sequence[int], rates: Sequence[Tarief]) -> tuple[Parameter, ...]:
    """The rows of the amounts that counted; the first one where none did."""
    rows = tuple(rate.row for rate, count in zip(rates, counts, strict=True) if count)
    return rows or (rates[0].row,)
