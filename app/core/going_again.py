"""Make what a backup brought back go again: who was deleted stays deleted, who stopped stays stopped, and no letter is
sent a second time."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.addressing import forget_address, stop
from app.core.conditions_letter import Contact
from app.core.contacts import forget_contact
from app.core.deleting import delete_participant, delete_workshop
from app.core.gone import Gone
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import MailAddress, Participant
from app.core.workshop import Workshop

REASON = "gone before this backup came back"


async def go_again(session: AsyncSession, found: Iterable[Gone]) -> int:
    """Carry these out once more, in their order; returns how many changed something. Doing it twice changes nothing."""
    changed = 0
    for each in found:
        changed += await _ACTS[each.what](session, each.id)
    return changed


async def did_not_go(session: AsyncSession, fact: Gone) -> bool:
    """Whether what was asked for did not happen in this database: killed before its commit."""
    match fact.what:
        case "workshop":
            return await session.get(Workshop, fact.id) is not None
        case "participant":
            person = await session.get(Participant, fact.id)
            return person is not None and person.removed_at is None
        case "address":
            return await session.get(MailAddress, fact.id) is not None
        case "contact":
            contact = await session.get(Contact, fact.id)
            return contact is not None and contact.address != ""
        case "stopped":
            known = await session.get(MailAddress, fact.id)
            return known is not None and known.stopped_at is None
        case "sent":
            return False  # it left: only our note of it was lost


async def _workshop(session: AsyncSession, identity: str) -> bool:
    if await session.get(Workshop, identity) is None:
        return False
    await delete_workshop(session, identity)
    return True


async def _participant(session: AsyncSession, identity: str) -> bool:
    if await session.get(Participant, identity) is None:
        return False
    await delete_participant(session, identity)
    return True


async def _address(session: AsyncSession, identity: str) -> bool:
    if await session.get(MailAddress, identity) is None:
        return False
    await forget_address(session, identity, REASON)
    return True


async def _contact(session: AsyncSession, identity: str) -> bool:
    contact = await session.get(Contact, identity)
    if contact is None or not contact.address:
        return False
    await forget_contact(session, identity, REASON)
    return True


async def _stopped(session: AsyncSession, identity: str) -> bool:
    known = await session.get(MailAddress, identity)
    if known is None or known.stopped_at is not None:
        return False
    await stop(session, identity)
    return True


async def _sent(session: AsyncSession, message_id: str) -> bool:
    """A Message-ID is made of the letter and of its plan: `<m1.PLAN@domain>`."""
    plan = message_id.strip("<>").rpartition("@")[0].partition(".")[2]
    plans = update(PlannedLetter).where(col(PlannedLetter.id) == plan, col(PlannedLetter.state) == "planned")
    mails = update(OutgoingMail).where(col(OutgoingMail.message_id) == message_id, col(OutgoingMail.state) == "queued")
    first = await session.exec(plans.values(state="sent"))
    second = await session.exec(mails.values(state="sent"))
    return bool(first.rowcount + second.rowcount)


_ACTS = {
    "workshop": _workshop,
    "participant": _participant,
    "address": _address,
    "contact": _contact,
    "stopped": _stopped,
    "sent": _sent,
}
