"""When a term runs out: its budgets summed and applied once, then moved by the days that the ledger rests."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from models.law import Law, Term
from models.ledger import Closure, Ledger, Suspension
from rules.calendar import DAYS, MONTHS, ONE_DAY, add_term, add_working_days, is_working_day, last_day
from rules.grounded import GERW, PRACTICE, grounded_in


@grounded_in(PRACTICE)
def due(start: date, budgets: Sequence[Term], ledger: Ledger, law: Law) -> date | None:
    """The day on which all budgets after an event have run out; none while an open suspension prevents it.

    Not rolled to a working day: that is for deadlines to act, and a maximum never moves.
    """
    return _term_legs(start, _summed(budgets), ledger, law)[-1].end


@grounded_in(GERW.article(54))
def until(start: date, budgets: Sequence[Term], ledger: Ledger, law: Law) -> date | None:
    """The last day of a duration that counts its first day: `last_day` with all budgets and suspensions."""
    return _duration_legs(start, _summed(budgets), ledger, law)[-1].end


@grounded_in(PRACTICE)
def explain(start: date, budgets: Sequence[Term], ledger: Ledger, law: Law) -> dict[str, str]:
    """The facts behind `due`: the start, the budgets, and by how many days each suspension moved it."""
    return _facts(_term_legs, start, budgets, ledger, law)


@grounded_in(GERW.article(54))
def explain_until(start: date, budgets: Sequence[Term], ledger: Ledger, law: Law) -> dict[str, str]:
    """The facts behind `until`, in the same words as those behind `due`."""
    return _facts(_duration_legs, start, budgets, ledger, law)


@grounded_in(PRACTICE)
def running_days(after: date, to: date, ledger: Ledger) -> int:
    """How many days after the one and up to the other do not rest."""
    return max(0, (to - after).days) - sum(len(_days(rest, after, to)) for rest in ledger.rests)


@grounded_in(PRACTICE)
def next_running_day(day: date, law: Law, closures: Sequence[Closure], ledger: Ledger) -> date | None:
    """The day itself when it is a working day that does not rest, else the next; none in an open rest."""
    open_since = ledger.open_since
    while open_since is None or day < open_since:
        if is_working_day(day, law, closures) and not ledger.rests_on(day):
            return day
        day += ONE_DAY
    return None


@grounded_in(PRACTICE)
def add_running_days(
    day: date, count: int, law: Law, closures: Sequence[Closure], ledger: Ledger
) -> date | None:
    """The count-th working day after a day that does not rest; none when an open suspension comes first."""
    for _ in range(count):
        following = next_running_day(day + ONE_DAY, law, closures, ledger)
        if following is None:
            return None
        day = following
    return day


class _Total(NamedTuple):
    """Budgets summed per unit, so that none is clipped or rolled twice."""

    months: Term
    days: int
    working_days: int


class _Leg(NamedTuple):
    """A stretch of a term after a day, with the unit in which suspensions move its end."""

    after: date
    end: date | None
    unit: Literal["dagen", "werkdagen"]


def _summed(budgets: Sequence[Term]) -> _Total:
    months = sum(budget.amount * MONTHS.get(budget.unit, 0) for budget in budgets)
    return _Total(
        months=Term(amount=months, unit="maanden"),
        days=sum(budget.amount * DAYS.get(budget.unit, 0) for budget in budgets),
        working_days=sum(budget.amount for budget in budgets if budget.unit == "werkdagen"),
    )


def _term_legs(start: date, total: _Total, ledger: Ledger, law: Law) -> list[_Leg]:
    return _legs(start, add_term(start, total.months, law), total, ledger, law)


def _duration_legs(start: date, total: _Total, ledger: Ledger, law: Law) -> list[_Leg]:
    return _legs(start - ONE_DAY, last_day(start, total.months, law), total, ledger, law)


def _legs(after: date, months_end: date, total: _Total, ledger: Ledger, law: Law) -> list[_Leg]:
    """The calendar days first, then the working days on top; working days taken off shorten the first leg."""
    nominal = months_end + timedelta(days=total.days)
    if total.working_days < 0:
        nominal = add_working_days(nominal, total.working_days, law)
    turn = _moved(after, nominal, ledger)
    legs = [_Leg(after, turn, "dagen")]
    if turn and total.working_days > 0:
        legs.append(_Leg(turn, add_running_days(turn, total.working_days, law, (), ledger), "werkdagen"))
    return legs


def _moved(after: date, end: date, ledger: Ledger) -> date | None:
    """The day on which as many days have run as lay between the two, counting none that rests."""
    if end <= after:
        return end
    for rest in ledger.rests:
        if rest.van > end:
            break
        if rest.tot is None:
            return None
        end += timedelta(days=len(_days(rest, after, rest.tot)))
    return end


def _days(rest: Suspension, after: date, last: date) -> range:
    """The days of a rest after a day and up to another, as ordinals."""
    past = last + ONE_DAY if rest.tot is None else min(rest.tot, last + ONE_DAY)
    return range(max(rest.van, after + ONE_DAY).toordinal(), past.toordinal())


def _counted(rest: Suspension, leg: _Leg, law: Law) -> str:
    """What a rest did to a stretch of the term, in Dutch; empty when it lies outside."""
    if rest.tot is None:
        return f"vanaf {rest.van}, nog open" if leg.end is None else ""
    days = _days(rest, leg.after, leg.end or rest.tot)
    count = len(days)
    if leg.unit == "werkdagen":
        count = sum(is_working_day(date.fromordinal(day), law) for day in days)
    return f"van {rest.van} tot {rest.tot}: {count} {leg.unit}" if count else ""


def _facts(
    legs_of: Callable[[date, _Total, Ledger, Law], list[_Leg]],
    start: date,
    budgets: Sequence[Term],
    ledger: Ledger,
    law: Law,
) -> dict[str, str]:
    total = _summed(budgets)
    facts = {"start": str(start), "termijn": " + ".join(str(budget) for budget in budgets)}
    legs = legs_of(start, total, ledger, law)
    counted = [text for leg in legs for rest in ledger.rests if (text := _counted(rest, leg, law))]
    if counted:
        facts["zonder opschorting"] = str(legs_of(start, total, Ledger(), law)[-1].end)
    return facts | {f"opschorting {number}": text for number, text in enumerate(counted, start=1)}
