"""Plays the same story on stages that differ in nothing, so that what they leave behind can be compared row by row.

Each stage has a namespace of its own on the one engine of the session and a record that counts from the same number:
references, ids and documents are then the same to the byte, and nothing needs to be evened out.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import Engine
from engine.prepare import prepare
from models import reference_tables
from models.tables import Base, DossierKeyRow
from player.play import Player, play_together
from player.stage import Stage
from player.story import Story
from tests.stage import staged
from worker import connect

ROWS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda row: row.__tablename__)
TABLES = [row for row in ROWS if row.__module__ != reference_tables.__name__ and row is not DossierKeyRow]
"""All that a trajectory can leave behind; the tables it only reads were copied, and a key is drawn by chance."""
ALWAYS = ("trajecten", "events", "duties", "outbox", "mails", "documents", "inbox", "persons")
"""Tables in which every story leaves something: where nothing is, nothing is compared."""
WALL_CLOCK = {"recorded_at", "created_at", "sent_at", "tried_at", "settled_at"}
NOT_TOLD = {"attempts", "last_step"}
"""How often something was tried, and into how many steps the same news was divided."""

READ = 5_000
"""How much of a difference can be read: a document would fill the screen."""

Record = dict[str, list[dict[str, Any]]]


@asynccontextmanager
async def twin(
    engine: Engine, home: Path, template: Path, number: int, name: str, **more: object
) -> AsyncIterator[Stage]:
    """A stage like any other of this number, in a namespace of that name."""
    folder = home / name
    folder.mkdir()
    (folder / "werkzorg.db").write_bytes(template.read_bytes())
    namespace = f"{name}-{number}"
    own = replace(engine, connect_config={**engine.connect_config, "namespace": namespace})
    await prepare(await connect(own.connect_config))
    async with staged(own, folder, f"sqlite:///{folder / 'werkzorg.db'}", number, **more) as ready:
        yield ready


async def in_peace(engine: Engine, home: Path, template: Path, number: int, *stories: Story) -> Record:
    """What stories leave behind that are played together and that nobody disturbs."""
    async with twin(engine, home, template, number, "rust") as ready:
        await play_together(ready, [Player(ready, each) for each in stories])
        return left_behind(ready)


def assert_same(was: Record, now: Record, *filled: str) -> None:
    """The same rows in every table, table by table so that a difference can be read."""
    for table in ({*ALWAYS} & {*was}) | {*filled}:
        assert was[table], f"{table} is empty: there is nothing to compare"
    for table, rows in was.items():
        lost, new = (
            [row for row in one if row not in other]
            for one, other in ((rows, now[table]), (now[table], rows))
        )
        assert now[table] == rows, f"{table}: lost {lost}, new {new}"[:READ]


def left_behind(stage: Stage) -> Record:
    """Everything the record of a stage holds, but for the wall clock."""
    with stage.collaborators.database.read() as session:
        return {
            table.__tablename__: sorted(
                (_told(row) for row in session.scalars(select(table))),
                key=lambda row: repr(sorted(row.items())),
            )
            for table in TABLES
        }


def _told(row: Base) -> dict[str, Any]:
    columns = row.__table__.columns.keys()
    return {name: getattr(row, name) for name in columns if name not in WALL_CLOCK | NOT_TOLD}
