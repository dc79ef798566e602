"""The contingents of AMA in the social economy, and who has, was promised or waits for one of their places."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
CLAIM = sa.text("status IN ('waiting', 'reserved')")
TAKEN = sa.text("status = 'occupied'")
HELD = sa.text("status IN ('reserved', 'occupied')")


def upgrade() -> None:
    _holders()
    _partners()
    _contingents()
    _places()
    _skips()


def _references(table: str, column: str, target: str) -> sa.Column[str]:
    name = f"fk_{table}_{column}_{target.partition('.')[0]}"
    return sa.Column(column, sa.Text(), sa.ForeignKey(target, name=name), nullable=False)


def _holders() -> None:
    op.create_table(
        "contingent_holders",
        _references("contingent_holders", "org", "organisations.code"),
        sa.PrimaryKeyConstraint("org", name="pk_contingent_holders"),
    )


def _partners() -> None:
    op.create_table(
        "contingent_partners",
        _references("contingent_partners", "holder", "contingent_holders.org"),
        _references("contingent_partners", "org", "organisations.code"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("holder", "org", "valid_from", name="pk_contingent_partners"),
    )


def _contingents() -> None:
    op.create_table(
        "contingents",
        _references("contingents", "holder", "contingent_holders.org"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("holder", "valid_from", name="pk_contingents"),
        sa.CheckConstraint("places >= 0", name=op.f("ck_contingents_places")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_contingents_order")),
        sa.CheckConstraint("status IN ('law', 'assumed')", name=op.f("ck_contingents_status")),
    )


def _places() -> None:
    op.create_table(
        "contingent_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workflow_id", sa.Text(), nullable=False),
        sa.Column("ronde", sa.Integer(), nullable=False),
        _references("contingent_places", "holder", "contingent_holders.org"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reserved_on", sa.Date(), nullable=True),
        sa.Column("occupied_from", sa.Date(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("finding", JSON, nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contingent_places"),
        sa.UniqueConstraint("workflow_id", "ronde", name="uq_contingent_places_workflow_id_ronde"),
        *_place_checks(),
    )
    op.create_index("ix_contingent_places_holder_status", "contingent_places", ["holder", "status"])
    for name, columns, where in (
        ("one_claim", ["workflow_id"], CLAIM),
        ("one_taken", ["workflow_id"], TAKEN),
        ("number", ["holder", "number"], HELD),
    ):
        op.create_index(
            f"uq_contingent_places_{name}",
            "contingent_places",
            columns,
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )


def _place_checks() -> list[sa.CheckConstraint]:
    checks = {
        "status": "status IN ('waiting', 'reserved', 'occupied', 'released')",
        "ronde": "ronde >= 1",
        "number": "number >= 1",
        "numbered": "(status IN ('reserved', 'occupied')) = (number IS NOT NULL)",
        "waiting": "status <> 'waiting' OR reserved_on IS NULL",
        "reserved": "status <> 'reserved' OR reserved_on IS NOT NULL",
        "occupied": "status <> 'occupied' OR (reserved_on IS NOT NULL AND occupied_from IS NOT NULL)",
        "released": "(status = 'released') = (released_on IS NOT NULL AND reason IS NOT NULL)",
    }
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_contingent_places_{name}")) for name, rule in checks.items()
    ]


def _skips() -> None:
    op.create_table(
        "contingent_skips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "place_id",
            sa.Integer(),
            sa.ForeignKey("contingent_places.id", name="fk_contingent_skips_place_id_contingent_places"),
            nullable=False,
        ),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("skipped_on", sa.Date(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("rol", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("passed_to", sa.Text(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contingent_skips"),
        sa.UniqueConstraint("place_id", "key", name="uq_contingent_skips_place_id_key"),
    )
