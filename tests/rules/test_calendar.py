"""Working days and plain terms where they go wrong: holidays, month ends, leap days, year ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.law import Law, Term
from models.ledger import Closure
from rules.calendar import add_term, add_working_days, is_working_day, last_day, next_working_day
from tests.rules.examples import CALENDAR_UNITS, any_terms, closures, days, terms

CHRISTMAS = Closure(van=date(2027, 12, 24), tot=date(2028, 1, 2), reden="collectieve sluiting")

WORKING_DAYS = [
    ("2027-01-01", False),
    ("2027-03-29", False),
    ("2027-05-01", False),
    ("2027-05-06", False),
    ("2027-05-07", True),
    ("2027-05-17", False),
    ("2027-07-11", False),
    ("2028-07-11", True),
    ("2027-07-21", False),
    ("2028-08-15", False),
    ("2027-11-01", False),
    ("2027-11-02", True),
    ("2027-11-11", False),
    ("2027-11-15", True),
    ("2028-12-25", False),
    ("2028-12-26", True),
    ("2028-02-29", True),
]
ROLLED = [
    ("2027-01-01", "2027-01-04"),
    ("2027-01-04", "2027-01-04"),
    ("2027-03-27", "2027-03-30"),
    ("2027-10-30", "2027-11-02"),
    ("2027-12-25", "2027-12-27"),
    ("2027-12-31", "2027-12-31"),
    ("2028-12-30", "2029-01-02"),
]
COUNTED = [
    ("2027-01-04", 10, "2027-01-18"),
    ("2027-03-24", 3, "2027-03-30"),
    ("2027-03-30", -2, "2027-03-25"),
    ("2027-10-29", 1, "2027-11-02"),
    ("2027-12-31", 1, "2028-01-03"),
    ("2028-01-03", -1, "2027-12-31"),
    ("2028-02-28", 2, "2028-03-01"),
    ("2027-01-02", 1, "2027-01-04"),
    ("2027-01-02", 0, "2027-01-04"),
    ("2027-01-02", -1, "2026-12-31"),
]
TERMS = [
    ("2027-01-04", "10 werkdagen", "2027-01-18"),
    ("2027-01-31", "1 maanden", "2027-02-28"),
    ("2028-01-31", "1 maanden", "2028-02-29"),
    ("2027-08-31", "6 maanden", "2028-02-29"),
    ("2026-08-31", "6 maanden", "2027-02-28"),
    ("2028-02-29", "1 jaren", "2029-02-28"),
    ("2028-02-29", "4 jaren", "2032-02-29"),
    ("2027-02-28", "1 maanden", "2027-03-28"),
    ("2027-12-31", "2 maanden", "2028-02-29"),
    ("2027-12-20", "2 weken", "2028-01-03"),
    ("2028-02-28", "1 dagen", "2028-02-29"),
    ("2027-02-28", "1 dagen", "2027-03-01"),
    ("2027-03-27", "1 dagen", "2027-03-28"),
    ("2028-06-30", "-12 weken", "2028-04-07"),
    ("2028-03-31", "-1 maanden", "2028-02-29"),
]
DURATIONS = [
    ("2027-01-01", "18 maanden", "2028-06-30"),
    ("2027-01-15", "3 maanden", "2027-04-14"),
    ("2027-08-31", "6 maanden", "2028-02-29"),
    ("2027-08-30", "6 maanden", "2028-02-29"),
    ("2027-08-29", "6 maanden", "2028-02-28"),
    ("2026-08-31", "6 maanden", "2027-02-28"),
    ("2026-08-29", "6 maanden", "2027-02-28"),
    ("2026-08-28", "6 maanden", "2027-02-27"),
    ("2027-03-01", "12 maanden", "2028-02-29"),
    ("2028-02-29", "1 jaren", "2029-02-28"),
    ("2028-02-29", "4 jaren", "2032-02-28"),
    ("2027-12-01", "1 maanden", "2027-12-31"),
    ("2027-12-31", "1 dagen", "2027-12-31"),
    ("2027-12-31", "1 weken", "2028-01-06"),
    ("2027-01-01", "2 werkdagen", "2027-01-05"),
]


@pytest.mark.parametrize(("day", "works"), WORKING_DAYS)
def test_the_ten_legal_holidays_are_off_and_no_others(law: Law, day: str, works: bool) -> None:
    """2 and 15 November and 26 December are working days, and so is 11 July while the parameter says nee."""
    assert is_working_day(date.fromisoformat(day), law) is works


@pytest.mark.parametrize(("day", "expected"), ROLLED)
def test_a_deadline_on_a_day_off_moves_to_the_next_working_day(law: Law, day: str, expected: str) -> None:
    """Ger.W. art. 53: over a weekend, over Easter, over the turn of the year."""
    assert next_working_day(date.fromisoformat(day), law) == date.fromisoformat(expected)


@pytest.mark.parametrize(("day", "count", "expected"), COUNTED)
def test_working_days_are_counted_from_the_day_after(law: Law, day: str, count: int, expected: str) -> None:
    """The event's own day does not count, forwards or backwards; zero only rolls."""
    assert add_working_days(date.fromisoformat(day), count, law) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [("2027-12-23", 1, "2028-01-03"), ("2028-01-03", -1, "2027-12-23"), ("2027-12-27", 0, "2028-01-03")],
)
def test_a_closure_is_no_working_day_of_the_addressee(law: Law, day: str, count: int, expected: str) -> None:
    """An organisation that closes between Christmas and New Year owes nothing there."""
    assert add_working_days(date.fromisoformat(day), count, law, [CHRISTMAS]) == date.fromisoformat(expected)


