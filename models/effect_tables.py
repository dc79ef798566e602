"""What came in and what went out, as tables: commands, messages, mails and documents, each by itself."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema import Base


class InboxRow(Base):
    """A command on its way to a trajectory, and what became of it; its id is the command's."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(None, "status", "created_at"),
        CheckConstraint("status IN ('open', 'accepted', 'refused')", name="status"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    workflow_id: Mapped[str] = mapped_column(index=True)
    command: Mapped[str]
    payload: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(default="open")
    outcome: Mapped[dict[str, Any] | None]
    refusal: Mapped[dict[str, Any] | None]
    """Type, field, article and message; never the value that was refused."""
    created_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None]


class MailRow(Base):
    """One mail, at most one a recipient a day; its id is the Message-ID.

    `recipient` is a worker reference, `team:<organisation>` or `persoon:<dossier>`.
    """

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("recipient", "day"),
        CheckConstraint("status IN ('drawn_up', 'sent', 'bounced')", name="status"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    day: Mapped[date]
    subject: Mapped[str]
    body: Mapped[str]
    kinds: Mapped[list[Any]]
    status: Mapped[str] = mapped_column(default="drawn_up", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    recorded_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class OutboxRow(Base):
    """One message that somebody must get once; `digest` rows belong to a person, others to a trajectory."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "status", "as_of"),
        CheckConstraint("status IN ('ready', 'sent', 'cancelled', 'bounced')", name="status"),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    workflow_id: Mapped[str | None] = mapped_column(index=True)
    reference: Mapped[str | None] = mapped_column(index=True)
    soort: Mapped[str]
    opdracht: Mapped[str | None]
    vraag: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    rol: Mapped[str]
    org: Mapped[str]
    worker: Mapped[str | None]
    document_key: Mapped[str | None]
    as_of: Mapped[date]
    status: Mapped[str] = mapped_column(default="ready")
    cancelled_by: Mapped[str | None]
    """The command that held letters back; only rows cancelled by one come back."""
    mail_id: Mapped[str | None] = mapped_column(ForeignKey("mails.id"), index=True)
    recorded_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class DocumentRow(Base):
    """A rendered document with the facts it was drawn up from; a reprint returns these bytes."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("workflow_id", "key"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    workflow_id: Mapped[str]
    key: Mapped[str]
    reference: Mapped[str] = mapped_column(index=True)
    soort: Mapped[str]
    template: Mapped[str]
    template_version: Mapped[str]
    as_of: Mapped[date]
    facts: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    """Of the PDF."""
    pages: Mapped[int]
    media_type: Mapped[str] = mapped_column(default="application/pdf")
    pdf: Mapped[bytes]
    html: Mapped[str]
    recorded_at: Mapped[datetime]
