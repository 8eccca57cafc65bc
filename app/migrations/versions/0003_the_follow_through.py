"""The follow-through"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conditionsletter",
        sa.Column("workshop_id", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("approved_at", UTCDateTime(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_conditionsletter_workshop_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", name="pk_conditionsletter"),
    )
    op.create_table(
        "contact",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workshop_id", AutoString(), nullable=False),
        sa.Column("role", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("link_epoch", sa.Integer(), nullable=False),
        sa.Column("stopped_at", UTCDateTime(), nullable=True),
        sa.Column("delete_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_contact_workshop_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.UniqueConstraint("workshop_id", "role", "address", name="uq_contact_workshop_id_role_address"),
    )
    op.create_table(
        "latercheckin",
        sa.Column("participant_id", AutoString(), nullable=False),
        sa.Column("letter", AutoString(), nullable=False),
        sa.Column("workshop_id", AutoString(), nullable=False),
        sa.Column("worked", AutoString(), nullable=False),
        sa.Column("helped", AutoString(), nullable=False),
        sa.Column("condition_met", AutoString(), nullable=False),
        sa.Column("now", sa.Integer(), nullable=True),
        sa.Column("different", AutoString(), nullable=False),
        sa.Column("may_call", sa.Boolean(), nullable=True),
        sa.Column("first_answered_at", UTCDateTime(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_latercheckin_participant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_latercheckin_workshop_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", "letter", name="pk_latercheckin"),
    )
    with op.batch_alter_table("latercheckin", schema=None) as batch_op:
        batch_op.create_index("ix_latercheckin_workshop_id", ["workshop_id"], unique=False)

    op.create_table(
        "point",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workshop_id", AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("type", AutoString(), nullable=False),
        sa.Column("size", AutoString(), nullable=False),
        sa.Column("owner", AutoString(), nullable=False),
        sa.Column("by_date", AutoString(), nullable=False),
        sa.Column("condition_ids", sa.JSON(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=False),
        sa.Column("in_annex", sa.Boolean(), nullable=False),
        sa.Column("owner_contact_id", AutoString(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_contact_id"], ["contact.id"], name="fk_point_owner_contact_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_point_workshop_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_point"),
    )
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.create_index("ix_point_workshop_id", ["workshop_id"], unique=False)

    op.create_table(
        "pointanswer",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workshop_id", AutoString(), nullable=False),
        sa.Column("point_id", AutoString(), nullable=False),
        sa.Column("contact_id", AutoString(), nullable=True),
        sa.Column("answer", AutoString(), nullable=False),
        sa.Column("by_date", sa.Date(), nullable=True),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("on_behalf_of", AutoString(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("owner_contact_id", AutoString(), nullable=True),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_pointanswer_contact_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["owner_contact_id"], ["contact.id"], name="fk_pointanswer_owner_contact_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name="fk_pointanswer_point_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_pointanswer_workshop_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pointanswer"),
    )
    with op.batch_alter_table("pointanswer", schema=None) as batch_op:
        batch_op.create_index("ix_pointanswer_point_id", ["point_id"], unique=False)
        batch_op.create_index("ix_pointanswer_workshop_id", ["workshop_id"], unique=False)

    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entered_by_trainer", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_after", AutoString(), nullable=True))
        batch_op.add_column(sa.Column("seen_at", UTCDateTime(), nullable=True))
        batch_op.create_foreign_key(
            "fk_commitment_next_after", "commitment", ["next_after"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mails_kept_days", sa.Integer(), nullable=False, server_default="14"))
        batch_op.add_column(sa.Column("drafts_kept_days", sa.Integer(), nullable=False, server_default="7"))
        batch_op.add_column(sa.Column("addresses_kept_days", sa.Integer(), nullable=False, server_default="10"))
        batch_op.add_column(sa.Column("privacy_officer", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("privacy_page", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("accessibility_contact", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("accessibility_status", AutoString(), nullable=False, server_default=""))

    with op.batch_alter_table("outgoingmail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_id", AutoString(), nullable=True))
        batch_op.create_index("ix_outgoingmail_contact_id", ["contact_id"], unique=False)
        batch_op.create_foreign_key("fk_outgoingmail_contact_id", "contact", ["contact_id"], ["id"], ondelete="CASCADE")

    with op.batch_alter_table("plannedletter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_id", AutoString(), nullable=True))
        batch_op.create_index("ix_plannedletter_contact_id", ["contact_id"], unique=False)
        batch_op.create_foreign_key(
            "fk_plannedletter_contact_id", "contact", ["contact_id"], ["id"], ondelete="CASCADE"
        )

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("why", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("school_holidays", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_column("school_holidays")
        batch_op.drop_column("why")
        batch_op.drop_column("place")

    with op.batch_alter_table("plannedletter", schema=None) as batch_op:
        batch_op.drop_constraint("fk_plannedletter_contact_id", type_="foreignkey")
        batch_op.drop_index("ix_plannedletter_contact_id")
        batch_op.drop_column("contact_id")

    with op.batch_alter_table("outgoingmail", schema=None) as batch_op:
        batch_op.drop_constraint("fk_outgoingmail_contact_id", type_="foreignkey")
        batch_op.drop_index("ix_outgoingmail_contact_id")
        batch_op.drop_column("contact_id")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("accessibility_status")
        batch_op.drop_column("accessibility_contact")
        batch_op.drop_column("privacy_page")
        batch_op.drop_column("privacy_officer")
        batch_op.drop_column("addresses_kept_days")
        batch_op.drop_column("drafts_kept_days")
        batch_op.drop_column("mails_kept_days")

    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_constraint("fk_commitment_next_after", type_="foreignkey")
        batch_op.drop_column("seen_at")
        batch_op.drop_column("next_after")

    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.drop_column("entered_by_trainer")

    with op.batch_alter_table("pointanswer", schema=None) as batch_op:
        batch_op.drop_index("ix_pointanswer_workshop_id")
        batch_op.drop_index("ix_pointanswer_point_id")

    op.drop_table("pointanswer")
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.drop_index("ix_point_workshop_id")

    op.drop_table("point")
    with op.batch_alter_table("latercheckin", schema=None) as batch_op:
        batch_op.drop_index("ix_latercheckin_workshop_id")

    op.drop_table("latercheckin")
    op.drop_table("contact")
    op.drop_table("conditionsletter")
