"""Which letters go to the buddy of who made a commitment, and when: `m0b` that it was made, `m2b` that it is answered.

They hold another person's words: when that person or the pair goes, they go too.
"""

from sqlalchemy import ColumnElement, update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.cadence import buddy_told_due, in_working_hours
from app.core.lasting import CheckIn, Commitment
from app.core.letter import OutgoingMail, PlannedLetter, empty
from app.core.letters_sent import TO_BUDDY
from app.core.opening import is_open
from app.core.participant import Buddy, MailAddress, Participant
from app.core.planning import LettersPlanned, work_pattern
from app.core.plans import move
from app.core.workshop import Workshop
from app.db import tell


async def plan_buddy_letters(session: AsyncSession, workshop: Workshop, participant_id: str) -> None:
    """Plan what this person's buddy gets, and what this person gets as a buddy; doing it twice changes nothing.

    In the room `m0b` goes at once, as the confirmation does; later in working hours, unless the act is over by then.
    `m2b` goes once, when there is an answer. Nothing before both agreed, nor to who has no address or stopped.
    """
    now = clock.at(workshop)
    pairs = await _agreed(session, participant_id)
    for act, buddy, answer in pairs:
        pattern = await work_pattern(session, workshop, buddy)
        told = now if is_open(workshop, now) else in_working_hours(now, pattern)
        if told < act.starts_at:
            await move(session, act, f"m0b:{act.id}:{buddy.id}", "m0b", told, now, buddy.id)
        if answer is not None:
            due = buddy_told_due(act.starts_at, pattern, answer.first_answered_at)
            await move(session, act, f"m2b:{act.id}:{buddy.id}", "m2b", due, now, buddy.id)
    if pairs:
        tell(session, LettersPlanned(workshop.id))


async def _agreed(session: AsyncSession, participant_id: str) -> list[tuple[Commitment, Participant, CheckIn | None]]:
    """The act of the workshop, who asks about it by mail, and the answer: of each pair that this person is in."""
    statement = (
        select(Commitment, Participant, CheckIn)
        .join(Buddy, col(Buddy.participant_id) == col(Commitment.participant_id))
        .join(Participant, col(Participant.id) == col(Buddy.buddy_id))
        .join(MailAddress, col(MailAddress.participant_id) == col(Buddy.buddy_id))
        .join(CheckIn, col(CheckIn.commitment_id) == col(Commitment.id), isouter=True)
        .where(
            or_(col(Buddy.participant_id) == participant_id, col(Buddy.buddy_id) == participant_id),
            col(Buddy.agreed),
            col(Buddy.withdrawn).is_(False),
            col(MailAddress.stopped_at).is_(None),
            col(Commitment.withdrawn).is_(False),
            col(Commitment.replanned_from).is_(None),
            col(Commitment.next_after).is_(None),
        )
    )
    return list((await session.exec(statement)).all())


async def forget_buddy_letters(session: AsyncSession, about: str, reason: str, buddy: str = "") -> None:
    """Take back and empty what was planned or written about this person, to this buddy or to whoever was one.

    The plans go first: what a courier writes at this moment holds their rows, and is found afterwards.
    """
    acts = select(Commitment.id).where(col(Commitment.participant_id) == about)
    which: list[ColumnElement[bool]] = [
        col(PlannedLetter.letter).in_(TO_BUDDY),
        col(PlannedLetter.commitment_id).in_(acts),
    ]
    if buddy:
        which.append(col(PlannedLetter.participant_id) == buddy)
    planned = update(PlannedLetter).where(*which, col(PlannedLetter.state) == "planned")
    await session.exec(planned.values(state="skipped", reason=reason))
    for plan in (await session.exec(select(PlannedLetter).where(*which))).all():
        written = col(OutgoingMail.message_id).startswith(plan.message_id_before, autoescape=True)
        for mail in (await session.exec(select(OutgoingMail).where(written))).all():
            mail.state = "skipped" if mail.state == "queued" else mail.state
            empty(mail, reason)
            session.add(mail)
