"""Effects: what came in and what went out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _inbox()
    _mails()
    _outbox()
    _documents()


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workflow_id", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("outcome", JSON, nullable=True),
        sa.Column("refusal", JSON, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.CheckConstraint("status IN ('open', 'accepted', 'refused')", name=op.f("ck_inbox_status")),
    )
    op.create_index("ix_inbox_status_created_at", "inbox", ["status", "created_at"])
    op.create_index("ix_inbox_workflow_id", "inbox", ["workflow_id"])


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
        sa.CheckConstraint("status IN ('drawn_up', 'sent', 'bounced')", name=op.f("ck_mails_status")),
        sa.UniqueConstraint("recipient", "day", name="uq_mails_recipient_day"),
    )
    op.create_index("ix_mails_status", "mails", ["status"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("workflow_id", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("opdracht", sa.Text(), nullable=True),
        sa.Column("vraag", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("rol", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("document_key", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("cancelled_by", sa.Text(), nullable=True),
        sa.Column(
            "mail_id", sa.Text(), sa.ForeignKey("mails.id", name="fk_outbox_mail_id_mails"), nullable=True
        ),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_outbox"),
        sa.CheckConstraint(
            "status IN ('ready', 'sent', 'cancelled', 'bounced')", name=op.f("ck_outbox_status")
        ),
    )
    op.create_index("ix_outbox_mail_id", "outbox", ["mail_id"])
    op.create_index("ix_outbox_reference", "outbox", ["reference"])
    op.create_index("ix_outbox_status_as_of", "outbox", ["status", "as_of"])
    op.create_index("ix_outbox_workflow_id", "outbox", ["workflow_id"])


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workflow_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("workflow_id", "key", name="uq_documents_workflow_id_key"),
    )
    op.create_index("ix_documents_reference", "documents", ["reference"])
