"""What became of the letters to people outside the room, for the trainer: planned, sent, failed or left out."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.conditions_letter import Contact
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

LETTERS = {
    "c0": N_("Notice beforehand"),
    "cv": N_("The letter"),
    "cvr": N_("Reminder"),
    "c1": N_("What became of it, a week later"),
    "c2": N_("What became of it, four weeks later"),
    "ct2": N_("Totals after a week"),
    "ct3": N_("Totals after four weeks"),
}
REASONS = {
    "answered": N_("an answer came in"),
    "stopped": N_("the receiver stopped the mails"),
    "another address": N_("another address was given"),
    "not for this person": N_("it is not for this person"),
    "nothing was promised": N_("nothing was promised"),
    "everybody the same": N_("it would tell what each person did"),
    "fewer than k": N_("too few to show numbers"),
}


@dataclass(frozen=True, slots=True)
class LetterStatus:
    """One letter to one contact. `state`: planned, waits, sent, kept, failed or skipped; `at` by the workshop's clock;
    `reason` as an English message, or what the mail server said."""

    label: str
    to: str
    state: str
    at: datetime
    reason: str = ""


async def letters_to_contacts(session: AsyncSession, workshop: Workshop) -> list[LetterStatus]:
    """In the order in which they are due; what was planned for a former address and left out is not told."""
    statement = (
        select(PlannedLetter, Contact)
        .join(Contact, col(Contact.id) == col(PlannedLetter.contact_id))
        .where(col(PlannedLetter.workshop_id) == workshop.id)
        .order_by(col(PlannedLetter.due_at), col(PlannedLetter.id))
    )
    mails = select(OutgoingMail).where(
        col(OutgoingMail.workshop_id) == workshop.id, col(OutgoingMail.contact_id).is_not(None)
    )
    by_plan = {mail.message_id.partition("@")[0]: mail for mail in (await session.exec(mails)).all()}
    return [
        _status(plan, contact, by_plan.get(f"<{plan.letter}.{plan.id}"))
        for plan, contact in (await session.exec(statement)).all()
        if plan.reason != "another address"
    ]


def _status(plan: PlannedLetter, contact: Contact, mail: OutgoingMail | None) -> LetterStatus:
    label, to = LETTERS.get(plan.letter, plan.letter), contact.name
    if mail is None:
        reason = REASONS.get(plan.reason, plan.reason)
        return LetterStatus(label, to, plan.state, plan.settled_at or plan.due_at, reason)
    state = {"queued": "waits", "dead": "failed"}.get(mail.state, mail.state)
    return LetterStatus(label, to, state, plan.settled_at or mail.created_at, mail.error if state == "failed" else "")
