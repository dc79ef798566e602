"""What can still be told of an evaluation when it is closed: a talk that was held in time, and its right day."""

from datetime import date
from typing import Any

import pytest

from models.duties import Duty, DutyKind, DutyStatus
from models.evaluatie import EvaluatieVastleggen, EvaluatieVoorbereiden
from models.evaluatie_case import EvaluatieState
from models.findings import Verdict
from models.law import Law
from models.messages import Rechtzetten
from models.phases import Evalueren, Geevalueerd, ZonderBetrokkene
from rules import evaluatieboek
from rules.corrections import NotCorrectable
from tests.rules.ama_examples import BEGELEIDER
from tests.rules.test_evaluatie_dates import ANNIVERSARY, DAY, OPENS, evaluation
from tests.workflows.ama_desk import HELD

ENDED = date(2030, 1, 30)
TALK = date(2030, 1, 20)


def talk(day: date) -> EvaluatieVastleggen:
    """The evaluation as it is told, held on a day."""
    return EvaluatieVastleggen.model_validate({**HELD, "datum": day, "door": BEGELEIDER})


def closed(law: Law, held: date | None = None, died: bool = False, **other: Any) -> EvaluatieState:
    """An evaluation that is closed, with the duty that was asked."""
    death = ZonderBetrokkene(overleden_op=ENDED, command_id="cmd", vorige=Evalueren()) if died else None
    state = evaluation(law, gehouden=talk(held) if held else None, **other)
    due = evaluatieboek.due_of(DutyKind.EVALUATIE, "evaluatie", OPENS, state)
    asked = {
        "key": "evaluatie",
        "kind": DutyKind.EVALUATIE,
        "vraag": "?",
        "addressee": BEGELEIDER,
        "due": due,
    }
    duty = Duty.model_validate(
        {
            **asked,
            "opened_on": OPENS,
            "status": DutyStatus.ANSWERED if held else DutyStatus.WITHDRAWN,
            "happened_on": held,
        }
    )
    phase = Geevalueerd(gesloten_op=ENDED + DAY, gehouden_op=held, overlijden=death)
    return state.model_copy(update={"phase": phase, "duties": {"evaluatie": duty}})


@pytest.mark.parametrize(
    ("told", "hears"),
    [
        pytest.param({"ama_einde": ENDED}, True, id="the AMA ended before it was told"),
        pytest.param({}, False, id="a human ended it without a talk"),
        pytest.param({"ama_einde": ENDED, "held": TALK}, False, id="it was told already"),
        pytest.param({"ama_einde": ENDED, "died": True}, False, id="the person died"),
    ],
)
def test_a_talk_before_the_end_can_be_told_after_it(law: Law, told: dict[str, Any], hears: bool) -> None:
    """Held in time and entered late is in time, also where the question went away with the AMA."""
    state, command = closed(law, **told), talk(TALK)
    assert evaluatieboek.in_phase(command, state) is hears
    assert evaluatieboek.answered_late(command, state.duties["evaluatie"], state) is hears


@pytest.mark.parametrize(("day", "after"), [(ENDED, False), (ENDED + DAY, True)])
def test_no_talk_is_held_after_the_last_day(law: Law, day: date, after: bool) -> None:
    """The last day itself still counts."""
    found = evaluatieboek.complaints(talk(day), closed(law, ama_einde=ENDED), ENDED + DAY)
    assert [each.veld for each in found] == (["datum"] if after else [])


def right(new: date, veld: str = "evaluatie.datum", old: date = TALK) -> Rechtzetten:
    """The day of the talk is put right."""
    told = {"veld": veld, "oud": str(old), "nieuw": str(new), "waarom": "Verkeerde dag."}
    return Rechtzetten.model_validate({"datum": ENDED, **told})


def test_the_day_of_the_talk_is_put_right_everywhere(law: Law) -> None:
    """In what the report is made from, and in what the phase says."""
    facts, phase = evaluatieboek.EVALUATIEBOEK.corrected(right(OPENS), closed(law, TALK))
    assert (facts.gehouden.datum, phase.gehouden_op) == (OPENS, OPENS)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (right(OPENS - DAY), "nieuw"),
        (right(ENDED + DAY), "nieuw"),
        (right(OPENS, old=OPENS), "oud"),
        (right(OPENS, "voorwaarden.datum"), "veld"),
    ],
)
def test_a_day_that_would_have_been_refused_is_refused(law: Law, command: Rechtzetten, field: str) -> None:
    """Before the window it was no evaluation, and after the last day there was nobody to accompany."""
    with pytest.raises(NotCorrectable) as refused:
        evaluatieboek.EVALUATIEBOEK.corrected(command, closed(law, TALK, ama_einde=ENDED))
    assert refused.value.veld == field


def test_there_is_no_day_to_put_right_without_a_talk(law: Law) -> None:
    """Whoever wants to tell of one records it."""
    with pytest.raises(NotCorrectable):
        evaluatieboek.EVALUATIEBOEK.corrected(right(OPENS), closed(law, ama_einde=ENDED))


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (OPENS - DAY, True),
        (OPENS, False),
        (ANNIVERSARY + DAY, False),
        (date(2099, 1, 1), True),
    ],
)
def test_a_talk_is_planned_on_a_day_that_can_be(law: Law, day: date, refused: bool) -> None:
    """Not before the window, and not beyond the days that the file knows."""
    command = EvaluatieVoorbereiden(datum=OPENS, gepland_op=day)
    found = [each.veld for each in evaluatieboek.complaints(command, evaluation(law), OPENS)]
    assert found == (["gepland_op"] if refused else [])


@pytest.mark.parametrize("status", [DutyStatus.OPEN, DutyStatus.ANSWERED])
def test_whoever_passes_over_the_conditions_says_why(law: Law, status: DutyStatus) -> None:
    """A look that is still owed goes away with the talk: not without a word."""
    state = closed(law).model_copy(update={"phase": Evalueren()})
    owed = state.duties["evaluatie"].model_copy(
        update={"key": "voorwaarden", "kind": DutyKind.VOORWAARDEN, "status": status}
    )
    state = state.model_copy(update={"duties": {**state.duties, "voorwaarden": owed}})
    found = evaluatieboek.EVALUATIEBOEK.findings_against(talk(TALK), state, TALK)
    asked = [each.rule for each in found if each.verdict is Verdict.ZACHT]
    assert asked == (["evaluatieboek.conditions_known"] if status is DutyStatus.OPEN else [])
