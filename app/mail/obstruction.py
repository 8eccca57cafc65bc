"""Why a letter to a participant does not go after all, looked up once more when it is due. Empty: it goes."""

from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.cadence import late_answer_deadline
from app.core.letter import PlannedLetter
from app.mail.matter import Matter

REMINDER_AFTER = timedelta(hours=3)
"""So long after the check at least: a server that was down must not ask twice in one minute."""


async def of_confirmation(session: AsyncSession, matter: Matter) -> str:
    act = matter.commitment
    if reason := _always(matter):
        return reason
    return "changed" if act and int(matter.plan.key.split(":")[2]) != act.sequence else ""


async def of_morning(session: AsyncSession, matter: Matter) -> str:
    act = matter.commitment
    if reason := _always(matter):
        return reason
    return "its moment was past" if act and matter.now >= act.starts_at else ""


async def of_check(session: AsyncSession, matter: Matter) -> str:
    if reason := _always(matter):
        return reason
    if matter.answer is not None:
        return "answered"
    act = matter.commitment
    return "its moment was past" if act and matter.now >= late_answer_deadline(act.day, matter.pattern) else ""


async def of_reminder(session: AsyncSession, matter: Matter) -> str:
    """The reminder comes only after a check that was sent, and not on its heels."""
    if reason := await of_check(session, matter):
        return reason
    statement = select(PlannedLetter).where(col(PlannedLetter.key) == f"m2:{matter.plan.commitment_id}")
    check = (await session.exec(statement)).first()
    if check is None or check.state != "sent" or check.settled_at is None:
        return "nothing was asked"
    return "the check was sent just now" if matter.now - check.settled_at < REMINDER_AFTER else ""


def _always(matter: Matter) -> str:
    person, act, address = matter.person, matter.commitment, matter.address
    if person is None or person.removed_at or person.merged_into:
        return "not a participant any more"
    if act is None or act.withdrawn:
        return "withdrawn"
    if address is None or address.stopped_at is not None or not address.wants_check:
        return "no mail wanted"
    return ""
