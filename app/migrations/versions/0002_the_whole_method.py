"""The whole method"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ownscript",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("trainer_id", AutoString(), nullable=False),
        sa.Column("based_on", AutoString(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["trainer_id"], ["trainer.id"], name="fk_ownscript_trainer_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_ownscript"),
    )
    with op.batch_alter_table("ownscript", schema=None) as batch_op:
        batch_op.create_index("ix_ownscript_trainer_id", ["trainer_id"], unique=False)

    op.create_table(
        "deed",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workshop_id", AutoString(), nullable=False),
        sa.Column("trainer_id", AutoString(), nullable=False),
        sa.Column("verb", AutoString(), nullable=False),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_deed_workshop_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_deed"),
    )
    with op.batch_alter_table("deed", schema=None) as batch_op:
        batch_op.create_index("ix_deed_workshop_rev", ["workshop_id", "rev"], unique=False)

    op.create_table(
        "pairedscreen",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("secret_hash", AutoString(), nullable=False),
        sa.Column("workshop_id", AutoString(), nullable=True),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_pairedscreen_workshop_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pairedscreen"),
        sa.UniqueConstraint("code", name="uq_pairedscreen_code"),
        sa.UniqueConstraint("secret_hash", name="uq_pairedscreen_secret_hash"),
    )
    with op.batch_alter_table("pairedscreen", schema=None) as batch_op:
        batch_op.create_index("ix_pairedscreen_workshop_id", ["workshop_id"], unique=False)

    op.create_table(
        "buddy",
        sa.Column("participant_id", AutoString(), nullable=False),
        sa.Column("workshop_id", AutoString(), nullable=False),
        sa.Column("buddy_id", AutoString(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["buddy_id"], ["participant.id"], name="fk_buddy_buddy_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_buddy_participant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_buddy_workshop_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id", name="pk_buddy"),
    )
    with op.batch_alter_table("buddy", schema=None) as batch_op:
        batch_op.create_index("ix_buddy_buddy_id", ["buddy_id"], unique=False)
        batch_op.create_index("ix_buddy_workshop_id", ["workshop_id"], unique=False)

    with op.batch_alter_table("curation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("into", AutoString(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key("fk_curation_into", "contribution", ["into"], ["id"], ondelete="CASCADE")

    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.add_column(sa.Column("size", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("source", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("stops", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("needed", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("available", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("settled", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("opgave", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("table_number", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("group_number", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("has_pen", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("on_paper", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("online", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("obstacle", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("obstacle_text", AutoString(), nullable=False, server_default=""))

    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contribution_id", AutoString(), nullable=True))
        batch_op.add_column(sa.Column("stands", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("estimated", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_unique_constraint("uq_party_contribution_id", ["contribution_id"])
        batch_op.create_foreign_key(
            "fk_party_contribution_id", "contribution", ["contribution_id"], ["id"], ondelete="CASCADE"
        )

    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.add_column(sa.Column("frozen_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("look_up", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("page", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("spotlight", AutoString(), nullable=True))
        batch_op.create_foreign_key("fk_stage_spotlight", "contribution", ["spotlight"], ["id"], ondelete="SET NULL")

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tables", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("series", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("follows_id", AutoString(), nullable=True))
        batch_op.add_column(sa.Column("before", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_foreign_key("fk_workshop_follows_id", "workshop", ["follows_id"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_constraint("fk_workshop_follows_id", type_="foreignkey")
        batch_op.drop_column("before")
        batch_op.drop_column("follows_id")
        batch_op.drop_column("series")
        batch_op.drop_column("tables")

    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.drop_constraint("fk_stage_spotlight", type_="foreignkey")
        batch_op.drop_column("spotlight")
        batch_op.drop_column("page")
        batch_op.drop_column("look_up")
        batch_op.drop_column("frozen_at")

    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_constraint("fk_party_contribution_id", type_="foreignkey")
        batch_op.drop_constraint("uq_party_contribution_id", type_="unique")
        batch_op.drop_column("withdrawn")
        batch_op.drop_column("estimated")
        batch_op.drop_column("stands")
        batch_op.drop_column("contribution_id")

    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_column("obstacle_text")
        batch_op.drop_column("obstacle")
        batch_op.drop_column("on_paper")
        batch_op.drop_column("online")
        batch_op.drop_column("has_pen")
        batch_op.drop_column("group_number")
        batch_op.drop_column("table_number")

    with op.batch_alter_table("opgave", schema=None) as batch_op:
        batch_op.drop_column("withdrawn")

    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_column("settled")
        batch_op.drop_column("available")
        batch_op.drop_column("needed")
        batch_op.drop_column("stops")
        batch_op.drop_column("source")
        batch_op.drop_column("size")

    with op.batch_alter_table("curation", schema=None) as batch_op:
        batch_op.drop_constraint("fk_curation_into", type_="foreignkey")
        batch_op.drop_column("withdrawn")
        batch_op.drop_column("into")

    with op.batch_alter_table("buddy", schema=None) as batch_op:
        batch_op.drop_index("ix_buddy_workshop_id")
        batch_op.drop_index("ix_buddy_buddy_id")

    op.drop_table("buddy")
    with op.batch_alter_table("pairedscreen", schema=None) as batch_op:
        batch_op.drop_index("ix_pairedscreen_workshop_id")

    op.drop_table("pairedscreen")
    with op.batch_alter_table("deed", schema=None) as batch_op:
        batch_op.drop_index("ix_deed_workshop_rev")

    op.drop_table("deed")
    with op.batch_alter_table("ownscript", schema=None) as batch_op:
        batch_op.drop_index("ix_ownscript_trainer_id")

    op.drop_table("ownscript")
