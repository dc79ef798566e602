"""Statements of subsidy with their bytes, advances, and decisions about days that two begeleiders share."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _statements()
    _files()
    _advances()
    _choices()


def _references(table: str, column: str, target: str) -> sa.Column[str]:
    name = f"fk_{table}_{column}_{target.partition('.')[0]}"
    return sa.Column(column, sa.Text(), sa.ForeignKey(target, name=name), nullable=False)


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("organisatie", sa.Text(), nullable=False),
        sa.Column("jaar", sa.Integer(), nullable=False),
        sa.Column("kwartaal", sa.Integer(), nullable=True),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
        sa.UniqueConstraint("soort", "organisatie", "nummer", name="uq_statements_soort_organisatie_nummer"),
        sa.CheckConstraint("soort IN ('jaarstaat', 'kwartaaloverzicht')", name=op.f("ck_statements_soort")),
        sa.CheckConstraint(
            "(soort = 'kwartaaloverzicht') = (kwartaal IS NOT NULL)", name=op.f("ck_statements_kwartaal")
        ),
        sa.CheckConstraint("nummer >= 1", name=op.f("ck_statements_nummer")),
    )


def _files() -> None:
    op.create_table(
        "statement_files",
        _references("statement_files", "statement", "statements.id"),
        sa.Column("formaat", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("statement", "formaat", name="pk_statement_files"),
        sa.CheckConstraint("formaat IN ('pdf', 'xlsx', 'csv')", name=op.f("ck_statement_files_formaat")),
    )


def _advances() -> None:
    op.create_table(
        "advances",
        sa.Column("id", sa.Integer(), nullable=False),
        _references("advances", "houder", "organisations.code"),
        sa.Column("jaar", sa.Integer(), nullable=False),
        sa.Column("op", sa.Date(), nullable=False),
        sa.Column("cent", sa.Integer(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_advances"),
        sa.UniqueConstraint("houder", "jaar", "op", name="uq_advances_houder_jaar_op"),
        sa.CheckConstraint("cent >= 1", name=op.f("ck_advances_cent")),
    )


def _choices() -> None:
    op.create_table(
        "subsidy_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        _references("subsidy_choices", "reference", "dossiers.reference"),
        sa.Column("jaar", sa.Integer(), nullable=False),
        _references("subsidy_choices", "organisatie", "organisations.code"),
        sa.Column("op", sa.Date(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subsidy_choices"),
        sa.UniqueConstraint(
            "reference", "jaar", "op", "organisatie", name="uq_subsidy_choices_reference_jaar_op_organisatie"
        ),
    )
