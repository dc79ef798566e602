"""Keeps commands until their outcome is known: what was written here is never lost and never done twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from activities.database import Clock, Database
from activities.upserts import insert_missing
from models.tables import InboxRow

OPEN = "open"


class AlreadySettled(ValueError):
    """The row has an outcome, and an outcome is final."""


class Inbox:
    """The commands that people sent, each under the id its sender chose."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put(self, command_id: str, workflow_id: str, command: str, payload: dict[str, Any]) -> InboxRow:
        """The row of this command: a new one, or the one that is there already under its id."""
        row = {
            "id": command_id,
            "workflow_id": workflow_id,
            "command": command,
            "payload": payload,
            "created_at": self._clock(),
        }
        with self._database.begin() as session:
            insert_missing(session, InboxRow, [row])
            return session.get_one(InboxRow, command_id)

    def get(self, command_id: str) -> InboxRow | None:
        """The row of a command, or None."""
        with self._database.read() as session:
            return session.get(InboxRow, command_id)

    def open_rows(self, limit: int = 100) -> Sequence[InboxRow]:
        """The commands without outcome, in the order they came."""
        oldest = select(InboxRow).where(InboxRow.status == OPEN).order_by(InboxRow.created_at, InboxRow.id)
        with self._database.read() as session:
            return session.scalars(oldest.limit(limit)).all()

    def tried(self, command_id: str) -> None:
        """Note that the command was sent and its outcome is not known yet."""
        attempt = {"attempts": InboxRow.attempts + 1, "tried_at": self._clock()}
        self._change(command_id, attempt)

    def accepted(self, command_id: str, outcome: dict[str, Any]) -> InboxRow:
        """The command was done; raises AlreadySettled when it was refused before."""
        return self._settle(command_id, {"status": "accepted", "outcome": outcome})

    def refused(self, command_id: str, refusal: dict[str, Any]) -> InboxRow:
        """The command was refused (type, field, article, message); raises AlreadySettled when it was done."""
        return self._settle(command_id, {"status": "refused", "refusal": refusal})

    def _settle(self, command_id: str, values: dict[str, Any]) -> InboxRow:
        self._change(command_id, {**values, "settled_at": self._clock()})
        with self._database.read() as session:
            row = session.get_one(InboxRow, command_id)
        if row.status != values["status"]:
            raise AlreadySettled(f"command {command_id} was {row.status}")
        return row

    def _change(self, command_id: str, values: dict[str, Any]) -> None:
        """Change a row that is open; a settled one stays as it is."""
        still_open = update(InboxRow).where(InboxRow.id == command_id, InboxRow.status == OPEN)
        with self._database.begin() as session:
            session.execute(still_open.values(**values))
