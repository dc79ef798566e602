"""The outbox: which messages wait, which of them are no longer true, and what became of the others."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.orm import Session

from models.duties import LIVE
from models.mail import Bounce
from models.steps import RUNG_MESSAGE
from models.tables import DossierRow, DutyRow, MailRow, OutboxRow, TrajectRow

DIGEST = "digest"
LETTER = "brief"
TO_OWNER = ("aankondiging", "herinnering", "te_laat")
LATE = tuple(RUNG_MESSAGE.values())
CLOSED = {
    "answered": "de opdracht is beantwoord",
    "exited": "over de opdracht is beslist",
    "withdrawn": "de opdracht is ingetrokken",
}


@dataclass(frozen=True)
class Owed:
    """A live duty with the references its mail quotes."""

    duty: DutyRow
    reference: str
    own_reference: str | None

    @property
    def due(self) -> date | None:
        """Its date, or the later one that its owner promised."""
        duty = self.duty
        return max(duty.due, duty.verwacht_op) if duty.due and duty.verwacht_op else duty.due


def waiting(session: Session, day: date) -> Sequence[Row[str, str, str, str | None, str | None]]:
    """Key, kind, organisation, worker and dossier of every message that is due and in no mail yet."""
    columns = OutboxRow.key, OutboxRow.soort, OutboxRow.org, OutboxRow.worker, OutboxRow.reference
    return session.execute(select(*columns).where(*_is_due(day))).all()


def is_anything_due(session: Session, day: date) -> bool:
    """Whether a message waits, or a mail was drawn up that may not have left."""
    drawn_up = select(MailRow.id).where(MailRow.status == "drawn_up", MailRow.day <= day)
    queries = select(OutboxRow.key).where(*_is_due(day)), drawn_up
    return any(session.scalar(query.limit(1)) is not None for query in queries)


def ready(session: Session, keys: Collection[str]) -> Sequence[OutboxRow]:
    """Those of the messages that still wait, locked, in the order in which they were written."""
    query = select(OutboxRow).where(OutboxRow.key.in_(keys), OutboxRow.status == "ready")
    in_order = query.where(OutboxRow.mail_id.is_(None)).order_by(OutboxRow.as_of, OutboxRow.key)
    return session.scalars(in_order.with_for_update()).all()


def owed(session: Session, row: OutboxRow, day: date) -> Sequence[Owed]:
    """The duties a message is about: its own, or for a digest everything its owner owes on that day."""
    query = (
        select(DutyRow, DossierRow.reference, DossierRow.own_reference)
        .join(TrajectRow, TrajectRow.workflow_id == DutyRow.workflow_id)
        .join(DossierRow, DossierRow.reference == TrajectRow.reference)
    )
    if row.soort != DIGEST:
        query = query.where(DutyRow.workflow_id == row.workflow_id, DutyRow.key == row.opdracht)
    else:
        query = query.where(
            *is_live(day), DutyRow.org == row.org, DutyRow.worker.is_not_distinct_from(row.worker)
        )
    return [Owed(*found) for found in session.execute(query)]


def is_live(day: date) -> tuple[ColumnElement[bool], ...]:
    """The condition that a duty was open on a day and still is."""
    return DutyRow.status.in_([str(status) for status in LIVE]), DutyRow.opened_on <= day


def no_longer_true(row: OutboxRow, duty: DutyRow) -> str | None:
    """Why a message about a duty should not be sent any more; none when it should."""
    if duty.status in CLOSED:
        return CLOSED[duty.status]
    if row.soort in TO_OWNER and (row.org, row.worker) != (duty.org, duty.worker):
        return "de opdracht is van iemand anders"
    if row.soort == RUNG_MESSAGE["team"] and row.org != duty.org:
        return "de opdracht is van een andere organisatie"
    if row.soort == "aankondiging":
        return None
    if duty.due is None or (row.due and duty.due > row.due):
        return "de opdracht heeft een latere datum"
    if row.soort in LATE and duty.verwacht_op and duty.verwacht_op >= row.as_of:
        return "er wordt aan gewerkt"
    return None


def cancel(row: OutboxRow, reason: str) -> None:
    """Takes a message out of the outbox, and notes why."""
    row.status, row.cancelled_by = "cancelled", f"post: {reason}"


def settle(session: Session, mail_id: str, status: str, now: datetime) -> None:
    """Notes on a mail and its messages that they were sent, or refused for good."""
    sent_at = now if status == "sent" else None
    mail = update(MailRow).where(MailRow.id == mail_id)
    session.execute(mail.values(status=status, sent_at=sent_at))
    rows = update(OutboxRow).where(OutboxRow.mail_id == mail_id, OutboxRow.status == "ready")
    session.execute(rows.values(status=status, sent_at=sent_at))


def release(session: Session, mail: MailRow) -> None:
    """Undoes a mail that certainly did not leave: its messages wait again."""
    session.execute(update(OutboxRow).where(OutboxRow.mail_id == mail.id).values(mail_id=None))
    session.delete(session.get_one(MailRow, mail.id))


def bounces(session: Session, day: date) -> tuple[Bounce, ...]:
    """The messages of a day that were refused for good, each with a trajectory that should hear of it."""
    refused = select(OutboxRow).join(MailRow).where(MailRow.day == day, OutboxRow.status == "bounced")
    return tuple(_bounces(session, session.scalars(refused.order_by(OutboxRow.key)).all(), day))


def _bounces(session: Session, rows: Sequence[OutboxRow], day: date) -> Iterator[Bounce]:
    """A digest has no trajectory of its own: the one of its most urgent duty hears of it."""
    for row in rows:
        workflow_id = row.workflow_id or _most_urgent(owed(session, row, day))
        if workflow_id is not None:
            yield Bounce(workflow_id=workflow_id, key=row.key)


def _most_urgent(duties: Sequence[Owed]) -> str | None:
    in_order = sorted(duties, key=lambda each: (each.due or date.max, each.duty.workflow_id))
    return in_order[0].duty.workflow_id if in_order else None


def _is_due(day: date) -> tuple[ColumnElement[bool], ...]:
    return OutboxRow.status == "ready", OutboxRow.as_of <= day, OutboxRow.mail_id.is_(None)
