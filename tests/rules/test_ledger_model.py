"""The ledger itself: which days rest, whatever the order and overlap in which suspensions were recorded."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.ledger import Closure, Ledger, Suspension
from tests.rules.examples import days, ledgers, rest, with_rest

MARCH = Suspension(van=date(2027, 3, 1), tot=date(2027, 4, 1))


@pytest.mark.parametrize(
    ("day", "rests"),
    [("2027-02-28", False), ("2027-03-01", True), ("2027-03-31", True), ("2027-04-01", False)],
)
def test_a_suspension_rests_up_to_the_day_that_runs_again(day: str, rests: bool) -> None:
    """The first day rests, the day of resumption runs."""
    assert Ledger(suspensions=(MARCH,)).rests_on(date.fromisoformat(day)) is rests


def test_a_suspension_cannot_end_before_it_begins() -> None:
    """An empty suspension is allowed, a negative one is not."""
    assert not Suspension(van=MARCH.van, tot=MARCH.van).covers(MARCH.van)
    with pytest.raises(ValidationError):
        Suspension(van=date(2027, 3, 2), tot=date(2027, 3, 1))


def test_a_closure_includes_both_its_days() -> None:
    """A closure of one day is that day, and cannot end before it begins."""
    day = date(2027, 5, 7)
    closure = Closure(van=day, tot=day, reden="brugdag")
    assert [closure.covers(day + timedelta(days=n)) for n in (-1, 0, 1)] == [False, True, False]
    with pytest.raises(ValidationError):
        Closure(van=day, tot=day - timedelta(days=1), reden="verlof")


@pytest.mark.parametrize(
    ("suspensions", "expected"),
    [
        ((), None),
        ((MARCH,), None),
        ((Suspension(van=date(2027, 5, 1)),), date(2027, 5, 1)),
        ((Suspension(van=date(2027, 4, 1)), MARCH), date(2027, 3, 1)),
        ((Suspension(van=date(2027, 4, 2)), MARCH), date(2027, 4, 2)),
    ],
)
def test_an_open_rest_dates_from_its_first_unbroken_day(
    suspensions: tuple[Suspension, ...], expected: date | None
) -> None:
    """An illness that follows an admission at once is one rest, since the admission."""
    assert Ledger(suspensions=suspensions).open_since == expected


@given(ledger=ledgers, van=days, day=days, is_open=st.booleans())
def test_separate_rests_cover_the_same_days(ledger: Ledger, van: date, day: date, is_open: bool) -> None:
    """Merging overlaps neither adds nor loses a day, and leaves the rests apart and in order."""
    ledger = with_rest(ledger, Suspension(van=van)) if is_open else with_rest(ledger, rest(van, 10))
    merged = ledger.rests
    assert ledger.rests_on(day) is any(each.covers(day) for each in merged)
    for before, after in pairwise(merged):
        assert before.tot is not None
        assert before.tot < after.van
