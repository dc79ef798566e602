"""What the record knows of a trajectory, and of everybody's mail."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select

from activities.database import Database
from models.tables import DutyRow, EventRow, MailRow, OutboxRow, PlaceRow, ToestemmingRow, TrajectRow


@dataclass(frozen=True)
class Record:
    """The rows of one trajectory."""

    traject: TrajectRow
    duties: dict[str, DutyRow]
    numbers: list[int]
    outbox: list[OutboxRow]
    permissions: dict[int, dict[str, Any]] = field(default_factory=dict)
    """What each agency permitted, by its number."""


@dataclass(frozen=True)
class Delivery:
    """A mail or letter that left: who got it, and on which day of the story."""

    id: str
    recipient: str
    day: date


def read_record(database: Database, workflow_id: str) -> Record:
    """What the record knows of one trajectory."""
    with database.read() as session:
        duties = session.scalars(select(DutyRow).where(DutyRow.workflow_id == workflow_id))
        numbers = select(EventRow.seq).where(EventRow.workflow_id == workflow_id).order_by(EventRow.seq)
        outbox = session.scalars(select(OutboxRow).where(OutboxRow.workflow_id == workflow_id))
        permitted = session.scalars(select(ToestemmingRow).where(ToestemmingRow.workflow_id == workflow_id))
        return Record(
            traject=session.get_one(TrajectRow, workflow_id),
            duties={row.key: row for row in duties},
            numbers=list(session.scalars(numbers)),
            outbox=list(outbox),
            permissions={row.nummer: row.contents for row in permitted},
        )


def place_of(database: Database, workflow_id: str) -> str | None:
    """What became of the newest place that a trajectory asked in a contingent; none when it asked none."""
    with database.read() as session:
        asked = select(PlaceRow.status).where(PlaceRow.workflow_id == workflow_id)
        return session.scalars(asked.order_by(PlaceRow.ronde.desc())).first()


def deliveries(database: Database) -> list[Delivery]:
    """Every mail and letter that left."""
    with database.read() as session:
        rows = session.scalars(select(MailRow).where(MailRow.status == "sent"))
        return [Delivery(row.id, row.recipient, row.day) for row in rows]


def addressed(mails: Sequence[EmailMessage], sent: Sequence[Delivery]) -> list[Delivery]:
    """The mails that a mail server took, by the address they went to and the day their Message-ID stands for."""
    days = {each.id: each.day for each in sent}
    ids = [str(mail["Message-ID"]).strip("<>") for mail in mails]
    return [
        Delivery(each, str(mail["To"]), days.get(each, date.min))
        for mail, each in zip(mails, ids, strict=True)
    ]
