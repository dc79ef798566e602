"""Arbeidsmatige activiteiten: the evaluation that comes next, and permissions for the begeleider only."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)
ONE_OPEN = "uq_trajecten_one_open_of_a_kind"


def upgrade() -> None:
    op.add_column("trajecten", sa.Column("evaluatie_nummer", sa.Integer(), nullable=True))
    op.add_column("trajecten", sa.Column("evaluatie_vanaf", sa.Date(), nullable=True))
    op.create_index("ix_trajecten_is_open_evaluatie_vanaf", "trajecten", ["is_open", "evaluatie_vanaf"])
    op.drop_index(ONE_OPEN, "trajecten")
    op.create_index(
        ONE_OPEN,
        "trajecten",
        ["reference", "soort"],
        unique=True,
        sqlite_where=sa.text("is_open AND soort <> 'evaluatie'"),
        postgresql_where=sa.text("is_open AND soort <> 'evaluatie'"),
    )
    op.create_table(
        "toestemmingen",
        sa.Column(
            "workflow_id",
            sa.Text(),
            sa.ForeignKey("trajecten.workflow_id", name="fk_toestemmingen_workflow_id_trajecten"),
            nullable=False,
        ),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("contents", JSON, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workflow_id", "nummer", name="pk_toestemmingen"),
    )
    op.create_index("ix_toestemmingen_org", "toestemmingen", ["org"])
