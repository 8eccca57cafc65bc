"""What is new of a thousand people is found by revision, without a look at each of them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REPLACED = ("participant", "condition", "checkin", "buddy")


def upgrade() -> None:
    for table in (*REPLACED, "need"):
        op.create_index(f"ix_{table}_workshop_rev", table, ["workshop_id", "rev"])
    for table in REPLACED:
        op.drop_index(f"ix_{table}_workshop_id", table)


def downgrade() -> None:
    for table in REPLACED:
        op.create_index(f"ix_{table}_workshop_id", table, ["workshop_id"])
    for table in (*REPLACED, "need"):
        op.drop_index(f"ix_{table}_workshop_rev", table)
