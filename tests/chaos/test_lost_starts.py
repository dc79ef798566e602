"""Starts that were lost between register and engine, and runs that somebody ended by mistake."""

import asyncio
from datetime import date

import pytest
from temporalio.client import WorkflowExecutionStatus

from activities.relay import Relay
from activities.waiting import Waiting
from desk.office import Office
from desk.repair import repair
from engine import Engine
from models.aanvraag import Aanvraag, Registered
from models.clock import at_hour, local_date
from models.messages import COMMAND_ID_PREFIX, Contactnota
from models.tables import InboxRow
from player.stage import FIRST_HOUR, Stage
from tests.chaos.once import assert_once
from tests.chaos.outage import outage
from tests.workflows.desk import BEGIN, GENT, OPERATOR, REVIEW, Desk
from worker import trajectories, wall_clock

FIRST_REVIEW, LATE, LATER = date(2029, 4, 9), date(2029, 4, 12), date(2029, 5, 14)
SECOND_REVIEW = date(2029, 7, 9)
FIRST_DUTIES = ["eerste_gesprek", "trajectplan"]
AFTER_HALF_A_YEAR = ["meting/6", "review/2"]
STARTS_WITHIN, PAUSE = 600, 0.05


def registered(stage: Stage, begin: date) -> Desk:
    """A request that was registered; then the power went out before the trajectory was started."""
    asked = {
        "sleutel": "aanvraag",
        "soort": "activeringstraject",
        "ingediend_op": begin,
        "begin": begin,
        "nis_code": GENT,
        "persoon": {"voornaam": "Noor", "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"},
    }
    answer = stage.collaborators.registry.register(Aanvraag.model_validate(asked))
    assert isinstance(answer, Registered)
    return Desk(stage, answer)


def put_note(desk: Desk, day: date) -> InboxRow:
    """A command that was written in the inbox and not sent yet."""
    command_id = f"{COMMAND_ID_PREFIX}{desk.reference}-nota"
    told = {"datum": day, "door": OPERATOR, "nota": "belde al terug"}
    payload = Contactnota.model_validate(told).model_dump(mode="json", exclude_none=True)
    return desk.stage.collaborators.inbox.put(command_id, desk.workflow_id, "contactnota", payload)


async def begun(desk: Desk) -> None:
    """Waits until the record has heard of the trajectory, and all is told."""
    for _ in range(STARTS_WITHIN):
        if desk.events("opdracht-geopend"):
            break
        await asyncio.sleep(PAUSE)
    await desk.settle()


async def runs(desk: Desk) -> set[str | None]:
    """The runs that the engine knows of this trajectory."""
    described = await desk.handle.describe()
    return {described.run_id, described.raw_description.workflow_execution_info.first_run_id}


async def test_a_lost_start_is_made_up_once(sqlite_stage: Stage) -> None:
    """However often and by how many the relay is asked, the trajectory that never started starts once."""
    desk = registered(sqlite_stage, BEGIN)
    await asyncio.gather(*(sqlite_stage.relay.round() for _ in range(3)))
    first = await runs(desk)
    await sqlite_stage.relay.round()
    await sqlite_stage.clock.move([desk.workflow_id], at_hour(BEGIN, FIRST_HOUR))
    await begun(desk)
    await sqlite_stage.relay.round()
    assert await runs(desk) == first
    assert len(first) == 1
    assert desk.live == FIRST_DUTIES
    assert_once(desk)


async def test_a_command_from_before_the_start_is_applied_after_it(sqlite_stage: Stage) -> None:
    """A command for a trajectory that has not started stays in the inbox, and is told once when it has."""
    desk = registered(sqlite_stage, local_date(wall_clock()))
    waits = await sqlite_stage.relay.send(put_note(desk, local_date(wall_clock())))
    assert waits.status == "open"
    starting = trajectories(sqlite_stage.client, sqlite_stage.settings, sqlite_stage.collaborators)
    waiting = Waiting(sqlite_stage.collaborators.database)
    relay = Relay(sqlite_stage.client, sqlite_stage.collaborators.inbox, waiting, starting)
    await asyncio.gather(relay.round(), relay.round())
    await relay.round()
    await begun(desk)
    assert not sqlite_stage.collaborators.inbox.open_rows()
    assert [event.command_id for event in desk.events("contactnota")] == [waits.id]
    assert_once(desk)


@pytest.fixture
def office(sqlite_stage: Stage, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The desk of operations, on the engine and the record of the stage."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", engine.connect_config["target_host"])
    monkeypatch.setenv("TEMPORAL_NAMESPACE", engine.connect_config["namespace"])
    return Office(sqlite_stage.settings)


