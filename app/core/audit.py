"""Who did what that matters for security: by ids only, for the admins of an organisation, for a year."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.organisation import Organisation
from app.core.trainer import Trainer

KEPT = timedelta(days=365)
MOST_SHOWN = 200


class Act(StrEnum):
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD = "password"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    RECOVERY_CODE = "recovery_code"
    INVITED = "invited"
    ROLE = "role"
    RULE = "rule"
    TERMS = "terms"
    EXPORT = "export"
    DELETION = "deletion"
    LETTER_SENT = "letter_sent"
    ANSWER_FOR = "answer_for"
    OWN_EXPORT = "own_export"
    OWN_DELETION = "own_deletion"
    MOVED_OUT = "moved_out"
    BACKUP = "backup"
    RESTORED = "restored"


class AuditEntry(SQLModel, table=True):
    """`subject`: the id of a workshop, trainer or organisation, or nothing. No texts, no addresses, no participants."""

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    organisation_id: str = Field(foreign_key="organisation.id", index=True, ondelete="CASCADE")
    trainer_id: str | None = Field(default=None, foreign_key="trainer.id", index=True, ondelete="SET NULL")
    act: str
    subject: str = ""
    at: datetime = Field(default_factory=clock.now, index=True)


async def note(session: AsyncSession, trainer: Trainer, act: Act, subject: str = "") -> None:
    """For the log of the trainer's organisation: where it can be, in the transaction of the act itself."""
    if trainer.organisation_id:
        session.add(
            AuditEntry(organisation_id=trainer.organisation_id, trainer_id=trainer.id, act=act, subject=subject)
        )


async def note_for(
    session: AsyncSession, organisation_id: str, act: Act, subject: str = "", by: Trainer | None = None
) -> None:
    """The same for the log of this organisation, and where no trainer did it: a participant, who is not told apart, or
    who runs the server."""
    session.add(AuditEntry(organisation_id=organisation_id, trainer_id=by.id if by else None, act=act, subject=subject))


async def note_for_all(session: AsyncSession, act: Act) -> None:
    """What was done with the data of every organisation."""
    for organisation_id in (await session.exec(select(Organisation.id))).all():
        await note_for(session, organisation_id, act)


async def entries(
    session: AsyncSession, organisation_id: str, before: datetime | None = None
) -> Sequence[tuple[AuditEntry, Trainer | None]]:
    """The newest first, at most MOST_SHOWN, with who did it."""
    statement = (
        select(AuditEntry, Trainer)
        .join(Trainer, col(Trainer.id) == col(AuditEntry.trainer_id), isouter=True)
        .where(col(AuditEntry.organisation_id) == organisation_id)
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id))
        .limit(MOST_SHOWN)
    )
    if before is not None:
        statement = statement.where(col(AuditEntry.at) < before)
    return (await session.exec(statement)).all()


async def forget_old(session: AsyncSession, now: datetime) -> None:
    await session.exec(delete(AuditEntry).where(col(AuditEntry.at) <= now - KEPT))
