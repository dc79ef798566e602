"""The daily control on the real engine: what somebody stopped goes on, what is stuck is reported, and each once."""

import asyncio
from datetime import date, timedelta

from sqlalchemy import select
from temporalio import workflow
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import WorkflowExecutionStatus
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from models.aanvraag import Aanvraag, Registered
from models.clock import local_date
from models.sweeps import Melding, Part, Probleem, Rondgang, Swept
from models.tables import DossierKeyRow, OutboxRow
from player.stage import Stage
from tests.chaos.once import assert_once
from tests.workflows.ama_desk import BEGELEIDER, HELD, AmaDesk
from tests.workflows.desk import BEGIN, FIRST_REVIEW, GENT, REVIEW, Desk
from worker import control, wall_clock

LATE, SECOND_REVIEW = date(2029, 4, 12), date(2029, 7, 9)
WITHIN, PAUSE = 60, 0.2


async def sweep(stage: Stage, day: date, name: str = "controle", **order: object) -> Swept:
    """The control of a day, as its schedule starts it."""
    return await stage.client.execute_workflow(
        "dagelijkse-controle",
        Rondgang(as_of=day, **order),
        id=f"{name}/{day}{stage.settings.queue_suffix}",
        task_queue=stage.settings.queues.buitenwereld,
        result_type=Swept,
    )


def about(found: Swept) -> list[Melding]:
    """What was found about trajectories; the recognitions of the organisations ended before these stories begin."""
    return [each for each in found.meldingen if each.probleem is not Probleem.ERKENNING]


def did(done: Swept) -> dict[str, int]:
    """What was done about trajectories."""
    return {word: count for word, count in done.gedaan.items() if word in ("hersteld", "gemeld")}


def told(stage: Stage) -> dict[str, OutboxRow]:
    """What operations were told by the control."""
    query = select(OutboxRow).where(OutboxRow.key.startswith("controle/"))
    with stage.collaborators.database.read() as session:
        return {row.key: row for row in session.scalars(query)}


async def test_a_trajectory_terminated_by_hand_is_found_and_goes_on(sqlite_stage: Stage) -> None:
    """Reset to its last completed task; a second control of the day finds nothing and tells nothing twice."""
    desk = await Desk.running(sqlite_stage)
    other = await Desk.agreed(sqlite_stage, voornaam="Sam")
    await desk.handle.terminate("verkeerde lijn aangevinkt")
    found = await sweep(sqlite_stage, BEGIN, at_most=1)
    assert [(each.onderwerp, each.probleem, each.hersteld) for each in about(found)] == [
        (desk.workflow_id, Probleem.AFGEBROKEN, True)
    ]
    assert did(found) == {"hersteld": 1, "gemeld": 1}
    assert found.bekeken >= 2
    first = (await desk.handle.describe()).run_id
    again = await sweep(sqlite_stage, BEGIN, "nog-eens")
    assert (about(again), did(again)) == ([], {})
    assert (await desk.handle.describe()).run_id == first
    assert set(told(sqlite_stage)) == {f"controle/{desk.workflow_id}/afgebroken/{BEGIN}"}
    await desk.go(FIRST_REVIEW)
    await desk.accepted("review_vastleggen", **REVIEW)
    await desk.go(SECOND_REVIEW)
    assert desk.live == ["meting/6", "review/2"]
    assert_once(desk)
    assert_once(other)


