"""What is kept no longer than it is needed: addresses, free texts, mails that were sent, drafts nobody opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.addressing import forget_address
from app.core.admitting import forget_waiting
from app.core.audit import forget_old
from app.core.conditions_letter import Contact
from app.core.contacts import forget_contact
from app.core.deleting import delete_workshop
from app.core.forgetting import empty_texts
from app.core.letter import OutgoingMail, empty
from app.core.organisation import Organisation
from app.core.participant import MailAddress, Participant
from app.core.sessions import forget_old_sessions
from app.core.workshop import WITHOUT_SCRIPT, Status, Workshop

OVER = "the follow-up is over"
ABOUT_NO_WORKSHOP = timedelta(days=14)
"""How long a mail to a trainer is kept: a sign-in link, a test mail."""


@dataclass(frozen=True, slots=True)
class Going:
    """What of one workshop goes when, by its own clock. None: there is nothing of it, or it is gone.

    `addresses`: when the first and the last mail address go; `texts_gone`: words were taken out already."""

    addresses: tuple[datetime, datetime] | None
    address_count: int
    texts: datetime | None
    texts_gone: datetime | None
    last_mail: datetime | None
    draft: datetime | None


async def what_goes_when(session: AsyncSession, workshop: Workshop) -> Going:
    """As the organisation's periods are now."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    own = select(Participant.id).where(col(Participant.workshop_id) == workshop.id)
    here = col(MailAddress.participant_id).in_(own)
    when = select(func.min(MailAddress.delete_at), func.max(MailAddress.delete_at), func.count()).where(here)
    first, last, count = (await session.exec(when)).one()
    mails = select(func.max(OutgoingMail.created_at)).where(
        col(OutgoingMail.workshop_id) == workshop.id, col(OutgoingMail.text) != ""
    )
    mailed = cast(datetime | None, (await session.exec(mails)).one())
    never_held = workshop.status == Status.DRAFT and workshop.opened_at is None
    return Going(
        addresses=(first, last) if first is not None and last is not None else None,
        address_count=count,
        texts=None if workshop.emptied_at or never_held else _held(workshop) + _days(organisation.retention_days),
        texts_gone=workshop.emptied_at,
        last_mail=None if mailed is None else mailed + _days(organisation.mails_kept_days),
        draft=workshop.starts_at + _days(organisation.drafts_kept_days) if never_held else None,
    )


async def run_due(session: AsyncSession, now: datetime) -> None:
    """Everything whose time is over at `now`; each by the clock of its workshop."""
    await _addresses(session, now)
    await _contacts(session, now)
    await _mails(session, now)
    await _texts(session, now)
    await _drafts(session, now)
    await forget_old(session, now)
    await forget_old_sessions(session, now)
    await forget_waiting(session, now)


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
            await forget_address(session, address.participant_id, OVER)


async def _contacts(session: AsyncSession, now: datetime) -> None:
    statement = (
        select(Contact, Workshop)
        .join(Workshop, col(Workshop.id) == col(Contact.workshop_id))
        .where(or_(col(Contact.delete_at) <= now, col(Workshop.clock_shift) > 0))
        .options(WITHOUT_SCRIPT)
    )
    for contact, workshop in (await session.exec(statement)).all():
        if contact.delete_at is not None and contact.delete_at <= _at(workshop, now):
            await forget_contact(session, contact.id, OVER)


async def _mails(session: AsyncSession, now: datetime) -> None:
    """One look for each period that some organisation has, so that no body is read before its time."""
    own = col(Organisation.id) == col(Workshop.organisation_id)
    for days in (await session.exec(select(Organisation.mails_kept_days).distinct())).all():
        here = select(Workshop.id).join(Organisation, own).where(col(Organisation.mails_kept_days) == days)
        await _empty(session, col(OutgoingMail.workshop_id).in_(here), now - _days(days))
    await _empty(session, col(OutgoingMail.workshop_id).is_(None), now - ABOUT_NO_WORKSHOP)


async def _empty(session: AsyncSession, which: ColumnElement[bool], before: datetime) -> None:
    sent = col(OutgoingMail.state) != "queued", col(OutgoingMail.text) != "", col(OutgoingMail.created_at) <= before
    for mail in (await session.exec(select(OutgoingMail).where(which, *sent))).all():
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
        if _held(workshop) + _days(days) <= _at(workshop, now):
            await empty_texts(session, workshop, now)


async def _drafts(session: AsyncSession, now: datetime) -> None:
    statement = (
        select(Workshop.id, Workshop.starts_at, Organisation.drafts_kept_days)
        .join(Organisation, col(Organisation.id) == col(Workshop.organisation_id))
        .where(col(Workshop.status) == Status.DRAFT, col(Workshop.opened_at).is_(None))
        .where(col(Workshop.starts_at) <= now)
    )
    for workshop_id, starts_at, days in (await session.exec(statement)).all():
        if starts_at + _days(days) <= now:
            await delete_workshop(session, workshop_id)


def _held(workshop: Workshop) -> datetime:
    return max(workshop.starts_at, workshop.opened_at or workshop.starts_at)


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def _at(workshop: Workshop, now: datetime) -> datetime:
    return now + timedelta(seconds=workshop.clock_shift)
