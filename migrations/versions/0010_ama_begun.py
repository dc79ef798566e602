"""Arbeidsmatige activiteiten: since when they really run, so that the two kinds never run at once."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trajecten", sa.Column("begonnen_op", sa.Date(), nullable=True))
