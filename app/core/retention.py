"""What is kept no longer than it is needed: addresses, free texts, mails that were sent, drafts nobody opened."""

from datetime import datetime, timedelta

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.addressing import empty, forget_address
from app.core.deleting import delete_workshop
from app.core.forgetting import empty_texts
from app.core.letter import OutgoingMail
from app.core.organisation import Organisation
from app.core.participant import MailAddress, Participant
from app.core.workshop import WITHOUT_SCRIPT, Status, Workshop

MAILS_KEPT = timedelta(days=14)
DRAFTS_KEPT = timedelta(days=7)


async def run_due(session: AsyncSession, now: datetime) -> None:
    """Everything whose time is over at `now`; each by the clock of its workshop."""
    await _addresses(session, now)
    await _mails(session, now)
    await _texts(session, now)
    await _drafts(session, now)


async def _addresses(session: AsyncSession, now: datetime) -> None:
    statement = (
        select(MailAddress, Workshop)
        .join(Participant, col(Participant.id) == col(MailAddress.participant_id))
        .join(Workshop, col(Workshop.id) == col(Participant.workshop_id))
        .where(or_(col(MailAddress.delete_at) <= now, col(Workshop.clock_shift) > 0))
        .options(WITHOUT_SCRIPT)
    )
    for address, workshop in (await session.exec(statement)).all():
        if address.delete_at is not None and address.delete_at <= _at(workshop, now):
            await forget_address(session, address.participant_id, "the follow-up is over")


async def _mails(session: AsyncSession, now: datetime) -> None:
    statement = select(OutgoingMail).where(
        col(OutgoingMail.state) != "queued",
        col(OutgoingMail.created_at) <= now - MAILS_KEPT,
        col(OutgoingMail.text) != "",
    )
    for mail in (await session.exec(statement)).all():
        empty(mail)
        session.add(mail)


async def _texts(session: AsyncSession, now: datetime) -> None:
    statement = (
        select(Workshop, Organisation.retention_days)
        .join(Organisation, col(Organisation.id) == col(Workshop.organisation_id))
        .where(col(Workshop.emptied_at).is_(None), col(Workshop.status) != Status.DRAFT)
        .where(or_(col(Workshop.starts_at) <= now, col(Workshop.clock_shift) > 0))
        .options(WITHOUT_SCRIPT)
    )
    for workshop, days in (await session.exec(statement)).all():
        held = max(workshop.starts_at, workshop.opened_at or workshop.starts_at)
        if held + timedelta(days=days) <= _at(workshop, now):
            await empty_texts(session, workshop, now)


async def _drafts(session: AsyncSession, now: datetime) -> None:
    statement = select(Workshop.id).where(
        col(Workshop.status) == Status.DRAFT,
        col(Workshop.opened_at).is_(None),
        col(Workshop.starts_at) <= now - DRAFTS_KEPT,
    )
    for workshop_id in (await session.exec(statement)).all():
        await delete_workshop(session, workshop_id)


def _at(workshop: Workshop, now: datetime) -> datetime:
    return now + timedelta(seconds=workshop.clock_shift)