async def repaired(desk: Desk, office: Office) -> str:
    """What `dossier herstel` says, after everything settled."""
    told = await repair(office, office.traject(desk.reference, None))
    await begun(desk)
    return told


async def test_operations_start_what_was_never_started(sqlite_stage: Stage, office: Office) -> None:
    """`dossier herstel` starts a trajectory that was registered and never started, and says so; once."""
    desk = registered(sqlite_stage, local_date(wall_clock()))
    assert "nog niet gestart" in await repaired(desk, office)
    assert "er is niets te herstellen" in await repaired(desk, office)
    assert desk.live == FIRST_DUTIES
    assert_once(desk)


async def test_a_trajectory_terminated_by_mistake_goes_on(sqlite_stage: Stage, office: Office) -> None:
    """A terminated run is reset to its last completed task, with its clock, and nothing is told or asked twice."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(LATE)
    assert desk.duty("review/1").overdue_since
    before = sqlite_stage.collaborators.reading.tijdlijn(desk.reference)
    asked = {message.key for message in desk.messages()}
    await desk.handle.terminate("verkeerde lijn aangevinkt")
    assert "afgebroken en gaat verder waar het was" in await repaired(desk, office)
    assert (await desk.handle.describe()).status is WorkflowExecutionStatus.RUNNING
    assert sqlite_stage.collaborators.reading.tijdlijn(desk.reference) == before
    assert {message.key for message in desk.messages()} == asked
    await desk.go(LATER)
    told = [event.tekst for event in desk.events("te-laat", "herinnering") if event.opdracht == "review/1"]
    assert len(told) == len(set(told))
    await desk.accepted("review_vastleggen", **REVIEW)
    await desk.go(SECOND_REVIEW)
    assert desk.live == AFTER_HALF_A_YEAR
    assert_once(desk)


async def test_a_command_from_before_the_mistake_is_not_done_again(
    sqlite_stage: Stage, office: Office
) -> None:
    """After the reset a repeated command gets the answer it had."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(FIRST_REVIEW)
    first = await desk.send(
        "review_vastleggen", command_id=f"{COMMAND_ID_PREFIX}{desk.reference}-r", **REVIEW
    )
    await desk.settle()
    await desk.handle.terminate("verkeerde lijn aangevinkt")
    await repaired(desk, office)
    again = await desk.handle.execute_update("review_vastleggen", first.payload, id=first.id)
    assert again["samenvatting"] == (first.outcome or {})["samenvatting"]
    await desk.settle()
    assert len(desk.events("review_vastleggen")) == 1
    await desk.go(SECOND_REVIEW)
    assert desk.live == AFTER_HALF_A_YEAR
    assert_once(desk)


async def test_a_command_sent_while_the_run_was_gone_is_applied(sqlite_stage: Stage, office: Office) -> None:
    """A terminated trajectory refuses nothing for good: the command waits in the inbox until the run is back."""
    desk = await Desk.running(sqlite_stage)
    await desk.handle.terminate("verkeerde lijn aangevinkt")
    row = await sqlite_stage.relay.send(put_note(desk, BEGIN))
    assert row.status == "open"
    await repaired(desk, office)
    await sqlite_stage.relay.round()
    await sqlite_stage.relay.round()
    await desk.settle()
    assert [event.command_id for event in desk.events("contactnota")] == [row.id]
    assert not sqlite_stage.collaborators.inbox.open_rows()
    assert_once(desk)


async def test_a_run_terminated_with_a_step_in_hand_tells_it_once(
    sqlite_stage: Stage, office: Office
) -> None:
    """The command was accepted and the record busy: the old attempt and the new run tell the same step once."""
    desk = await Desk.running(sqlite_stage)
    with outage(sqlite_stage):
        nota = {"datum": f"{BEGIN}", "nota": "belde"}
        await desk.handle.execute_update("contactnota", nota, id=f"getypt-{desk.reference}")
        await desk.handle.terminate("verkeerde lijn aangevinkt")
    await repaired(desk, office)
    assert len(desk.events("contactnota")) == 1
    await desk.go(FIRST_REVIEW)
    await desk.accepted("review_vastleggen", **REVIEW)
    await desk.go(SECOND_REVIEW)
    assert desk.live == AFTER_HALF_A_YEAR
    assert_once(desk)


async def test_a_run_that_is_well_is_left_alone(sqlite_stage: Stage, office: Office) -> None:
    """`dossier herstel` does nothing to a trajectory that runs."""
    desk = await Desk.open(sqlite_stage)
    first = await runs(desk)
    assert "er is niets te herstellen" in await repaired(desk, office)
    assert await runs(desk) == first