async def test_an_ama_terminated_by_hand_goes_on_to_its_evaluation(sqlite_stage: Stage) -> None:
    """It is found and reset; its window opens on its own clock, and the evaluation is held."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    await desk.handle.terminate("verkeerde lijn aangevinkt")
    found = await sweep(sqlite_stage, BEGIN)
    assert [each for each in about(found) if each.hersteld and each.onderwerp == desk.workflow_id]
    held = await desk.evaluation(1, date(2029, 10, 30))
    await held.accepted("evaluatie_vastleggen", BEGELEIDER, **HELD)
    await held.settle()
    await desk.settle()
    assert [each.tekst for each in desk.events("evaluatie-afgerond")] == [
        "Evaluatie 1 is gehouden op 30-10-2029: verder."
    ]
    assert did(await sweep(sqlite_stage, date(2029, 10, 30))).get("hersteld") is None


async def test_only_shown_nothing_is_touched(sqlite_stage: Stage) -> None:
    """It says what it would repair; the run stays as it is and operations hear nothing."""
    desk = await Desk.running(sqlite_stage)
    await desk.handle.terminate("verkeerde lijn aangevinkt")
    found = await sweep(sqlite_stage, BEGIN, alleen_tonen=True)
    assert [(each.onderwerp, each.hersteld) for each in about(found)] == [(desk.workflow_id, False)]
    assert (await desk.handle.describe()).status is WorkflowExecutionStatus.TERMINATED
    assert (did(found), told(sqlite_stage)) == ({}, {})


async def test_a_deadline_that_passed_without_a_word_is_reported(sqlite_stage: Stage) -> None:
    """The day came on which the next review would open, and nothing was told since; operations hear it once a day."""
    desk = await Desk.running(sqlite_stage)
    assert about(await sweep(sqlite_stage, BEGIN)) == []
    silent = await sweep(sqlite_stage, LATE)
    assert [(each.onderwerp, each.probleem) for each in about(silent)] == [
        (desk.workflow_id, Probleem.TERMIJN)
    ]
    assert "26-03-2029" in about(silent)[0].uitleg
    assert did(await sweep(sqlite_stage, LATE, "nog-eens")) == {}
    (message,) = told(sqlite_stage).values()
    assert (message.org, message.reference, message.as_of) == ("ORG-OPERATIES", desk.reference, LATE)
    await desk.go(FIRST_REVIEW)
    assert [each.probleem for each in about(await sweep(sqlite_stage, LATE, "stil"))] == [Probleem.TERMIJN]
    await desk.go(LATE)
    assert desk.duty("review/1").overdue_since
    assert about(await sweep(sqlite_stage, LATE, "daarna")) == []


async def test_the_day_after_a_deadline_is_too_early(sqlite_stage: Stage) -> None:
    """A trajectory wakes on the day or the day after; it has that whole day to say so."""
    await Desk.running(sqlite_stage)
    assert about(await sweep(sqlite_stage, date(2029, 3, 27))) == []
    assert len(about(await sweep(sqlite_stage, date(2029, 3, 28)))) == 1


async def test_an_erased_dossier_is_left_alone(sqlite_stage: Stage) -> None:
    """Its workflow is gone on purpose: it is not looked at, not brought back and not reported."""
    desk = await Desk.running(sqlite_stage)
    await desk.handle.terminate("gewist")
    with sqlite_stage.collaborators.database.begin() as session:
        key = session.scalars(select(DossierKeyRow).where(DossierKeyRow.reference == desk.reference)).one()
        key.destroyed_at = wall_clock()
    found = await sweep(sqlite_stage, LATE)
    assert (about(found), did(found)) == ([], {})
    assert (await desk.handle.describe()).status is WorkflowExecutionStatus.TERMINATED


def delete_request(stage: Stage, desk: Desk) -> DeleteWorkflowExecutionRequest:
    """What removes a run from the engine, history and all."""
    execution = WorkflowExecution(workflow_id=desk.workflow_id)
    return DeleteWorkflowExecutionRequest(namespace=stage.client.namespace, workflow_execution=execution)


def registered(stage: Stage) -> Registered:
    """A request that was registered and not started."""
    asked = {
        "sleutel": "aanvraag",
        "soort": "activeringstraject",
        "ingediend_op": (today := local_date(wall_clock())),
        "begin": today,
        "nis_code": GENT,
        "persoon": {"voornaam": "Noor", "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"},
    }
    answer = stage.collaborators.registry.register(Aanvraag.model_validate(asked))
    assert isinstance(answer, Registered)
    return answer


async def test_a_lost_start_is_made_up(sqlite_stage: Stage) -> None:
    """A trajectory that was registered and is unknown to the engine starts, once."""
    lost = registered(sqlite_stage)
    found = await sweep(sqlite_stage, lost.begin)
    assert [(each.onderwerp, each.hersteld) for each in about(found)] == [(lost.workflow_id, True)]
    described = await sqlite_stage.client.get_workflow_handle(lost.workflow_id).describe()
    assert described.status is WorkflowExecutionStatus.RUNNING
    assert did(await sweep(sqlite_stage, lost.begin, "nog-eens")) == {}


async def test_a_trajectory_the_engine_forgot_is_reported(sqlite_stage: Stage) -> None:
    """It told the record a step and the engine does not know it: only a back-up brings that back."""
    desk = await Desk.running(sqlite_stage)
    await desk.handle.terminate("opgeruimd")
    await sqlite_stage.client.workflow_service.delete_workflow_execution(delete_request(sqlite_stage, desk))
    look = control(sqlite_stage.client, sqlite_stage.settings, sqlite_stage.collaborators).trajecten.look
    async with asyncio.timeout(WITHIN):
        while (await look(Part(as_of=BEGIN, alleen_tonen=True))).meldingen[0].probleem is Probleem.AFGEBROKEN:
            await asyncio.sleep(PAUSE)
    reported = await sweep(sqlite_stage, BEGIN)
    assert (did(reported), len(told(sqlite_stage))) == ({"gemeld": 1}, 1)
    assert "back-up" in about(reported)[0].uitleg


@workflow.defn(name="activeringstraject", sandboxed=False)
class Broken:
    """A release that cannot read the trajectories of the one before."""

    @workflow.run
    async def run(self) -> None:
        """Fails the workflow task, and not the workflow."""
        raise RuntimeError("deze versie kan dit niet lezen")


async def test_a_failing_workflow_task_is_reported(sqlite_stage: Stage) -> None:
    """A run that fails its task again and again keeps running; the control sees it and touches nothing."""
    stage, queue = sqlite_stage, f"kapot{sqlite_stage.settings.queue_suffix}"
    stuck, look = registered(stage), control(stage.client, stage.settings, stage.collaborators).trajecten.look
    async with Worker(
        stage.client, task_queue=queue, workflows=[Broken], workflow_runner=UnsandboxedWorkflowRunner()
    ):
        await stage.client.start_workflow(
            stuck.soort, id=stuck.workflow_id, task_queue=queue, task_timeout=timedelta(seconds=1)
        )
        async with asyncio.timeout(WITHIN):
            while not (found := await look(Part(as_of=stuck.begin))).meldingen:
                await asyncio.sleep(PAUSE)
    assert [(each.onderwerp, each.probleem) for each in found.meldingen] == [
        (stuck.workflow_id, Probleem.TAAK)
    ]
    assert did(found) == {"gemeld": 1}
    assert (await look(Part(as_of=stuck.begin))).gedaan == {}
