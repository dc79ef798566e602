"""The GBO's: which municipalities each serves, and its kernpartners in the agreed order."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _gbos()
    _gbo_gemeenten()
    _gbo_partners()


def _gbos() -> None:
    op.create_table(
        "gbos",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "coordinator_org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_gbos_coordinator_org_organisations"),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("code", name="pk_gbos"),
    )


def _gbo_gemeenten() -> None:
    op.create_table(
        "gbo_gemeenten",
        sa.Column(
            "nis_code",
            sa.Text(),
            sa.ForeignKey("gemeenten.nis_code", name="fk_gbo_gemeenten_nis_code_gemeenten"),
            nullable=False,
        ),
        sa.Column(
            "gbo",
            sa.Text(),
            sa.ForeignKey("gbos.code", name="fk_gbo_gemeenten_gbo_gbos"),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('law', 'assumed')", name=op.f("ck_gbo_gemeenten_status")),
        sa.PrimaryKeyConstraint("nis_code", "valid_from", name="pk_gbo_gemeenten"),
    )
    op.create_index("ix_gbo_gemeenten_gbo", "gbo_gemeenten", ["gbo"])


def _gbo_partners() -> None:
    op.create_table(
        "gbo_partners",
        sa.Column(
            "gbo", sa.Text(), sa.ForeignKey("gbos.code", name="fk_gbo_partners_gbo_gbos"), nullable=False
        ),
        sa.Column(
            "org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_gbo_partners_org_organisations"),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("volgorde", sa.Integer(), nullable=False),
        sa.CheckConstraint("volgorde >= 1", name=op.f("ck_gbo_partners_volgorde")),
        sa.PrimaryKeyConstraint("gbo", "org", "valid_from", name="pk_gbo_partners"),
    )
