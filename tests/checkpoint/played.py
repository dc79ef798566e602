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
from models.tables import (
    Base,
    DocumentRow,
    DutyRow,
    EventRow,
    InboxRow,
    MailRow,
    MiniTeamRow,
    OutboxRow,
    PersonRow,
    TrajectRow,
)
from player.stage import Stage
from tests.stage import staged
from worker import connect

TABLES = (TrajectRow, EventRow, DutyRow, OutboxRow, MailRow, DocumentRow, MiniTeamRow, InboxRow, PersonRow)
WALL_CLOCK = {"recorded_at", "created_at", "sent_at", "tried_at", "settled_at"}
NOT_TOLD = {"attempts", "last_step"}
"""How often something was tried, and into how many steps the same news was divided."""

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
