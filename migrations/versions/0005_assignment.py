"""Assignment: the main need that a request names, and the VDAB service of each werkingsgebied."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trajecten", sa.Column("hoofdnood", sa.Text(), nullable=True))
    _vdab_services()


def _vdab_services() -> None:
    op.create_table(
        "vdab_services",
        sa.Column(
            "werkingsgebied",
            sa.Text(),
            sa.ForeignKey("werkingsgebieden.code", name="fk_vdab_services_werkingsgebied_werkingsgebieden"),
            nullable=False,
        ),
        sa.Column(
            "org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_vdab_services_org_organisations"),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("werkingsgebied", "org", "valid_from", name="pk_vdab_services"),
    )
