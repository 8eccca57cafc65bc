"""Which letters go to people outside the room, and when. The text is written when a letter is due, in `mail`.

`c0` notice beforehand · `cv` the letter · `cvr` its one reminder · `c1`, `c2` what became of it · `ct2`, `ct3` totals.
"""

from datetime import datetime, time

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.cadence import WorkPattern
from app.core.conditions_letter import Contact
from app.core.letter import PlannedLetter
from app.core.opening import begins_at
from app.core.organisation import Organisation
from app.core.planning import LettersPlanned, work_pattern
from app.core.plans import insert_plan
from app.core.trainer_planning import later_days, totals_due
from app.core.workshop import Workshop
from app.db import tell

TEN, EARLY, LATE = time(10), time(8, 30), time(17)
REMIND_AFTER, FIRST_AFTER, SECOND_AFTER = 3, 5, 20
"""Working days after the letter."""


def notice_due(workshop: Workshop, pattern: WorkPattern, now: datetime) -> datetime | None:
    """The working day before the workshop at 10:00; at once where that is past. None once it has begun."""
    if now >= begins_at(workshop):
        return None
    day = pattern.before(pattern.local(begins_at(workshop)).date())
    return max(pattern.at(day, TEN), now)


def letter_due(pattern: WorkPattern, now: datetime) -> datetime:
    """At once on a working day in office hours; else the next working day at half past eight."""
    local = pattern.local(now)
    if pattern.works(local.date()) and local.time() < EARLY:
        return pattern.at(local.date(), EARLY)
    if pattern.works(local.date()) and local.time() < LATE:
        return now
    return pattern.at(pattern.after(local.date()), EARLY)


def deletion_due(workshop: Workshop, pattern: WorkPattern, letter: datetime | None, kept: int) -> datetime:
    """When a contact is forgotten: `kept` working days after the last letter that may go there. `letter` is when the
    points went, or go."""
    last = pattern.after(later_days(workshop, pattern)[1])
    if letter is not None:
        last = max(last, pattern.after(pattern.local(letter).date(), SECOND_AFTER))
    return pattern.at(pattern.after(last, kept), time.min)


async def plan_notice(session: AsyncSession, workshop: Workshop, contact: Contact) -> None:
    """Plan or move the notice beforehand; one that was sent stays sent."""
    pattern = await work_pattern(session, workshop, None)
    due = notice_due(workshop, pattern, clock.at(workshop))
    if due is not None:
        await _plan(session, workshop, contact, "c0", due)


async def plan_letter(session: AsyncSession, workshop: Workshop, contact: Contact, about: str = "") -> datetime | None:
    """The letter, its reminder, and the two questions what became of it; the totals where it is the commissioner's.

    `about` is the point for whose sake an owner is written to: once a point, unless a letter waits already.
    Returns when the letter goes; None without an address.
    """
    if not contact.address or contact.stopped_at is not None:
        return None
    pattern = await work_pattern(session, workshop, None)
    now = clock.at(workshop)
    goes = letter_due(pattern, now)
    day = pattern.local(goes).date()
    await _plan(session, workshop, contact, "cv", goes, about)
    for letter, days in (("cvr", REMIND_AFTER), ("c1", FIRST_AFTER), ("c2", SECOND_AFTER)):
        await _plan(session, workshop, contact, letter, pattern.at(pattern.after(day, days), TEN))
    if contact.role == "commissioner":
        for letter, due in zip(("ct2", "ct3"), totals_due(workshop, pattern), strict=True):
            if due > now:
                await _plan(session, workshop, contact, letter, due)
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    contact.delete_at = deletion_due(workshop, pattern, goes, organisation.addresses_kept_days)
    session.add(contact)
    return goes


async def _plan(
    session: AsyncSession, workshop: Workshop, contact: Contact, letter: str, due: datetime, about: str = ""
) -> None:
    """One a contact and address; moved while it waits."""
    if about and await _waits(session, contact, letter):
        return
    key = f"{letter}:{contact.id}:{contact.link_epoch}" + (f":{about}" if about else "")
    plan = PlannedLetter(key=key, letter=letter, workshop_id=workshop.id, contact_id=contact.id, due_at=due)
    await insert_plan(session, plan)
    known = (await session.exec(select(PlannedLetter).where(col(PlannedLetter.key) == key))).one()
    if known.state == "planned" and known.due_at != due:
        known.due_at = due
        session.add(known)
    tell(session, LettersPlanned(workshop.id))


async def _waits(session: AsyncSession, contact: Contact, letter: str) -> bool:
    waiting = select(PlannedLetter.id).where(
        col(PlannedLetter.contact_id) == contact.id,
        col(PlannedLetter.letter) == letter,
        col(PlannedLetter.state) == "planned",
    )
    return (await session.exec(waiting)).first() is not None
