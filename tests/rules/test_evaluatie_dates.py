"""The yearly evaluation to the day: its window, when it is due, when VDAB needs it, and until when it is corrected."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.ama_stand import Variant
from models.duties import DutyKind
from models.evaluatie import EvaluatieVastleggen
from models.evaluatie_case import EvaluatieFacts, EvaluatieState
from models.law import Law
from models.phases import Geevalueerd
from rules import ama, evaluatieboek
from tests.rules.ama_examples import BEGELEIDER, accompanied
from tests.workflows.ama_desk import HELD

DAY = timedelta(days=1)
OPENS = date(2029, 12, 20)
ANNIVERSARY = date(2030, 2, 28)


def evaluation(law: Law, verjaardag: date = ANNIVERSARY, **other: Any) -> EvaluatieState:
    """The state of the evaluation of an anniversary."""
    told = {
        "reference": "WZ-2026-000001",
        "nis_code": "44021",
        "start": OPENS,
        "ama": "ama/WZ-2026-000001",
        "nummer": 2,
        "verjaardag": verjaardag,
        "begeleider": BEGELEIDER,
    }
    return EvaluatieState(law=law, facts=EvaluatieFacts.model_validate(told | other))


@pytest.mark.parametrize(
    ("first", "number", "opens"),
    [
        pytest.param(date(2026, 3, 2), 1, date(2026, 12, 22), id="ten weeks before"),
        pytest.param(date(2028, 2, 29), 2, date(2029, 12, 20), id="of a leap day"),
        pytest.param(date(2026, 3, 9), 1, date(2026, 12, 29), id="over the year end"),
    ],
)
def test_the_window_opens_ten_weeks_before(law: Law, first: date, number: int, opens: date) -> None:
    """On a day off as well: somebody who was asked is not the one who waits."""
    assert ama.evaluation_opens(number, accompanied(law, first)).value == opens


def test_both_sides_know_the_same_window(law: Law) -> None:
    """What the AMA opens on, the evaluation counts from."""
    opens = ama.evaluation_opens(2, accompanied(law, date(2028, 2, 29))).value
    assert evaluatieboek.window_opens(evaluation(law)).value == opens == OPENS


@pytest.mark.parametrize(("variant", "due"), [("wvg", ANNIVERSARY), ("se", date(2030, 1, 17))])
def test_it_is_due_on_the_anniversary_or_in_time_for_vdab(law: Law, variant: Variant, due: date) -> None:
    """The anniversary is a maximum that never moves; in the social economy the report is there six weeks before."""
    state = evaluation(law, variant=variant)
    assert evaluatieboek.due_of(DutyKind.EVALUATIE, "evaluatie", OPENS, state).value == due


def test_an_anniversary_in_a_weekend_does_not_move(law: Law) -> None:
    """Saturday stays Saturday."""
    state = evaluation(law, date(2030, 3, 2))
    assert evaluatieboek.due_of(DutyKind.EVALUATIE, "evaluatie", OPENS, state).value == date(2030, 3, 2)


@pytest.mark.parametrize(("day", "early"), [(OPENS - DAY, True), (OPENS, False), (ANNIVERSARY + DAY, False)])
def test_a_talk_counts_from_the_first_day_of_the_window(law: Law, day: date, early: bool) -> None:
    """A day earlier it is a tussentijds gesprek; late is late, and still counts."""
    held = EvaluatieVastleggen.model_validate({**HELD, "datum": day, "door": BEGELEIDER})
    found = [each.veld for each in evaluatieboek.complaints(held, evaluation(law), day)]
    assert (found == ["datum"]) is early


def test_it_can_be_corrected_for_thirty_days(law: Law) -> None:
    """Then the workflow ends."""
    closed = Geevalueerd(gesloten_op=date(2030, 1, 30), gehouden_op=date(2030, 1, 30))
    assert evaluatieboek.stays_open(date(2030, 1, 30), evaluation(law)).value == date(2030, 3, 1)
    state = evaluation(law).model_copy(update={"phase": closed})
    opening = evaluatieboek.next_opening(state)
    assert opening is not None
    assert opening.alarm.on.value == date(2030, 3, 2)


def test_an_ama_out_of_reach_is_told_again_the_next_day() -> None:
    """Every day until it runs again: a verdict does not get lost."""
    assert evaluatieboek.told_again(ANNIVERSARY).value == ANNIVERSARY + DAY
