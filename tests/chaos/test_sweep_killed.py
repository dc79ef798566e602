"""The worker dies in the middle of a sweep: every stopped trajectory comes back once, and is told once."""

import asyncio
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from models.sweeps import Probleem, Rondgang, Swept
from models.tables import OutboxRow
from player.stage import Stage
from tests.chaos.conftest import Setting
from tests.chaos.once import assert_once
from tests.chaos.stops import BEGINS, COMMITS, ENDS
from tests.workflows.desk import BEGIN, Desk

SILENCE = 2.0
"""Seconds without a sign of life after which a part is taken from its worker."""
NAMES = ("Noor", "Sam", "Alex")


async def sweep(stage: Stage, name: str, day: date = BEGIN) -> Swept:
    """The control of a day, one trajectory a part."""
    return await stage.client.execute_workflow(
        "dagelijkse-controle",
        Rondgang(as_of=day, at_most=1, silence_seconds=SILENCE),
        id=f"controle/{name}{stage.settings.queue_suffix}",
        task_queue=stage.settings.queues.buitenwereld,
        result_type=Swept,
    )


async def resets(desk: Desk) -> int:
    """How often this trajectory was reset to an earlier task."""
    return await desk.history(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)


@pytest.mark.parametrize("where", [BEGINS, COMMITS, ENDS])
async def test_a_worker_killed_between_two_pages(on_scene: Setting, where: str) -> None:
    """Before a part; when its message is in the record and nothing is repaired yet; when all is done and unheard of."""
    async with on_scene() as scene:
        stage = scene.stage
        desks = [await Desk.agreed(stage, voornaam=name) for name in NAMES]
        await asyncio.gather(*(desk.handle.terminate("verkeerde lijn aangevinkt") for desk in desks))
        first, second, _ = sorted(desk.workflow_id for desk in desks)
        scene.workers.at[f"controle_trajecten:{BEGIN} {first}:{where}"] = scene.workers.crash
        await scene.workers.hold()
        found = await sweep(stage, "eerst")
        await scene.workers.finished()
        assert scene.workers.killed == 1
        reported = {each.onderwerp for each in found.meldingen if each.probleem is Probleem.AFGEBROKEN}
        assert reported >= {desk.workflow_id for desk in desks} - ({second} if where == ENDS else set())
        again = await sweep(stage, "daarna")
        assert not again.gedaan.keys() & {"hersteld", "gemeld"}
        for desk in desks:
            await desk.settle()
            assert (await desk.handle.describe()).status is WorkflowExecutionStatus.RUNNING
            assert await resets(desk) == 1
            assert_once(desk)
        assert told(stage) == {f"controle/{desk.workflow_id}/afgebroken/{BEGIN}": 1 for desk in desks}


def told(stage: Stage) -> Counter[str]:
    """What operations were told by the control, by key."""
    query = select(OutboxRow.key).where(OutboxRow.key.startswith("controle/"))
    with stage.collaborators.database.read() as session:
        return Counter(session.scalars(query))
