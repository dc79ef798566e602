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
from tests.workflows.desk import PLAN, Desk
from worker import THREADS, wall_clock, working

DOSSIERS = 1 + sum(THREADS.values())
"""One more than there are threads in all: a dossier makes its documents one by one."""
OF_A_PLAN = 3
"""The documents that an agreed plan orders."""
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
    """Dossiers of which no document is made until it may."""

    desks: list[Desk]
    templates: Waiting

    @property
    def made(self) -> int:
        """How many documents there are."""
        with self.desks[0].stage.collaborators.database.read() as session:
            return session.scalars(select(func.count()).select_from(DocumentRow)).one()


@pytest_asyncio.fixture
async def held(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Held]:
    """Dossiers before their plan; from here on their documents wait, and nobody is impatient."""
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
        desks = [await Desk.open(stage, voornaam=f"Noor {n}") for n in range(DOSSIERS)]
        templates.may_go_on.clear()
        yield Held(desks, templates)


async def told(desk: Desk, soort: str) -> None:
    """Waits until the record has heard of a command."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not desk.events(soort):
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def test_a_backlog_of_documents_delays_no_projection(held: Held) -> None:
    """More documents wait than there are threads in all, and the record still hears of each command at once."""
    before = held.made
    for desk in held.desks:
        await desk.send("plan_akkoord", **PLAN)
        await told(desk, "plan_akkoord")
    await asyncio.gather(*(desk.send("contactnota", nota="gebeld") for desk in held.desks))
    for desk in held.desks:
        await told(desk, "contactnota")
    assert {desk.duty("trajectplan").status for desk in held.desks} == {"answered"}
    assert (held.made, held.templates.at_once) == (before, THREADS["documenten"])
    held.templates.may_go_on.set()
    for desk in held.desks:
        await desk.settle()
    assert held.made == before + DOSSIERS * OF_A_PLAN
