"""Two hundred AMA are woken twice for their evaluation, and the worker dies in between: each opens it once."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from temporalio.client import WorkflowExecutionStatus

from models.ama_case import AmaStart
from models.clock import at_hour, local_date
from models.schema import Base
from models.sweeps import Rondgang, Swept
from models.tables import DossierRow, EventRow, PersonRow, TrajectRow
from player.stage import FIRST_HOUR, Stage, virtually_ahead
from tests.chaos.conftest import Setting
from tests.chaos.scene import Scene
from tests.chaos.stops import ENDS
from tests.workflows.ama_desk import AmaDesk
from tests.workflows.desk import BEGIN

MANY, A_PAGE = 200, 60
IN_WINDOW = date(2029, 11, 5)
SILENCE = 5.0
"""Seconds without a sign of life after which a part is taken from its worker."""
AT_ONCE = 20
OPENED_WITHIN, PAUSE = 120, 0.2


class Alike:
    """AMA that go on from the checkpoint of one that really lived, each under a number of its own."""

    def __init__(self, stage: Stage, first: AmaDesk) -> None:
        self._stage = stage
        self._first = first
        head, _, number = first.reference.rpartition("-")
        self.references = [f"{head}-{int(number) + n:06}" for n in range(MANY)]
        """Of all of them, the first one included."""

    @property
    def workflow_ids(self) -> list[str]:
        """Of all of them, in order."""
        return [self._first.workflow_id.replace(self._first.reference, each) for each in self.references]

    async def begin(self) -> None:
        """Registers and starts the others, and brings each to the day of the first one."""
        start = await self._checkpoint()
        self._register()
        for some in _groups(self.references[1:]):
            await asyncio.gather(*(self._start(start, each) for each in some))
        for some in _groups(self.workflow_ids[1:]):
            moment = at_hour(BEGIN, FIRST_HOUR + 1)
            await asyncio.gather(*(self._stage.clock.move([each], moment) for each in some))
        await self._stage.clock.quiet(self.workflow_ids)

    async def _checkpoint(self) -> AmaStart:
        await self._first.checkpoint()
        async for event in self._first.handle.fetch_history_events():
            payloads = event.workflow_execution_started_event_attributes.input.payloads
            (start,) = await self._stage.client.data_converter.decode(payloads, [AmaStart])
            assert isinstance(start, AmaStart)
            return start
        raise AssertionError("a run without events")

    async def _start(self, start: AmaStart, reference: str) -> None:
        told = start.model_dump_json().replace(self._first.reference, reference)
        await self._stage.client.start_workflow(
            "arbeidsmatige_activiteiten",
            AmaStart.model_validate_json(told),
            id=self._first.workflow_id.replace(self._first.reference, reference),
            task_queue=self._stage.settings.queues.trajecten,
            start_delay=virtually_ahead(at_hour(BEGIN, FIRST_HOUR)),
        )

    def _register(self) -> None:
        """The rows of the first one, once for each of the others."""
        with self._stage.collaborators.database.begin() as session:
            dossier = session.get_one(DossierRow, self._first.reference)
            person = session.get_one(PersonRow, dossier.person_id)
            traject = session.get_one(TrajectRow, self._first.workflow_id)
            for n, reference in enumerate(self.references[1:], start=1):
                own = {"id": person.id + n, "person_id": person.id + n, "reference": reference}
                own["workflow_id"] = traject.workflow_id.replace(dossier.reference, reference)
                for row in (person, dossier, traject):
                    session.execute(insert(type(row)).values(_as(row, own)))


def _as(row: Base, own: dict[str, Any]) -> dict[str, Any]:
    columns = [column.key for column in row.__table__.columns]
    return {name: own.get(name, getattr(row, name)) for name in columns}


def _groups(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[n : n + AT_ONCE] for n in range(0, len(names), AT_ONCE))


async def round_of(scene: Scene, name: str) -> Swept:
    """The round of a day in the window."""
    stage = scene.stage
    return await stage.client.execute_workflow(
        "jaarlijkse-evaluaties",
        Rondgang(as_of=IN_WINDOW, at_most=A_PAGE, silence_seconds=SILENCE),
        id=f"jaarlijkse-evaluaties/{name}{stage.settings.queue_suffix}",
        task_queue=stage.settings.queues.buitenwereld,
        result_type=Swept,
    )


def evaluations(stage: Stage) -> Counter[str]:
    """The evaluations of the record, by the dossier they are of."""
    with stage.collaborators.database.read() as session:
        return Counter(session.scalars(select(TrajectRow.reference).where(TrajectRow.soort == "evaluatie")))


def opened(stage: Stage) -> Counter[str]:
    """How often each AMA told that it opened an evaluation."""
    query = select(EventRow.workflow_id).where(EventRow.soort == "traject-gestart")
    with stage.collaborators.database.read() as session:
        return Counter(session.scalars(query))


async def test_two_hundred_are_woken_twice_and_evaluated_once(on_wide_scene: Setting) -> None:
    """Their own clock stands long before the window; the round says what day it is, and each AMA opens one."""
    async with on_wide_scene() as scene:
        stage, began = scene.stage, time.monotonic()
        alike = Alike(stage, await AmaDesk.accompanied(stage))
        await alike.begin()
        ready = time.monotonic()
        after = alike.workflow_ids[A_PAGE - 1]
        scene.workers.at[f"evaluaties_wekken:{IN_WINDOW} {after}:{ENDS}"] = scene.workers.crash
        await scene.workers.hold()
        first = await round_of(scene, "eerst")
        await scene.workers.finished()
        assert scene.workers.killed == 1
        assert MANY - A_PAGE <= first.bekeken <= MANY, (
            "of the part that was done again some had opened theirs"
        )
        second = await round_of(scene, "daarna")
        async with asyncio.timeout(OPENED_WITHIN):
            while len(opened(stage)) < MANY:
                await asyncio.sleep(PAUSE)
        await stage.clock.quiet(alike.workflow_ids)
        done = time.monotonic()
        assert second.meldingen == ()
        assert evaluations(stage) == dict.fromkeys(alike.references, 1)
        assert opened(stage) == dict.fromkeys(alike.workflow_ids, 1)
        assert (await round_of(scene, "nog eens")).bekeken == 0
        for workflow_id in alike.workflow_ids[:: MANY // 10]:
            assert local_date(await stage.clock.now(workflow_id)) < IN_WINDOW - timedelta(days=200)
            described = await stage.client.get_workflow_handle(workflow_id).describe()
            assert described.status is WorkflowExecutionStatus.RUNNING
        print(f"{MANY} AMA: {ready - began:.1f} s to begin, {done - ready:.1f} s for both rounds")
