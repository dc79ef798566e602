"""What a trajectory starts with besides its place and day, and the helper of a person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
HELPER = ("helper_name", "helper_phone", "helper_email", "helper_org")


def upgrade() -> None:
    op.add_column("trajecten", sa.Column("begint_met", JSON, nullable=True))
    for name in HELPER:
        op.add_column("persons", sa.Column(name, sa.Text(), nullable=True))
