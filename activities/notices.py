"""Messages that no trajectory sends: a sweep writes each once, and the post office sends it with the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.upserts import Values, insert_missing
from models.actors import Actor
from models.tables import OutboxRow

KIND = "kennisgeving"


@dataclass(frozen=True)
class Notice:
    """Something that somebody should know, under a key that makes it one message."""

    key: str
    to: Actor
    text: str
    as_of: date
    reference: str | None = None
    """The dossier it is about, if there is one."""
    due: date | None = None


def notify(session: Session, notices: Sequence[Notice], recorded_at: datetime) -> int:
    """Puts in the outbox what is not there yet, and tells how many were new."""
    keys = [notice.key for notice in notices]
    known = set(session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(keys))))
    new = [_row(notice, recorded_at) for notice in notices if notice.key not in known]
    insert_missing(session, OutboxRow, new)
    return len(new)


def _row(notice: Notice, recorded_at: datetime) -> Values:
    return {
        "key": notice.key,
        "reference": notice.reference,
        "soort": KIND,
        "vraag": notice.text,
        "due": notice.due,
        "rol": notice.to.rol.value,
        "org": notice.to.organisatie,
        "worker": notice.to.medewerker,
        "as_of": notice.as_of,
        "status": "ready",
        "recorded_at": recorded_at,
    }
