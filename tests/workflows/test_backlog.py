"""Documents wait for each other on their own queue: whatever waits there, the record hears of every command."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest_asyncio
from pydantic import BaseModel
from sqlalchemy import func, select

from activities.documents import Documents
from activities.rendering import Rendered, Templates
from engine import Engine
from models.tables import DocumentRow
from player.stage import Stage, on_stage
from tests.stage import reserve_references, stage_settings
from tests.workflows.desk import ACTION, PLAN, TALK, Desk
from worker import THREADS, wall_clock, working

VERSIONS, OF_A_VERSION = 5, 3
"""Versions of a plan after the first, and the documents that each of all these versions orders."""
BACKLOG = (1 + VERSIONS) * OF_A_VERSION
PATIENCE_SECONDS, LOOK_AGAIN_SECONDS = 120, 0.05


class Waiting(Templates):
    """A template desk whose work does not go on until it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go_on = threading.Event()
        self.at_once = 0

    def render(self, name: str, context: BaseModel, identifier: str) -> Rendered:
        """The document, when it may."""
        if not self.may_go_on.is_set():
            self.at_once += 1
            self.may_go_on.wait()
        return super().render(name, context, identifier)


@dataclass(frozen=True)
class Held:
    """A dossier of which no document is made until it may."""

    desk: Desk
    templates: Waiting

    @property
    def made(self) -> int:
        """How many documents the dossier has."""
        mine = select(func.count()).where(DocumentRow.reference == self.desk.reference)
        with self.desk.stage.collaborators.database.read() as session:
            return session.scalars(mine).one()


@pytest_asyncio.fixture
async def held(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Held]:
    """A dossier before its plan; from here on its documents wait, and nobody is impatient."""
    (tmp_path / "werkzorg.db").write_bytes(sqlite_template.read_bytes())
    url, number = f"sqlite:///{tmp_path / 'werkzorg.db'}", next(tests_seen)
    reserve_references(url, number)
    async with AsyncExitStack() as stack:
        patient = stage_settings(tmp_path, url, number).changed(activity_timeout_seconds=PATIENCE_SECONDS)
        stage: Stage = await on_stage(stack, engine, patient, workers=False)
        templates = Waiting()
        documents = Documents(stage.collaborators.database, templates, wall_clock)
        waiting = replace(stage.collaborators, documents=documents)
        await stack.enter_async_context(working(stage.client, stage.settings, waiting))
        stack.callback(templates.may_go_on.set)
        templates.may_go_on.set()
        desk = await Desk.open(stage)
        await desk.accepted("eerste_gesprek", **TALK)
        templates.may_go_on.clear()
        yield Held(desk, templates)


async def told(desk: Desk, soort: str, times: int) -> None:
    """Waits until the record has heard so often of a command."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(desk.events(soort)) < times:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def test_a_backlog_of_documents_delays_no_projection(held: Held) -> None:
    """More documents wait than there are threads in all, and the record still hears of each command at once."""
    desk, before = held.desk, held.made
    assert sum(THREADS.values()) < BACKLOG
    await desk.send("plan_akkoord", **PLAN)
    for n in range(1, 1 + VERSIONS):
        acties = [ACTION, {**ACTION, "omschrijving": f"magazijn {n}"}]
        await desk.send("plan_wijzigen", aard="wezenlijk", wat="een andere werkplek", acties=acties)
        await told(desk, "plan_wijzigen", n)
    assert desk.duty("trajectplan").status == "answered"
    assert (held.made, held.templates.at_once) == (before, THREADS["documenten"])
    held.templates.may_go_on.set()
    await desk.settle()
    assert held.made == before + BACKLOG
    assert len(desk.events("document-gemaakt")) == before + BACKLOG
