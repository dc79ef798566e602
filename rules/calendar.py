"""Working days and plain terms: what a day is worth before any suspension comes into it."""

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from models.law import Law, Term
from models.ledger import Closure
from rules.grounded import GERW, PRACTICE, grounded_in

ONE_DAY = timedelta(days=1)
MONTHS = {"maanden": 1, "jaren": 12}
DAYS = {"dagen": 1, "weken": 7}


@grounded_in(PRACTICE)
def is_working_day(day: date, law: Law, closures: Sequence[Closure] = ()) -> bool:
    """A working day is no weekend day, no day off, and no day on which the addressee is closed."""
    return not law.is_off(day) and not any(closure.covers(day) for closure in closures)


@grounded_in(GERW.article(53))
def next_working_day(day: date, law: Law, closures: Sequence[Closure] = ()) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day, law, closures):
        day += ONE_DAY
    return day


@grounded_in(GERW.article(52))
def add_working_days(day: date, count: int, law: Law, closures: Sequence[Closure] = ()) -> date:
    """The count-th working day after a day, or before it when negative; with zero the day is rolled."""
    if count == 0:
        return next_working_day(day, law, closures)
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, law, closures):
            day += step
    return day


@grounded_in(GERW.article("52-54"))
def add_term(day: date, term: Term, law: Law) -> date:
    """The last day of a term that starts the day after an event; months keep their day or end early."""
    if term.unit == "werkdagen":
        return add_working_days(day, term.amount, law)
    return day + relativedelta(
        months=term.amount * MONTHS.get(term.unit, 0), days=term.amount * DAYS.get(term.unit, 0)
    )


@grounded_in(GERW.article(54))
def last_day(start: date, term: Term, law: Law) -> date:
    """The last day of a duration that counts its first day: from the xth to the day before the xth.

    Where the month at the end has no xth, the duration ends with that month.
    """
    if term.unit == "werkdagen":
        return add_working_days(start - ONE_DAY, term.amount, law)
    end = add_term(start, term, law)
    clipped = term.unit in MONTHS and end.day != start.day
    return end if clipped else end - ONE_DAY
