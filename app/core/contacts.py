"""Who gave the assignment, and who was named to arrange a point: mailed by choice, stopped in one step, forgotten."""

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.addressing import checked
from app.core.advancing import advance
from app.core.conditions_letter import ConditionsLetter, Contact, PointAnswer
from app.core.contact_planning import deletion_due, plan_letter, plan_notice
from app.core.errors import NotFound, Refused
from app.core.gone import gone
from app.core.letter import OutgoingMail, PlannedLetter, empty
from app.core.organisation import Organisation
from app.core.planning import work_pattern
from app.core.text import one_line
from app.core.workshop import Workshop
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_

COMMISSIONER, OWNER = "commissioner", "owner"
MOST_NAME = 80
MOST_OWNERS = 10
"""So many people outside the room may be named at most: nobody mails strangers with this form."""


async def commissioner(session: AsyncSession, workshop_id: str) -> Contact | None:
    """Who gave the assignment. An empty address is mailed nothing: the link is handed over, or it was deleted."""
    statement = select(Contact).where(col(Contact.workshop_id) == workshop_id, col(Contact.role) == COMMISSIONER)
    return (await session.exec(statement)).first()


async def name_commissioner(
    session: AsyncSession, workshop_id: str, name: str, address: str, language: str
) -> Contact | None:
    """Name, correct or, without name and address, remove who gets the letter; plans the notice beforehand.

    Doing it twice changes nothing. After the letter went, a corrected address gets it once more, and the old link is
    dead. Raises Refused for what is no address, for a name alone, and for removing somebody after the letter went.
    """
    name, address = str(one_line(name))[:MOST_NAME], address.strip()
    await advance(session, workshop_id)
    known = await commissioner(session, workshop_id)
    letter = await session.get(ConditionsLetter, workshop_id)
    gone = letter is not None and letter.approved_at is not None
    if not name and not address:
        if known is not None and not gone:
            await session.delete(known)
        return known if gone else None
    address = checked(address)
    if language not in LANGUAGES:
        raise Refused(N_("Choose Dutch or English."), field="language")
    if not name:
        raise Refused(N_("Write the name of who gave the assignment."), field="name")
    known = known or Contact(workshop_id=workshop_id, role=COMMISSIONER, name=name, address=address)
    changed = known.address != address
    if changed:
        await _readdress(session, known)
    known.name, known.address, known.language = name, address, language
    workshop = await session.get_one(Workshop, workshop_id)
    went = letter.approved_at if letter else None
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    pattern = await work_pattern(session, workshop, None)
    known.delete_at = deletion_due(workshop, pattern, went, organisation.addresses_kept_days)
    session.add(known)
    await session.flush()
    await plan_notice(session, workshop, known)
    if gone and changed:
        await plan_letter(session, workshop, known)
    return known


async def _readdress(session: AsyncSession, known: Contact) -> None:
    """What went to the former address must not open the door any more; a link that was handed over still does."""
    await silence(session, known.id, "another address")
    await _empty_mails(session, known.id)
    known.link_epoch += bool(known.address)
    known.stopped_at = None


async def name_owner(session: AsyncSession, workshop_id: str, name: str, address: str, language: str) -> Contact:
    """Who can arrange one point, as somebody outside the room told. Not mailed before that answer is published."""
    address = checked(address)
    theirs = select(Contact).where(col(Contact.workshop_id) == workshop_id, col(Contact.role) == OWNER)
    owners = (await session.exec(theirs)).all()
    known = next((each for each in owners if each.address == address), None)
    if known is None and len(owners) >= MOST_OWNERS:
        raise Refused(N_("Enough people were named. Write the name only, without an address."), field="owner_address")
    known = known or Contact(workshop_id=workshop_id, role=OWNER, name=name, address=address, language=language)
    known.name = name or known.name
    session.add(known)
    await session.flush()
    return known


async def stop_contact(session: AsyncSession, contact_id: str) -> None:
    """No more mails to this contact, at once; the link goes on working. Doing it twice changes nothing."""
    contact = await session.get(Contact, contact_id)
    if contact is None:
        raise NotFound(N_("This link does not work any more."))
    if contact.stopped_at is None:
        contact.stopped_at = clock.now()
        session.add(contact)
    await silence(session, contact_id, "stopped")


async def forget_contact(session: AsyncSession, contact_id: str, reason: str) -> None:
    """Name and address are gone, here and in every mail; the link dies. What was answered stays.

    The row of the commissioner stays, without name and address: its answers are told from those by telephone.
    """
    contact = await session.get(Contact, contact_id)
    if contact is None:
        raise NotFound(N_("This link does not work any more."))
    await advance(session, contact.workshop_id)
    await silence(session, contact.id, reason)
    gone(session, "contact", contact.id)
    await _empty_mails(session, contact.id)
    drafts = delete(PointAnswer).where(col(PointAnswer.contact_id) == contact.id)
    await session.exec(drafts.where(col(PointAnswer.published_at).is_(None)))
    if contact.role == OWNER:
        await session.delete(contact)
    else:
        contact.name = contact.address = ""
        contact.link_epoch += 1
        contact.stopped_at, contact.delete_at = contact.stopped_at or clock.now(), None
        session.add(contact)


async def silence(session: AsyncSession, contact_id: str, reason: str) -> None:
    """Nothing more goes to this contact: neither what is planned nor what waits in the outbox."""
    plans = update(PlannedLetter).where(
        col(PlannedLetter.contact_id) == contact_id, col(PlannedLetter.state) == "planned"
    )
    await session.exec(plans.values(state="skipped", reason=reason))
    mails = update(OutgoingMail).where(col(OutgoingMail.contact_id) == contact_id, col(OutgoingMail.state) == "queued")
    await session.exec(mails.values(state="skipped", error=reason))


async def _empty_mails(session: AsyncSession, contact_id: str) -> None:
    for mail in (await session.exec(select(OutgoingMail).where(col(OutgoingMail.contact_id) == contact_id))).all():
        empty(mail)
        session.add(mail)
