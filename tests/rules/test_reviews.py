"""Which evaluations are still to come, and which of them looks back on the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.duties import Duty, DutyKind, DutyStatus
from models.law import Law
from models.phases import Lopend
from models.verloop import Ritme
from rules import activering, reviews
from tests.rules.cases import START, duty, facts, plan, rest, state


def held(*numbers: int) -> list[Duty]:
    """Reviews that were answered."""
    return [duty(DutyKind.REVIEW, f"review/{n}", status=DutyStatus.ANSWERED) for n in numbers]


def test_a_review_that_rests_keeps_its_number(law: Law) -> None:
    """While nothing is known of its date, no review is skipped."""
    case = state(law, "lopend", *held(1), known=facts(rest(date(2027, 5, 1))))
    assert reviews.next_review(case) == 2
    assert reviews.next_review_due(case) is not None
    assert reviews.planned_reviews(case) == ()


def test_the_plan_lists_the_reviews_it_will_have(law: Law) -> None:
    """The dates of the coming year are fixed with the plan, without the one that the end talk replaces."""
    assert reviews.planned_reviews(state(law)) == (date(2027, 4, 5), date(2027, 7, 5), date(2027, 10, 4))
    none = Lopend(plan=plan(periodiciteit_maanden=18))
    assert reviews.planned_reviews(state(law, none)) == ()
    assert reviews.next_review_due(state(law, none)) is None


@pytest.mark.parametrize(
    ("ritmes", "asked", "expected"),
    [
        pytest.param([], 0, ["2027-04-05", "2027-07-05", "2027-10-04"], id="as agreed"),
        pytest.param(
            [(1, "2027-05-10", 2)],
            1,
            ["2027-07-12", "2027-09-10", "2027-11-10"],
            id="every two months from the tenth of May",
        ),
        pytest.param([(1, "2027-05-10", 6)], 1, ["2027-11-10"], id="every six months from then"),
        pytest.param(
            [(1, "2027-05-10", 6), (1, "2027-06-01", 1)],
            1,
            ["2027-07-01", "2027-08-02", "2027-09-01", "2027-10-01", "2027-11-02"],
            id="the last change counts",
        ),
        pytest.param(
            [(1, "2027-05-10", 2), (3, "2027-09-13", 1)],
            3,
            ["2027-10-13", "2027-11-15"],
            id="two changes, each from its own day",
        ),
    ],
)
def test_another_periodicity_counts_from_the_day_it_was_agreed(
    law: Law, ritmes: list[tuple[int, str, int]], asked: int, expected: list[str]
) -> None:
    """What was asked keeps its number; what comes counts from the change (art. 15, 6°)."""
    rhythms = tuple(Ritme(na=na, vanaf=date.fromisoformat(van), maanden=n) for na, van, n in ritmes)
    case = state(law, "lopend", *held(*range(1, asked + 1)), known=facts(ritmes=rhythms))
    told = reviews.planned_reviews(case)
    assert [str(day) for day in told] == expected


@pytest.mark.parametrize(
    ("einde", "months", "n"),
    [
        pytest.param(date(2028, 1, 3), 3, None, id="a trajectory of a year is looked at by its end talk"),
        pytest.param(date(2028, 7, 3), 3, 4, id="the fourth is a year after the start"),
        pytest.param(date(2028, 7, 3), 5, 2, id="ten months are nearer than fifteen"),
        pytest.param(date(2028, 7, 3), 8, 1, id="eight months are a day nearer than sixteen"),
        pytest.param(date(2028, 7, 3), 1, 12, id="every month"),
        pytest.param(date(2028, 2, 1), 3, 3, id="the one that would be nearest falls away for the end talk"),
        pytest.param(date(2028, 7, 3), 18, None, id="no review at all"),
    ],
)
def test_one_review_looks_back_on_the_year(law: Law, einde: date, months: int, n: int | None) -> None:
    """In a trajectory of more than a year the review nearest to one year evaluates the whole package."""
    case = state(law, Lopend(plan=plan(einde=einde, periodiciteit_maanden=months)))
    looking = [each for each in range(1, 19) if reviews.looks_at_the_year(each, case)]
    assert looking == ([n] if n else [])


@given(length=st.integers(90, 545), months=st.integers(1, 12), rested=st.none() | st.integers(0, 200))
def test_a_trajectory_of_more_than_a_year_has_one_look_at_it(
    law: Law, length: int, months: int, rested: int | None
) -> None:
    """Never two, and never none where a review is held in a trajectory that lasts longer than a year."""
    rests = [rest(date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=rested))] if rested else []
    made = plan(einde=START + timedelta(days=length), periodiciteit_maanden=months)
    case = state(law, Lopend(plan=made), known=facts(*rests))
    looking = [n for n in range(1, 20) if reviews.looks_at_the_year(n, case)]
    longer = activering.planned_end(made, case.facts, law).value > date(2028, 1, 4)
    assert len(looking) == (1 if longer and reviews.planned_reviews(case) else 0)
