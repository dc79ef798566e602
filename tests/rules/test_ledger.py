"""The laws of the clock ledger, in the term's own unit and before any rolling to a working day."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.law import Law, Term
from models.ledger import Ledger, Suspension
from rules.calendar import add_term, add_working_days, is_working_day, last_day
from rules.ledger import add_running_days, due, explain, explain_until, next_running_day, running_days, until
from tests.rules.examples import (
    any_terms,
    budgets,
    calendar_terms,
    days,
    ledgers,
    rest,
    with_rest,
    working_terms,
)

NO_REST = Ledger()

BOUNDARIES = [
    ("2027-08-31", ["6 maanden"], [], "2028-02-29"),
    ("2027-01-31", ["1 maanden", "1 maanden"], [], "2027-03-31"),
    ("2027-01-31", ["1 maanden", "1 jaren"], [], "2028-02-29"),
    ("2027-01-31", ["1 maanden", "1 dagen"], [], "2027-03-01"),
    ("2027-01-04", ["3 maanden"], [("2027-02-01", "2027-02-15")], "2027-04-18"),
    ("2027-01-04", ["3 maanden"], [("2027-04-04", "2027-04-06")], "2027-04-06"),
    ("2027-01-04", ["3 maanden"], [("2027-04-05", "2027-05-05")], "2027-04-04"),
    ("2027-01-04", ["3 maanden"], [("2026-12-01", "2027-01-10")], "2027-04-09"),
    ("2027-01-04", ["3 maanden"], [("2026-11-01", "2027-01-05")], "2027-04-04"),
    ("2027-01-04", ["3 maanden"], [("2027-02-01", "2027-02-15"), ("2027-02-10", "2027-02-20")], "2027-04-23"),
    ("2027-01-04", ["3 maanden"], [("2027-02-01", "2027-02-15"), ("2027-04-10", "2027-04-20")], "2027-04-28"),
    ("2027-01-04", ["10 werkdagen"], [("2027-01-07", "2027-01-12")], "2027-01-21"),
    ("2027-01-04", ["10 werkdagen"], [("2027-01-09", "2027-01-11")], "2027-01-18"),
    ("2027-01-04", ["3 maanden", "2 werkdagen"], [("2027-04-05", "2027-04-06")], "2027-04-07"),
    ("2027-01-04", ["3 maanden", "-2 werkdagen"], [("2027-04-03", "2027-05-01")], "2027-04-01"),
    ("2028-02-15", ["2 weken"], [("2028-02-29", "2028-03-01")], "2028-03-01"),
    ("2028-06-30", ["-12 weken"], [("2028-05-01", "2028-06-01")], "2028-04-07"),
]


def ledger_of(periods: list[tuple[str, str]]) -> Ledger:
    """A ledger from pairs of ISO dates."""
    return Ledger(
        suspensions=tuple(
            Suspension(van=date.fromisoformat(v), tot=date.fromisoformat(t)) for v, t in periods
        )
    )


def end_of(start: date, term: Term, ledger: Ledger, law: Law) -> date:
    """When a term runs out that is known to run out."""
    end = due(start, [term], ledger, law)
    assert end is not None
    return end


@pytest.mark.parametrize(("start", "terms", "periods", "expected"), BOUNDARIES)
def test_boundary_days(
    law: Law, start: str, terms: list[str], periods: list[tuple[str, str]], expected: str
) -> None:
    """Month ends, leap days, overlaps, and suspensions that only come within reach because of a move."""
    parsed = [Term.parse(term) for term in terms]
    assert due(date.fromisoformat(start), parsed, ledger_of(periods), law) == date.fromisoformat(expected)


@given(start=days, term=calendar_terms, offset=st.integers(1, 600), length=st.integers(0, 200))
def test_suspending_inside_a_calendar_term_moves_it_by_as_many_days(
    law: Law, start: date, term: Term, offset: int, length: int
) -> None:
    """k calendar days of rest after the start and up to the last day move the term by k days."""
    van = start + timedelta(days=offset)
    plain = add_term(start, term, law)
    assume(van <= plain)
    assert due(start, [term], Ledger(suspensions=(rest(van, length),)), law) == plain + timedelta(days=length)


@given(start=days, term=working_terms, offset=st.integers(1, 60), length=st.integers(1, 60))
def test_suspending_inside_a_term_in_working_days_moves_it_by_as_many_working_days(
    law: Law, start: date, term: Term, offset: int, length: int
) -> None:
    """The working days among the days of rest move the term by as many working days."""
    suspension = rest(start + timedelta(days=offset), length)
    plain = add_term(start, term, law)
    assume(suspension.van <= plain)
    rested = sum(is_working_day(suspension.van + timedelta(days=n), law) for n in range(length))
    expected = add_working_days(plain, rested, law)
    assert due(start, [term], Ledger(suspensions=(suspension,)), law) == expected


@given(start=days, term=any_terms, ledger=ledgers)
def test_exactly_the_budget_has_run(law: Law, start: date, term: Term, ledger: Ledger) -> None:
    """Counted one by one, as many unsuspended days lie in the moved term as all days in the plain one."""
    end = end_of(start, term, ledger, law)
    working = term.unit == "werkdagen"

    def runs(after: date, to: date, clock: Ledger) -> int:
        span = (after + timedelta(days=n) for n in range(1, (to - after).days + 1))
        return sum(not clock.rests_on(day) and not (working and law.is_off(day)) for day in span)

    assert runs(start, end, ledger) == runs(start, add_term(start, term, law), NO_REST)
    assert not ledger.rests_on(end)
    assert working or running_days(start, end, ledger) == runs(start, end, ledger)


@given(
    start=days,
    term=calendar_terms,
    gap=st.integers(1, 30),
    first=st.integers(0, 60),
    second=st.integers(0, 60),
)
def test_two_disjoint_suspensions_equal_their_sum(
    law: Law, start: date, term: Term, gap: int, first: int, second: int
) -> None:
    """Two rests inside the term move it as far as one rest of their joint length."""
    one = rest(start + timedelta(days=1), first)
    assert one.tot is not None
    other = rest(one.tot + timedelta(days=gap), second)
    assume(other.van <= end_of(start, term, Ledger(suspensions=(one,)), law))
    both, joint = Ledger(suspensions=(one, other)), Ledger(suspensions=(rest(one.van, first + second),))
    assert due(start, [term], both, law) == due(start, [term], joint, law)


@given(start=days, terms=budgets, change=any_terms, ledger=ledgers)
def test_shortening_and_extending_is_the_identity(
    law: Law, start: date, terms: list[Term], change: Term, ledger: Ledger
) -> None:
    """A budget and its opposite leave every date where it was, also a month end."""
    changed = [*terms, -change, change]
    assert due(start, changed, ledger, law) == due(start, terms, ledger, law)
    assert until(start, changed, ledger, law) == until(start, terms, ledger, law)


@given(start=days, terms=budgets, ledger=ledgers, data=st.data())
def test_the_order_of_budgets_and_suspensions_does_not_matter(
    law: Law, start: date, terms: list[Term], ledger: Ledger, data: st.DataObject
) -> None:
    """Late or corrected entries give the same date as entries in time."""
    shuffled = Ledger(suspensions=tuple(data.draw(st.permutations(ledger.suspensions))))
    assert due(start, data.draw(st.permutations(terms)), shuffled, law) == due(start, terms, ledger, law)


@given(start=days, terms=budgets, ledger=ledgers, van=days)
def test_an_open_suspension_never_gives_a_date_that_it_should_hold(
    law: Law, start: date, terms: list[Term], ledger: Ledger, van: date
) -> None:
    """While it is open a date stands if it lies before it, and is unknown if it does not."""
    plain = due(start, terms, ledger, law)
    assume(plain is not None and plain > start)
    held = due(start, terms, with_rest(ledger, Suspension(van=van)), law)
    assert plain is not None
    assert held == (plain if plain < van else None)


@given(start=days, terms=budgets, extra=any_terms, ledger=ledgers)
def test_a_larger_budget_never_ends_earlier(
    law: Law, start: date, terms: list[Term], extra: Term, ledger: Ledger
) -> None:
    """What runs out is monotone in the budget."""
    smaller, larger = due(start, terms, ledger, law), due(start, [*terms, extra], ledger, law)
    assert smaller is not None
    assert larger is not None
    assert smaller <= larger


@given(start=days, terms=budgets, ledger=ledgers, van=days, length=st.integers(0, 90))
def test_one_more_suspension_never_ends_a_term_earlier(
    law: Law, start: date, terms: list[Term], ledger: Ledger, van: date, length: int
) -> None:
    """More rest moves a term later or not at all, and not at all when it starts after the term ran out."""
    before = due(start, terms, ledger, law)
    after = due(start, terms, with_rest(ledger, rest(van, length)), law)
    assert before is not None
    assert after is not None
    assert after == before if van > before else after >= before


@pytest.mark.parametrize(
    ("start", "terms", "periods", "expected"),
    [
        ("2027-01-01", ["18 maanden"], [], "2028-06-30"),
        ("2027-08-31", ["6 maanden"], [], "2028-02-29"),
        ("2027-03-01", ["12 maanden", "3 maanden"], [], "2028-05-31"),
        ("2027-01-01", ["3 maanden", "2 weken"], [], "2027-04-14"),
        ("2027-01-01", ["3 maanden"], [("2027-01-01", "2027-01-11")], "2027-04-10"),
        ("2027-01-01", ["3 maanden"], [("2027-03-31", "2027-04-02")], "2027-04-02"),
        ("2027-01-01", ["3 maanden"], [("2027-04-01", "2027-04-20")], "2027-03-31"),
    ],
)
def test_a_duration_moves_with_the_ledger_too(
    law: Law, start: str, terms: list[str], periods: list[tuple[str, str]], expected: str
) -> None:
    """A duration counts its first day, so a rest on that day moves it as well."""
    parsed = [Term.parse(term) for term in terms]
    assert until(date.fromisoformat(start), parsed, ledger_of(periods), law) == date.fromisoformat(expected)


@given(start=days, term=any_terms)
def test_a_duration_without_rest_is_the_plain_duration(law: Law, start: date, term: Term) -> None:
    """An empty ledger leaves a term and a duration what the calendar makes of them."""
    assert until(start, [term], NO_REST, law) == last_day(start, term, law)
    assert due(start, [term], NO_REST, law) == add_term(start, term, law)


def test_the_explanation_names_what_counted(law: Law) -> None:
    """Overlapping rests count once, a rest outside the term is not named, and the unmoved date is."""
    ledger = ledger_of(
        [("2027-02-01", "2027-02-15"), ("2027-02-10", "2027-02-20"), ("2028-01-01", "2028-02-01")]
    )
    assert explain(date(2027, 1, 4), [Term.parse("3 maanden")], ledger, law) == {
        "start": "2027-01-04",
        "termijn": "3 maanden",
        "zonder opschorting": "2027-04-04",
        "opschorting 1": "van 2027-02-01 tot 2027-02-20: 19 dagen",
    }


def test_the_explanation_counts_in_the_unit_of_the_term(law: Law) -> None:
    """Four days of rest over a weekend move a term in working days by two."""
    facts = explain(
        date(2027, 1, 4), [Term.parse("10 werkdagen")], ledger_of([("2027-01-08", "2027-01-12")]), law
    )
    assert facts["opschorting 1"] == "van 2027-01-08 tot 2027-01-12: 2 werkdagen"


def test_the_explanation_of_an_open_suspension_says_that_it_is_open(law: Law) -> None:
    """A date that is unknown says since when and what it would have been."""
    ledger = Ledger(suspensions=(Suspension(van=date(2027, 2, 1)),))
    facts = explain(date(2027, 1, 4), [Term.parse("3 maanden")], ledger, law)
    assert facts["opschorting 1"] == "vanaf 2027-02-01, nog open"
    assert facts["zonder opschorting"] == "2027-04-04"


def test_the_explanation_of_a_duration_counts_its_first_day(law: Law) -> None:
    """A rest on the first day moves a duration and not a term, and each explanation says so."""
    ledger = ledger_of([("2027-01-01", "2027-01-02")])
    term = [Term.parse("3 maanden")]
    assert "opschorting 1" not in explain(date(2027, 1, 1), term, ledger, law)
    facts = explain_until(date(2027, 1, 1), term, ledger, law)
    assert facts["opschorting 1"] == "van 2027-01-01 tot 2027-01-02: 1 dagen"
    assert facts["zonder opschorting"] == "2027-03-31"


@given(start=days, term=any_terms, ledger=ledgers)
def test_the_explanation_accounts_for_the_whole_move(
    law: Law, start: date, term: Term, ledger: Ledger
) -> None:
    """The days named, in the unit of the term, are exactly those between the plain date and the moved one."""
    facts = explain(start, [term], ledger, law)
    named = sum(int(fact.split()[-2]) for name, fact in facts.items() if name.startswith("opschorting"))
    unit = "werkdagen" if term.unit == "werkdagen" else "dagen"
    plain = add_term(start, term, law)
    assert due(start, [term], ledger, law) == add_term(plain, Term(amount=named, unit=unit), law)


@given(day=days, count=st.integers(1, 20), ledger=ledgers)
def test_running_working_days_are_counted_one_by_one(law: Law, day: date, count: int, ledger: Ledger) -> None:
    """The count-th is the next after the one before it, and the next of a running day is itself."""
    reached = add_running_days(day, count, law, (), ledger)
    before = add_running_days(day, count - 1, law, (), ledger)
    assert reached is not None
    assert before is not None
    assert reached == next_running_day(before + timedelta(days=1), law, (), ledger)
    assert reached == next_running_day(reached, law, (), ledger)
