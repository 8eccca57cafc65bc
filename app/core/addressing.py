"""A mail address: given by choice, stopped in one step, deleted when the follow-up is over."""

import re

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.buddy_planning import plan_buddy_letters
from app.core.committing import own_commitment
from app.core.errors import NotFound, Refused
from app.core.gone import gone
from app.core.letter import OutgoingMail, empty
from app.core.participant import MailAddress, Participant
from app.core.planning import keep_address, plan_letters
from app.core.plans import cancel_letters
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

MOST_CORRECTIONS = 3
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


def checked(address: str) -> str:
    """The address as it is stored: without white space around it, the domain in lower case (IDN as punycode).

    Syntax only. Raises Refused that says where to look.
    """
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain:
        raise Refused(N_("A mail address has an @ in the middle. Look at it once more."), field="address")
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise Refused(N_("The part before the @ is not right. Look at it once more."), field="address")
    try:
        domain = domain.lower().encode("idna").decode()
    except UnicodeError:
        domain = ""
    if not _DOMAIN.fullmatch(domain) or len(local) + len(domain) > 253:
        raise Refused(
            N_("The part after the @ is not right, such as “arnhem.nl”. Look at it once more."), field="address"
        )
    return f"{local}@{domain}"


async def give_address(
    session: AsyncSession,
    workshop: Workshop,
    participant: Participant,
    address: str,
    wants_check: bool,
    wants_later: bool,
) -> None:
    """Store where this person wants mails and plan them; the confirmation is due at once, also in the evening.

    A corrected address gets the confirmation once more. Raises Refused for what is no address, when nothing is
    wanted, and after too many corrections: nobody mails strangers with this form.
    """
    address = checked(address)
    if not wants_check and not wants_later:
        raise Refused(N_("Tick what you want to get by mail."), field="check")
    rev = await advance(session, workshop.id)
    known = await session.get(MailAddress, participant.id)
    if known is None:
        known = MailAddress(participant_id=participant.id, address=address)
    elif known.address != address:
        await _correct(session, known, address)
    known.wants_check, known.wants_later, known.stopped_at = wants_check, wants_later, None
    session.add(known)
    person = await session.get_one(Participant, participant.id)
    person.gave_address, person.rev = True, rev
    session.add(person)
    await session.flush()
    commitment = await own_commitment(session, participant.id)
    if commitment is None:
        await keep_address(session, workshop, person, known)
    else:
        await plan_letters(session, workshop, person, commitment)
    await plan_buddy_letters(session, workshop, person.id)


async def _correct(session: AsyncSession, known: MailAddress, address: str) -> None:
    """What went to the former address may lie with a stranger: here it goes at once."""
    if known.corrections >= MOST_CORRECTIONS:
        raise Refused(N_("You changed the address often. Ask the trainer to help."), field="address")
    await cancel_letters(session, known.participant_id, "another address")
    await _empty_mails(session, known.participant_id, "another address")
    known.address, known.corrections = address, known.corrections + 1


async def stop(session: AsyncSession, participant_id: str) -> None:
    """No more mails to this person, at once. Doing it twice changes nothing."""
    known = await session.get(MailAddress, participant_id)
    if known is not None and known.stopped_at is None:
        known.stopped_at = clock.now()
        session.add(known)
    await cancel_letters(session, participant_id, "stopped")
    gone(session, "stopped", participant_id)


async def delete_address(session: AsyncSession, participant_id: str) -> None:
    """Forget the address, also in mails that were sent. Raises NotFound for nobody."""
    participant = await session.get(Participant, participant_id)
    if participant is None:
        raise NotFound(N_("This link does not work any more."))
    participant.gave_address, participant.rev = False, await advance(session, participant.workshop_id)
    session.add(participant)
    await forget_address(session, participant_id, "address deleted")


async def forget_address(session: AsyncSession, participant_id: str, reason: str) -> None:
    """Remove the address here and wherever it was copied to."""
    await cancel_letters(session, participant_id, reason)
    await session.exec(delete(MailAddress).where(col(MailAddress.participant_id) == participant_id))
    gone(session, "address", participant_id)
    await _empty_mails(session, participant_id, reason)


async def _empty_mails(session: AsyncSession, participant_id: str, reason: str) -> None:
    mails = await session.exec(select(OutgoingMail).where(col(OutgoingMail.participant_id) == participant_id))
    for mail in mails.all():
        empty(mail, reason)
        session.add(mail)
