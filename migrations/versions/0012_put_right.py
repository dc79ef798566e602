"""An advance can be taken back by an entry against it, and a decision about shared days taken again the same day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("advances") as advances:
        advances.drop_constraint(op.f("ck_advances_cent"), type_="check")
        advances.create_check_constraint(op.f("ck_advances_cent"), sa.text("cent <> 0"))
        advances.drop_constraint("uq_advances_houder_jaar_op", type_="unique")
        advances.create_unique_constraint("uq_advances_houder_jaar_op_cent", ["houder", "jaar", "op", "cent"])
    with op.batch_alter_table("subsidy_choices") as choices:
        choices.drop_constraint("uq_subsidy_choices_reference_jaar_op_organisatie", type_="unique")