@pytest.mark.parametrize(("day", "term", "expected"), TERMS)
def test_a_term_starts_the_day_after_the_event(law: Law, day: str, term: str, expected: str) -> None:
    """Months keep the day of the month, clipped to the month's end."""
    assert add_term(date.fromisoformat(day), Term.parse(term), law) == date.fromisoformat(expected)


@pytest.mark.parametrize(("start", "term", "expected"), DURATIONS)
def test_a_duration_counts_its_first_day(law: Law, start: str, term: str, expected: str) -> None:
    """Ger.W. art. 54: from the xth to the day before the xth, or to the end of a month that has no xth."""
    assert last_day(date.fromisoformat(start), Term.parse(term), law) == date.fromisoformat(expected)


@given(day=days, count=st.integers(-40, 40), closed=closures)
def test_working_days_land_on_working_days(law: Law, day: date, count: int, closed: list[Closure]) -> None:
    """Whatever is counted, and whoever is closed, the answer is a day on which the addressee works."""
    assert is_working_day(add_working_days(day, count, law, closed), law, closed)


@given(day=days, count=st.integers(1, 40), closed=closures)
def test_counting_back_undoes_counting_on(law: Law, day: date, count: int, closed: list[Closure]) -> None:
    """From a working day, so many working days on and as many back is the same day."""
    start = next_working_day(day, law, closed)
    assert add_working_days(add_working_days(start, count, law, closed), -count, law, closed) == start


@given(day=days, later=st.integers(0, 60), term=any_terms)
def test_a_later_event_never_has_an_earlier_term(law: Law, day: date, later: int, term: Term) -> None:
    """Terms and durations are monotone in their start."""
    next_start = date.fromordinal(day.toordinal() + later)
    assert add_term(day, term, law) <= add_term(next_start, term, law)
    assert last_day(day, term, law) <= last_day(next_start, term, law)


@given(start=days, term=terms(*CALENDAR_UNITS))
def test_a_duration_that_follows_another_leaves_no_gap(law: Law, start: date, term: Term) -> None:
    """A duration ends at most a day before the term of an event on its first day, and never after it."""
    assert 0 <= (add_term(start, term, law) - last_day(start, term, law)).days <= 1
