"""The dates of an activeringstraject, on the days where calendars bite, and whatever is suspended or extended."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.case import Facts, Rest
from models.findings import Finding, Verdict
from models.law import Law
from rules import activering
from rules.calendar import is_working_day
from tests.rules.cases import END, START, TODAY, facts, plan, rest
from tests.rules.examples import days as any_day

Dated = Finding[date | None]
Told = tuple[tuple[str, str | None], ...]
Spans = list[tuple[int, int | None]]


def day(text: str) -> date:
    return date.fromisoformat(text)


def rested(told: Told, **more: tuple[int, ...]) -> Facts:
    """The facts of a case with suspensions from pairs of ISO dates."""
    return facts(*(rest(day(van), day(tot) if tot else None) for van, tot in told), **more)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("2028-02-29", "2029-08-28", id="a leap day ends on the 28th of August"),
        pytest.param("2027-08-31", "2029-02-28", id="31 August ends with a short February"),
        pytest.param("2026-08-31", "2028-02-29", id="31 August ends with a leap February"),
        pytest.param("2027-01-01", "2028-06-30", id="new year ends at the half of the next year"),
        pytest.param("2027-12-31", "2029-06-30", id="31 December ends with June, which has 30 days"),
        pytest.param("2027-03-01", "2028-08-31", id="the first of a month ends on the last of one"),
        pytest.param("2027-02-28", "2028-08-27", id="28 February is no month end when 28 August exists"),
    ],
)
def test_a_trajectory_lasts_at_most_eighteen_calendar_months(law: Law, start: str, expected: str) -> None:
    """The maximum counts its first day, in calendar months (art. 11)."""
    found = activering.latest_end(day(start), law)
    assert (found.value, found.article) == (day(expected), "D2022 art. 11")


def test_a_maximum_never_moves_to_a_working_day(law: Law) -> None:
    """Eighteen months that end on a Sunday end on that Sunday."""
    found = activering.latest_end(date(2027, 1, 4), law)
    assert found.value == date(2028, 7, 3)
    sunday = activering.latest_end(date(2027, 1, 3), law).value
    assert (sunday, is_working_day(sunday, law)) == (date(2028, 7, 2), False)


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        pytest.param("2027-01-04", "2027-04-02", Verdict.HARD, id="three months less two days"),
        pytest.param("2027-01-04", "2027-04-03", Verdict.OK, id="exactly three months"),
        pytest.param("2027-01-04", "2028-07-03", Verdict.OK, id="exactly eighteen months"),
        pytest.param("2027-01-04", "2028-07-04", Verdict.HARD, id="eighteen months and a day"),
        pytest.param(
            "2027-11-30", "2028-02-28", Verdict.HARD, id="three months over a leap February, a day short"
        ),
        pytest.param("2027-11-30", "2028-02-29", Verdict.OK, id="three months over a leap February"),
        pytest.param("2028-02-29", "2028-05-27", Verdict.HARD, id="from a leap day, a day short"),
        pytest.param("2028-02-29", "2028-05-28", Verdict.OK, id="from a leap day"),
        pytest.param("2027-08-31", "2029-02-28", Verdict.OK, id="31 August to the last of February"),
        pytest.param("2027-08-31", "2029-03-01", Verdict.HARD, id="31 August to the first of March"),
    ],
)
def test_a_plan_lasts_three_to_eighteen_months(law: Law, start: str, end: str, verdict: Verdict) -> None:
    """A day too short or too long is refused by law, with the days between which it may end (art. 11)."""
    found = activering.plan_length(day(start), day(end), law)
    assert (found.verdict, found.value) == (verdict, verdict is Verdict.OK)
    assert (found.article, found.status) == ("D2022 art. 11", "law")


@pytest.mark.parametrize(("over", "verdict"), [(0, Verdict.OK), (1, Verdict.HARD)])
def test_no_end_lies_past_the_maximum(law: Law, over: int, verdict: Verdict) -> None:
    """The last day of eighteen months is allowed and the day after it is not, even when it is a Sunday."""
    end = activering.latest_end(START, law).value + timedelta(days=over)
    assert activering.within_maximum(START, end, law).verdict is verdict


@pytest.mark.parametrize(
    ("months", "verdict"), [(1, Verdict.OK), (6, Verdict.OK), (7, Verdict.ZACHT)], ids=["one", "six", "seven"]
)
def test_an_unusual_periodicity_only_asks_for_a_reason(law: Law, months: int, verdict: Verdict) -> None:
    """What is usual is assumed, so that it never refuses."""
    found = activering.usual_periodicity(months, START, law)
    assert (found.verdict, found.status) == (verdict, "assumed")


@pytest.mark.parametrize(("months", "fits"), [(1, True), (18, True), (19, False)])
def test_an_evaluation_fits_in_the_longest_trajectory(law: Law, months: int, fits: bool) -> None:
    """A periodicity longer than the maximum would never give an evaluation (art. 15, 6°)."""
    assert activering.can_hold_reviews(months, START, law) is fits
    assert activering.can_be_reviewed(plan(periodiciteit_maanden=months), START, law) is fits


def test_the_tandem_is_never_of_one_organisation(law: Law) -> None:
    """Both casemanagers at the same organisation is refused by law (art. 13 §2 5°)."""
    together = activering.separate_organisations("ORG-A", "ORG-A")
    assert (together.verdict, together.article) == (Verdict.HARD, "D2022 art. 13 §2 5°")
    assert activering.separate_organisations("ORG-A", "ORG-B").verdict is Verdict.OK


PLANNED_ENDS = [
    pytest.param((), (), "2028-01-03", id="nothing happened"),
    pytest.param((("2027-02-01", "2027-02-11"),), (), "2028-01-13", id="ten days of rest"),
    pytest.param((("2027-02-01", "2027-02-11"),), (20,), "2028-02-02", id="rest and extension add up"),
    pytest.param((), (20, -20), "2028-01-03", id="extended and shortened again"),
    pytest.param(
        (("2027-02-01", "2027-02-11"), ("2027-02-05", "2027-02-15")), (), "2028-01-17", id="overlap"
    ),
    pytest.param((("2028-01-04", "2028-02-01"),), (), "2028-01-03", id="a rest after the last day"),
    pytest.param((("2028-01-04", "2028-02-01"),), (1,), "2028-02-01", id="a rest reached by an extension"),
    pytest.param((("2027-02-01", "2027-12-01"),), (), "2028-07-03", id="held back by the maximum"),
    pytest.param((), (400,), "2028-07-03", id="an extension past the maximum"),
    pytest.param((("2027-02-01", None),), (), "2028-07-03", id="resting without an end"),
    pytest.param((), (-200,), "2027-06-17", id="shortened"),
    pytest.param((), (-300,), "2027-04-03", id="shortened to less than three months"),
]


@pytest.mark.parametrize(("rests", "extensions", "expected"), PLANNED_ENDS)
def test_the_planned_end_follows_the_ledger_up_to_the_maximum(
    law: Law, rests: Told, extensions: tuple[int, ...], expected: str
) -> None:
    """Suspensions and extensions are summed and applied once; only the maximum holds them back."""
    known = rested(rests, extensions=extensions)
    assert activering.planned_end(plan(), known, law).value == day(expected)


@pytest.mark.parametrize(
    ("van", "tot", "end"),
    [
        pytest.param(date(2027, 1, 18), date(2027, 2, 1), END, id="over before the plan was agreed"),
        pytest.param(
            date(2027, 2, 1), date(2027, 3, 15), END + timedelta(days=14), id="only what came after"
        ),
        pytest.param(date(2027, 3, 8), date(2027, 3, 15), END + timedelta(days=7), id="after the agreement"),
    ],
)
def test_an_agreed_end_knows_the_rest_before_it(law: Law, van: date, tot: date, end: date) -> None:
    """People who agree an end on 1 March know what rested until then; only later rests move it."""
    agreed = plan(datum=date(2027, 3, 1))
    known = facts(rest(van, tot))
    assert activering.planned_end(agreed, known, law).value == end
    assert activering.days_to_extend(agreed, known, end + timedelta(days=5), TODAY, law) == 5


def test_the_planned_end_says_what_held_it_back(law: Law) -> None:
    """The reason names the day that was wanted, and the facts name the maximum and every suspension."""
    known = facts(rest(date(2027, 2, 1), date(2027, 12, 1)))
    found = activering.planned_end(plan(), known, law)
    assert "01-11-2028" in found.reden
    assert found.facts["uiterste einde"] == "2028-07-03"
    assert found.facts["opschorting 1"] == "van 2027-02-01 tot 2027-12-01: 303 dagen"


@pytest.mark.parametrize(
    ("n", "rests", "expected"),
    [
        pytest.param(1, (), "2027-04-05", id="4 April is a Sunday and 5 April a working day"),
        pytest.param(2, (), "2027-07-05", id="a Sunday rolls to Monday"),
        pytest.param(3, (), "2027-10-04", id="a working day"),
        pytest.param(4, (), "2028-01-04", id="after a year"),
        pytest.param(
            2, (("2027-05-01", "2027-05-08"),), "2027-07-12", id="a week of rest before it, then Sunday"
        ),
        pytest.param(2, (("2027-08-01", "2027-08-08"),), "2027-07-05", id="a rest after it"),
        pytest.param(1, (("2027-03-01", None),), None, id="none while it rests without an end"),
    ],
)
def test_a_review_comes_every_period_of_running_time(
    law: Law, n: int, rests: Told, expected: str | None
) -> None:
    """The n-th review is n periods from the start of the plan; suspensions move it and weekends roll it."""
    known = rested(rests)
    assert activering.review_due(n, plan(), known, law).value == (day(expected) if expected else None)


def test_reviews_keep_the_day_of_a_month_end(law: Law) -> None:
    """Each review counts from the start of the plan: a short month clips one review and not the next."""
    monthly = plan(start=date(2027, 1, 31), einde=date(2028, 1, 30), periodiciteit_maanden=1)
    dates = [activering.review_due(n, monthly, facts(), law).value for n in (1, 2, 13)]
    assert dates == [date(2027, 3, 1), date(2027, 3, 31), date(2028, 2, 29)]


@given(n=st.integers(1, 18), months=st.integers(1, 12), start=any_day)
def test_a_later_review_is_never_earlier(law: Law, n: int, months: int, start: date) -> None:
    """Reviews follow one another, and each falls on a working day."""
    made = plan(start=start, einde=start + timedelta(days=400), periodiciteit_maanden=months)
    first, then = (activering.review_due(each, made, facts(), law).value for each in (n, n + 1))
    assert first is not None
    assert then is not None
    assert first < then
    assert is_working_day(first, law)


def test_a_review_opens_a_window_before_its_date(law: Law) -> None:
    """Two weeks before the day it is due; while that day is unknown it does not open."""
    assert activering.review_opens(2, plan(), facts(), law).value == date(2027, 6, 21)
    resting = facts(rest(date(2027, 3, 1)))
    assert activering.review_opens(2, plan(), resting, law).value is None


@pytest.mark.parametrize(
    ("end", "gone"),
    [
        pytest.param("2027-11-14", True, id="six weeks and a day too near"),
        pytest.param("2027-11-15", False, id="exactly six weeks before the end"),
        pytest.param("2027-11-16", False, id="a day earlier"),
    ],
)
def test_in_the_last_weeks_the_final_talk_replaces_a_review(law: Law, end: str, gone: bool) -> None:
    """A review due exactly six weeks before the end is still held, one day later it falls away."""
    made = plan(einde=day(end))
    assert activering.review_due(3, made, facts(), law).value == date(2027, 10, 4)
    assert activering.review_falls_away(3, made, facts(), law).value is gone


def test_a_review_that_rests_does_not_fall_away(law: Law) -> None:
    """While nobody knows when it comes, nothing decides that it does not come."""
    resting = facts(rest(date(2027, 3, 1)))
    assert activering.review_falls_away(1, plan(), resting, law).value is False


@pytest.mark.parametrize(
    ("end", "opens", "due"),
    [
        pytest.param("2028-01-03", "2027-12-13", "2028-02-02", id="a plain end"),
        pytest.param("2028-02-29", "2028-02-08", "2028-03-30", id="a leap day"),
        pytest.param("2027-12-31", "2027-12-10", "2028-01-31", id="thirty days that end on a Sunday"),
        pytest.param("2027-04-05", "2027-03-15", "2027-05-05", id="over two months"),
    ],
)
def test_the_end_documents_open_before_the_end_and_are_late_after_it(
    law: Law, end: str, opens: str, due: str
) -> None:
    """Three weeks before the end the final talk is prepared; thirty days after it the eindverslag is late."""
    known = activering.latest_end(START, law).model_copy(update={"value": day(end)})
    assert activering.end_documents_open(known, law).value == day(opens)
    found = activering.end_documents_due(day(end), law)
    assert (found.value, found.article, found.status) == (day(due), "D2022 art. 22", "assumed")


def test_the_end_documents_keep_the_reason_of_the_end(law: Law) -> None:
    """Why the final talk opens on a day includes why the trajectory ends when it does."""
    end = activering.planned_end(plan(), facts(rest(date(2027, 2, 1), date(2027, 2, 11))), law)
    found = activering.end_documents_open(end, law)
    assert found.facts["opschorting 1"] == "van 2027-02-01 tot 2027-02-11: 10 dagen"
    assert {"activering.duur_max", "activering.eindgesprek_voor"} <= {p.name for p in found.parameters}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param({"verwacht": date(2027, 5, 10)}, "2027-05-10", id="on the day it should end"),
        pytest.param({"verwacht": date(2027, 5, 1)}, "2027-05-03", id="which is a Saturday"),
        pytest.param({}, "2027-04-12", id="six weeks when nobody knows"),
        pytest.param({"bevestigd_op": date(2027, 4, 10)}, "2027-05-24", id="six weeks from the last answer"),
        pytest.param(
            {"verwacht": date(2027, 5, 10), "bevestigd_op": date(2027, 5, 10)},
            "2027-06-21",
            id="an expected day that passed counts no more",
        ),
    ],
)
def test_somebody_is_asked_about_a_suspension(law: Law, told: dict[str, date], expected: str) -> None:
    """On the expected day, and every six weeks while the end is unknown; the rest itself never stops that clock."""
    known = facts(rest(date(2027, 3, 1), **told))
    assert activering.resumption_due(1, known, law).value == day(expected)


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        pytest.param("2027-08-31", "2028-02-29", id="31 August to a leap February"),
        pytest.param("2028-08-31", "2029-02-28", id="31 August to a short February"),
        pytest.param("2028-01-03", "2028-07-03", id="a plain day"),
        pytest.param("2027-12-31", "2028-06-30", id="31 December"),
    ],
)
def test_a_closed_trajectory_can_be_reopened_for_six_months(law: Law, closed: str, expected: str) -> None:
    """The window is counted in calendar months from the day of closing and does not move to a working day."""
    assert activering.reopening_window(day(closed), law).value == day(expected)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(), "2027-03-30", id="twelve weeks end on Easter Monday"),
        pytest.param(facts(rest(date(2027, 2, 1), date(2027, 2, 11))), "2027-04-08", id="ten days of rest"),
        pytest.param(facts(rest(date(2027, 2, 1))), None, id="none while it rests"),
        pytest.param(facts(heropend_op=date(2027, 6, 1)), "2027-08-24", id="from a reopening without a plan"),
        pytest.param(facts(start=date(2027, 1, 10)), "2027-04-05", id="a Sunday rolls to Monday"),
        pytest.param(facts(start=date(2027, 2, 22)), "2027-05-18", id="Whit Monday rolls to Tuesday"),
    ],
)
def test_the_plan_is_late_after_twelve_weeks_of_running_time(
    law: Law, known: Facts, expected: str | None
) -> None:
    """Suspensions move the day and a day off rolls it; a reopened trajectory without a plan starts anew."""
    assert activering.plan_due(known, law).value == (day(expected) if expected else None)


@pytest.mark.parametrize(
    ("rule", "on", "expected"),
    [
        pytest.param(activering.assignment_due, "2027-01-04", "2027-01-18", id="ten working days to assign"),
        pytest.param(activering.assignment_due, "2026-12-24", "2027-01-11", id="over Christmas and new year"),
        pytest.param(activering.closing_note_due, "2027-06-01", "2027-07-01", id="thirty days to close"),
        pytest.param(activering.closing_note_due, "2027-04-01", "2027-05-03", id="1 May is a day off"),
        pytest.param(activering.repair_due, "2027-06-04", "2027-06-08", id="two working days over a weekend"),
    ],
)
def test_terms_of_practice(law: Law, rule: Callable[[date, Law], Dated], on: str, expected: str) -> None:
    """A term starts the day after the event and ends on a working day."""
    assert rule(day(on), law).value == day(expected)


@pytest.mark.parametrize(("times", "verdict"), [(0, Verdict.OK), (1, Verdict.OK), (2, Verdict.ZACHT)])
def test_a_third_promise_asks_for_a_reason(law: Law, times: int, verdict: Verdict) -> None:
    """A duty rests at most twice on a promise; a third is a soft finding, as the number is assumed."""
    found = activering.may_rest_again(times, START, law)
    assert (found.verdict, found.status) == (verdict, "assumed")


spans = st.lists(st.tuples(st.integers(-30, 700), st.none() | st.integers(0, 300)), max_size=4)
lengths = st.lists(st.integers(-300, 900), max_size=3).map(tuple)


def _rests(start: date, told: Spans) -> Iterator[Rest]:
    for offset, length in told:
        van = start + timedelta(days=offset)
        yield rest(van, None if length is None else van + timedelta(days=length))


@given(start=any_day, length=st.integers(90, 540), told=spans, extensions=lengths)
def test_no_planned_end_passes_the_maximum(
    law: Law, start: date, length: int, told: Spans, extensions: tuple[int, ...]
) -> None:
    """Whatever is suspended, extended or put right, guidance ends within eighteen months (art. 11)."""
    made = plan(start=start, einde=start + timedelta(days=length))
    known = facts(*_rests(start, told), extensions=extensions)
    assert activering.planned_end(made, known, law).value <= activering.latest_end(start, law).value


@given(
    length=st.integers(90, 540),
    told=spans,
    extensions=st.lists(st.integers(-60, 200), max_size=3).map(tuple),
    asked=st.integers(90, 546),
)
def test_an_agreed_change_ends_the_plan_on_the_day_that_was_asked(
    law: Law, length: int, told: Spans, extensions: tuple[int, ...], asked: int
) -> None:
    """Longer or shorter, the plan ends on that day, unless it rests then or the maximum comes first."""
    made = plan(einde=START + timedelta(days=length))
    rests = tuple(each for each in _rests(START, told) if each.tot is not None)
    wanted = START + timedelta(days=asked)
    known = facts(*rests, extensions=extensions)
    assume(wanted <= activering.latest_end(START, law).value and not known.ledger.rests_on(wanted))
    more = activering.days_to_extend(made, known, wanted, wanted, law)
    changed = facts(*rests, extensions=(*extensions, more))
    assert activering.planned_end(made, changed, law).value == wanted


def test_a_change_during_a_rest_counts_as_if_it_resumed_today(law: Law) -> None:
    """What rests now is not lost: the day that was asked holds if the trajectory resumes on the day of the change."""
    van, today, wanted = date(2027, 5, 1), date(2027, 6, 1), date(2028, 3, 1)
    more = activering.days_to_extend(plan(), facts(rest(van)), wanted, today, law)
    resumed = facts(rest(van, today), extensions=(more,))
    assert activering.planned_end(plan(), resumed, law).value == wanted
    assert wanted > END
