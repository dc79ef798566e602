"""The record: teams, duties and the event log, to which rows are only ever added."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _mini_team()
    _duties()
    _events()
    _events_are_kept()


def _mini_team() -> None:
    op.create_table(
        "mini_team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "workflow_id",
            sa.Text(),
            sa.ForeignKey("trajecten.workflow_id", name="fk_mini_team_workflow_id_trajecten"),
            nullable=False,
        ),
        sa.Column("rol", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("sees", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mini_team"),
    )
    op.create_index("ix_mini_team_workflow_id", "mini_team", ["workflow_id"])


def _duties() -> None:
    op.create_table(
        "duties",
        sa.Column(
            "workflow_id",
            sa.Text(),
            sa.ForeignKey("trajecten.workflow_id", name="fk_duties_workflow_id_trajecten"),
            nullable=False,
        ),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("vraag", sa.Text(), nullable=False),
        sa.Column("rol", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("due_finding", JSON, nullable=False),
        sa.Column("overdue_since", sa.Date(), nullable=True),
        sa.Column("verwacht_op", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("command_id", sa.Text(), nullable=True),
        sa.Column("reden", sa.Text(), nullable=True),
        sa.Column("passed", JSON, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workflow_id", "key", name="pk_duties"),
    )
    op.create_index("ix_duties_org_status", "duties", ["org", "status"])
    op.create_index("ix_duties_status_due", "duties", ["status", "due"])
    op.create_index("ix_duties_worker_status", "duties", ["worker", "status"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column(
            "workflow_id",
            sa.Text(),
            sa.ForeignKey("trajecten.workflow_id", name="fk_events_workflow_id_trajecten"),
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("ingevoerd_op", sa.Date(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("opdracht", sa.Text(), nullable=True),
        sa.Column("door", JSON, nullable=True),
        sa.Column("namens", JSON, nullable=True),
        sa.Column("command_id", sa.Text(), nullable=True),
        sa.Column("findings", JSON, nullable=False),
        sa.Column("gegevens", JSON, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workflow_id", "seq", name="pk_events"),
    )


def _events_are_kept() -> None:
    """Both databases refuse to change or delete an event."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_no_{change.lower()} BEFORE {change} ON events "
                "BEGIN SELECT RAISE(ABORT, 'events: rows are only ever added'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION events_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events: rows are only ever added' USING ERRCODE = '23001'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE ON events "
        "FOR EACH ROW EXECUTE FUNCTION events_are_kept()"
    )
    op.execute(
        "CREATE TRIGGER events_not_emptied BEFORE TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_are_kept()"
    )
