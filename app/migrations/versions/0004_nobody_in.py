"""Nobody in: second factor, passwords, the log of an organisation, and the door of a room."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LONG_AGO = "2026-01-01 00:00:00"


def upgrade() -> None:
    with op.batch_alter_table("trainer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_hash", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("totp_secret", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("totp_step", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("single_sign_on", AutoString(), nullable=True))
        batch_op.create_unique_constraint("uq_trainer_single_sign_on", ["single_sign_on"])
    with op.batch_alter_table("trainersession", schema=None) as batch_op:
        batch_op.add_column(sa.Column("browser", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("waits_for", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("seen_at", UTCDateTime(), nullable=False, server_default=LONG_AGO))
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("requires_second_factor", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("door", AutoString(), nullable=False, server_default="open"))
    op.create_table(
        "recoverycode",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("trainer_id", AutoString(), nullable=False),
        sa.Column("code_hash", AutoString(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["trainer_id"], ["trainer.id"], name="fk_recoverycode_trainer_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_recoverycode"),
    )
    op.create_index("ix_recoverycode_trainer_id", "recoverycode", ["trainer_id"])
    op.create_table(
        "auditentry",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("organisation_id", AutoString(), nullable=False),
        sa.Column("trainer_id", AutoString(), nullable=True),
        sa.Column("act", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_auditentry_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["trainer_id"], ["trainer.id"], name="fk_auditentry_trainer_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_auditentry"),
    )
    for name in ("organisation_id", "trainer_id", "at"):
        op.create_index(f"ix_auditentry_{name}", "auditentry", [name])
    op.create_table(
        "newcomer",
        sa.Column("browser_hash", AutoString(), nullable=False),
        sa.Column("workshop_id", AutoString(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_newcomer_workshop_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("browser_hash", "workshop_id", name="pk_newcomer"),
    )


def downgrade() -> None:
    op.drop_table("newcomer")
    op.drop_table("auditentry")
    op.drop_table("recoverycode")
    for table, columns in (
        ("workshop", ("door",)),
        ("organisation", ("requires_second_factor",)),
        ("trainersession", ("browser", "waits_for", "seen_at")),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_column(column)
    with op.batch_alter_table("trainer", schema=None) as batch_op:
        batch_op.drop_constraint("uq_trainer_single_sign_on", type_="unique")
        for column in ("password_hash", "totp_secret", "totp_step", "single_sign_on"):
            batch_op.drop_column(column)
