"""What comes next: which review, when the end documents open, who owes it; always something, always with a date."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.actors import OPERATIES
from models.case import Facts
from models.duties import Duty, DutyKind, DutyStatus
from models.law import Law
from models.phases import Afgesloten, Lopend
from rules import activering, agenda
from rules.agenda import END as THE_END
from tests.rules.cases import END, PHASES, START, WERK, ZORG, duty, ended, facts, plan, rest, state
from tests.rules.examples import FIRST


def reviews(*numbers: int) -> list[Duty]:
    """Reviews that were answered."""
    return [duty(DutyKind.REVIEW, f"review/{n}", status=DutyStatus.ANSWERED) for n in numbers]


EINDVERSLAG = duty(DutyKind.EINDVERSLAG)
NEXT: list[Any] = [
    pytest.param({}, [], None, "review/1", "2027-03-22", id="the first review, two weeks before its date"),
    pytest.param({}, reviews(1), None, "review/2", "2027-06-21", id="then the second"),
    pytest.param(
        {}, reviews(1, 2, 3), None, "eindverslag", "2027-12-13", id="the fourth falls away for the end talk"
    ),
    pytest.param({}, [*reviews(1, 2, 3), EINDVERSLAG], None, THE_END, "2028-01-04", id="then the end itself"),
    pytest.param(
        {"datum": date(2027, 5, 3)}, [], None, "review/2", "2027-06-21", id="agreed after the first review"
    ),
    pytest.param(
        {"datum": date(2027, 4, 5)}, [], None, "review/1", "2027-03-22", id="agreed on the day of a review"
    ),
    pytest.param(
        {"datum": date(2027, 4, 6)}, [], None, "review/2", "2027-06-21", id="agreed a day after a review"
    ),
    pytest.param(
        {}, [], {"heropend_op": date(2027, 8, 2)}, "review/3", "2027-09-20", id="reopened in August"
    ),
    pytest.param(
        {},
        reviews(1),
        {"heropend_op": date(2027, 8, 2)},
        "review/3",
        "2027-09-20",
        id="reopened, and the second was skipped",
    ),
    pytest.param(
        {},
        [EINDVERSLAG, *reviews(1, 2, 3)],
        {"ronde": 2},
        "eindverslag/2",
        "2027-12-13",
        id="a reopened trajectory owes its end documents again",
    ),
    pytest.param({"periodiciteit_maanden": 18}, [], None, "eindverslag", "2027-12-13", id="no review fits"),
    pytest.param(
        {},
        [],
        {"rests": (rest(date(2027, 2, 1)),)},
        "eindverslag",
        "2028-06-12",
        id="resting without an end, only the maximum counts",
    ),
    pytest.param(
        {},
        [EINDVERSLAG],
        {"rests": (rest(date(2027, 2, 1)),)},
        THE_END,
        "2028-07-04",
        id="resting up to the maximum",
    ),
]


@pytest.mark.parametrize(("made", "duties", "known", "key", "on"), NEXT)
def test_the_earliest_of_what_is_still_to_come_opens_next(
    law: Law, made: dict[str, Any], duties: list[Duty], known: dict[str, Any] | None, key: str, on: str
) -> None:
    """Reviews in their order, the end documents before the end, the end the day after the last day (art. 10-11)."""
    case = state(
        law, Lopend(plan=plan(**made)), *duties, known=Facts(**{**facts().model_dump(), **(known or {})})
    )
    opening = agenda.next_opening(case)
    assert (opening.key, opening.alarm.on.value) == (key, date.fromisoformat(on))
    assert opening.alarm.owner == WERK


def test_a_review_that_rests_keeps_its_number(law: Law) -> None:
    """While nothing is known of its date, no review is skipped."""
    case = state(law, "lopend", *reviews(1), known=facts(rest(date(2027, 5, 1))))
    assert agenda.next_review(case) == 2
    assert agenda.next_review_due(case) is not None
    assert agenda.planned_reviews(case) == ()


def test_the_plan_lists_the_reviews_it_will_have(law: Law) -> None:
    """The dates of the coming year are fixed with the plan, without the one that the end talk replaces."""
    assert agenda.planned_reviews(state(law)) == (date(2027, 4, 5), date(2027, 7, 5), date(2027, 10, 4))
    none = Lopend(plan=plan(periodiciteit_maanden=18))
    assert agenda.planned_reviews(state(law, none)) == ()
    assert agenda.next_review_due(state(law, none)) is None


@pytest.mark.parametrize(
    ("kind", "owner"),
    [
        (DutyKind.TOEWIJZING, OPERATIES),
        (DutyKind.TRAJECTPLAN, WERK),
        (DutyKind.REVIEW, WERK),
        (DutyKind.HERVATTING, ZORG),
        (DutyKind.EINDVERSLAG, WERK),
        (DutyKind.AFRONDING, WERK),
        (DutyKind.HERSTEL, OPERATIES),
    ],
    ids=list(DutyKind),
)
def test_every_duty_has_an_owner(kind: DutyKind, owner: object) -> None:
    """Werk leads plan, reviews and end, zorg follows a suspension, operations repair; without a team they owe all."""
    assert agenda.owner_of(kind, facts()) == owner
    assert agenda.owner_of(kind, facts(team=None)) == OPERATIES


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        (DutyKind.TOEWIJZING, "toewijzing", "2027-01-18"),
        (DutyKind.TRAJECTPLAN, "trajectplan", "2027-04-12"),
        (DutyKind.REVIEW, "review/2", "2027-07-19"),
        (DutyKind.HERVATTING, "hervatting/1#2", "2027-04-12"),
        (DutyKind.EINDVERSLAG, "eindverslag/2", "2028-02-16"),
        (DutyKind.AFRONDING, "afronding", "2027-07-01"),
        (DutyKind.HERSTEL, "herstel/x#1", "2027-06-03"),
    ],
)
def test_every_duty_has_a_date(law: Law, kind: DutyKind, key: str, expected: str) -> None:
    """Each kind by its own rule: what rests moves the plan, the reviews and the end, and nothing else."""
    case = state(law, known=facts(rest(date(2027, 3, 1), date(2027, 3, 15))))
    assert agenda.due_of(kind, key, date(2027, 6, 1), case).value == date.fromisoformat(expected)


@pytest.mark.parametrize("phase", PHASES)
def test_every_phase_knows_its_dates(law: Law, phase: str) -> None:
    """In each phase the dates it goes by can be told, open duties included, each with an article or a practice."""
    owed = duty(DutyKind.HERSTEL, "herstel/x#1")
    told = agenda.current_dates(state(law, phase, owed))
    assert told[-1].naam == "opdracht herstel/x#1"
    assert all(each.on.value and each.on.article and each.on.reden for each in told)


def test_a_closed_trajectory_tells_until_when_it_can_be_reopened(law: Law) -> None:
    """The window is among its dates, and the day after it operations are woken."""
    closed = ended(gesloten_op=date(2027, 8, 31))
    told = {each.naam: each.on.value for each in agenda.current_dates(state(law, closed))}
    assert told == {"einde": END, "heropenen tot": date(2028, 2, 29)}
    alarm = agenda.reopening_alarm(date(2027, 8, 31), state(law, closed))
    assert (alarm.on.value, alarm.owner) == (date(2028, 3, 1), OPERATIES)


def test_the_last_day_is_agreed_then_moved_then_a_fact(law: Law) -> None:
    """Without a plan it is the maximum, with one the planned end, and once it ended what was established."""
    ten = facts(rest(date(2027, 2, 1), date(2027, 2, 11)))
    assert agenda.last_day_of(state(law, "voorbereiding", known=ten)).value == date(2028, 7, 3)
    assert agenda.last_day_of(state(law, "lopend", known=ten)).value == date(2028, 1, 13)
    assert agenda.last_day_of(state(law, "afronding", known=ten)).value == END


@pytest.mark.parametrize(("ronde", "key"), [(1, "eindverslag"), (2, "eindverslag/2"), (3, "eindverslag/3")])
def test_what_comes_once_a_round_is_numbered_from_the_second(ronde: int, key: str) -> None:
    """A key names one thing for ever, also after a reopening."""
    assert agenda.numbered("eindverslag", ronde) == key


@pytest.mark.parametrize(("key", "n"), [("review/3", 3), ("hervatting/2", 2), ("hervatting/12#4", 12)])
def test_a_key_knows_its_number(key: str, n: int) -> None:
    """The number of a suspension does not depend on how often it was asked about."""
    assert agenda.number_of(key) == n


def test_a_ladder_rests_only_with_what_rests(law: Law) -> None:
    """The ladder of a suspension itself obeys no ledger: somebody is always asked."""
    resting = facts(rest(date(2027, 3, 1)))
    assert agenda.ledger_of(duty(DutyKind.REVIEW, rests_with_ledger=True), resting).open_since == date(
        2027, 3, 1
    )
    assert agenda.ledger_of(duty(DutyKind.HERVATTING, rests_with_ledger=False), resting).open_since is None


def test_what_failed_is_tried_again_the_same_day() -> None:
    """A failing record never waits for a person to look."""
    assert agenda.again(START).value == START
    assert agenda.day_after(date(2028, 2, 28)) == date(2028, 2, 29)
    assert agenda.as_of(agenda.again(START), END).value == END


spans = st.lists(st.tuples(st.integers(0, 700), st.none() | st.integers(0, 200)), max_size=3)


@given(
    start=st.dates(FIRST, date(2027, 12, 31)),
    length=st.integers(90, 545),
    months=st.integers(1, 18),
    agreed=st.integers(0, 200),
    told=spans,
    extensions=st.lists(st.integers(-400, 600), max_size=2),
    held=st.integers(0, 5),
    filed=st.booleans(),
    ronde=st.integers(1, 3),
    reopened=st.none() | st.integers(0, 700),
)
def test_a_running_trajectory_always_has_something_next(
    law: Law, start: date, length: int, months: int, agreed: int, told: list[tuple[int, int | None]],
    extensions: list[int], held: int, filed: bool, ronde: int, reopened: int | None,
) -> None:  # fmt: skip
    """Whatever happened to it, it opens something on a known day, no later than the day after its maximum."""

    def day(offset: int) -> date:
        return start + timedelta(days=offset)

    rests = [rest(day(n), None if length is None else day(n + length)) for n, length in told]
    known = facts(
        *rests,
        extensions=tuple(extensions),
        start=start,
        ronde=ronde,
        heropend_op=None if reopened is None else day(reopened),
    )
    made = plan(start=start, einde=day(length), periodiciteit_maanden=months, datum=day(agreed))
    owed = [*reviews(*range(1, held + 1)), *([EINDVERSLAG] if filed else [])]
    case = state(law, Lopend(plan=made), *owed, known=known)
    opening = agenda.next_opening(case)
    assert opening.alarm.on.value is not None
    assert opening.alarm.on.value <= agenda.day_after(activering.latest_end(start, law).value)
    assert opening.key not in case.duties
    assert agenda.current_dates(case)
    assert all(due <= activering.latest_end(start, law).value for due in agenda.planned_reviews(case))


@given(closed=st.dates(date(2026, 1, 1), date(2029, 12, 31)), planned=st.booleans())
def test_a_closed_trajectory_always_has_its_window(law: Law, closed: date, planned: bool) -> None:
    """On whatever day it closed, with or without a plan, its dates can be told."""
    phase = ended(gesloten_op=closed, plan=plan() if planned else None)
    assert isinstance(phase, Afgesloten)
    told = {each.naam: each.on.value for each in agenda.current_dates(state(law, phase))}
    assert told["heropenen tot"] is not None
    assert told["heropenen tot"] > closed
