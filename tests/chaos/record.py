"""The record of one play as plain values, so that two plays of a story can be compared row by row."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.database import Database
from activities.mail_desk import message_id
from models.schema import Base
from models.tables import (
    DocumentRow,
    DossierRow,
    DutyRow,
    EventRow,
    InboxRow,
    MailRow,
    MiniTeamRow,
    OutboxRow,
    TrajectRow,
)
from settings import Settings

Row = dict[str, Any]
Rows = dict[str, list[Row]]

TABLES: dict[type[Base], tuple[str, ...]] = {
    DossierRow: ("reference",),
    TrajectRow: ("workflow_id",),
    MiniTeamRow: ("rol", "valid_from"),
    DutyRow: ("key",),
    EventRow: ("seq",),
    OutboxRow: ("key",),
    MailRow: ("day", "recipient"),
    DocumentRow: ("key",),
    InboxRow: ("id",),
}
"""Everything a play leaves behind, with what puts it in order."""
MADE = "document-gemaakt"
OF_GBO = re.compile(r"OT-\d{4}-\d{6}")
BY_CHANCE = frozenset(
    {
        "recorded_at",
        "sent_at",
        "created_at",
        "tried_at",
        "settled_at",
        "attempts",
        "digest",
        "sha256",
        "pdf",
        "person_id",
        "last_step",
    }
)
"""What two plays cannot have in common: the wall clock, and what is computed from the reference."""


def record_of(database: Database, reference: str) -> Rows:
    """Every row of the record, with the reference of the dossier written as REF."""
    with database.read() as session:
        mails = {mail.id: f"{mail.recipient} {mail.day}" for mail in session.scalars(select(MailRow))}
        rows = {
            table.__tablename__: [
                _plain(row, reference, mails) for row in sorted(_rows(session, table), key=_by(columns))
            ]
            for table, columns in TABLES.items()
        }
        return rows | {EventRow.__tablename__: _in_one_order(rows[EventRow.__tablename__])}


def _in_one_order(events: list[Row]) -> list[Row]:
    """Documents are made side by side and told in any order: here they come after the rest of their day, by key."""

    def place(event: Row) -> tuple[Any, ...]:
        made = event["soort"] == MADE
        return (event["ingevoerd_op"], made, event["tekst"] if made else "", event["seq"])

    return [{**event, "seq": n} for n, event in enumerate(sorted(events, key=place), start=1)]


def _rows(session: Session, table: type[Base]) -> Iterable[Base]:
    return session.scalars(select(table)).all()


def _by(columns: tuple[str, ...]) -> Any:
    return lambda row: tuple(getattr(row, column) for column in columns)


def _plain(row: Base, reference: str, mails: dict[str, str]) -> Row:
    columns = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    shown = {name: value for name, value in columns.items() if name not in BY_CHANCE}
    if isinstance(row, MailRow | DocumentRow | MiniTeamRow):
        del shown["id"]
    if shown.get("mail_id"):
        shown["mail_id"] = mails[shown["mail_id"]]
    return {name: _unnamed(value, reference) for name, value in shown.items()}


def _unnamed(value: Any, reference: str) -> Any:
    match value:
        case str():
            return OF_GBO.sub("OT-REF", value.replace(reference, "REF"))
        case dict():
            return {_unnamed(key, reference): _unnamed(each, reference) for key, each in value.items()}
        case list():
            return [_unnamed(each, reference) for each in value]
        case _:
            return value


def assert_same(played: Rows, undisturbed: Rows, *, but: tuple[str, ...] = ()) -> None:
    """Both plays left the same rows; the first difference is named by table, row and column."""
    for table in undisturbed:
        if table in but:
            continue
        ours, theirs = played[table], undisturbed[table]
        for row, other in zip(ours, theirs, strict=False):
            different = {name: (value, other[name]) for name, value in row.items() if value != other[name]}
            assert not different, f"{table} {_name(row)}: {different} (this play, undisturbed)"
        more = [_name(row) for row in ours[len(theirs) :]]
        less = [_name(row) for row in theirs[len(ours) :]]
        assert (more, less) == ([], []), f"{table}: too many {more}, missing {less}"


def _name(row: Row) -> str:
    return str(row.get("key") or row.get("seq") or row.get("recipient") or next(iter(row.values())))


def assert_exactly_once(database: Database, settings: Settings, received: Iterable[str]) -> None:
    """Events have no gaps, nothing waits, every sent mail has its own Message-ID and reached the server."""
    with database.read() as session:
        of_traject: dict[str, list[int]] = {}
        for workflow_id, seq in session.execute(select(EventRow.workflow_id, EventRow.seq)):
            of_traject.setdefault(workflow_id, []).append(seq)
        for numbers in map(sorted, of_traject.values()):
            assert numbers == list(range(1, len(numbers) + 1)), f"events are not gapless: {numbers}"
        assert not session.scalars(select(InboxRow.id).where(InboxRow.status == "open")).all()
        told = Counter(
            id for id in session.scalars(select(EventRow.command_id).where(EventRow.door.is_not(None)))
        )
        assert max(told.values(), default=1) == 1, f"commands told twice: {told}"
        assert not session.scalars(select(MailRow.id).where(MailRow.status == "drawn_up")).all()
        ids = {mail.id: mail for mail in session.scalars(select(MailRow))}
        assert all(id == message_id(m.recipient, m.day, settings.mail_from) for id, m in ids.items())
        at_server = Counter(each.strip("<>") for each in received)
        by_mail = {id for id, mail in ids.items() if not mail.recipient.startswith("persoon:")}
        assert set(at_server) == by_mail, "what the mail server took is not what the record says was sent"
