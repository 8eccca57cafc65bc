"""Really gone: one person, or a whole workshop, with every plan and every mail."""

from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.addressing import forget_address
from app.core.advancing import advance
from app.core.buddy_planning import forget_buddy_letters
from app.core.contribution import Contribution, Curation
from app.core.deed import Deed
from app.core.errors import NotFound
from app.core.gone import gone
from app.core.lasting import CheckIn, Commitment, Condition, LaterCheckIn, Need, Party
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.looking_back import remember_anew
from app.core.participant import Buddy, Device, MailAddress, Participant
from app.core.point_forgetting import forget_in_points
from app.core.tables import TABLES
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_


async def delete_workshop(session: AsyncSession, workshop_id: str) -> None:
    """Every row of it, children first: the schema's cascade is the second line, not the first."""
    await advance(session, workshop_id)
    people = select(Participant.id).where(col(Participant.workshop_id) == workshop_id)
    await session.exec(update(Workshop).where(col(Workshop.follows_id) == workshop_id).values(before={}))
    await session.exec(delete(MailAddress).where(col(MailAddress.participant_id).in_(people)))
    for table in reversed(TABLES):
        columns: Any = table
        if hasattr(table, "workshop_id"):
            await session.exec(delete(table).where(columns.workshop_id == workshop_id))
    await session.exec(delete(Workshop).where(col(Workshop.id) == workshop_id))
    gone(session, "workshop", workshop_id)


async def delete_participant(session: AsyncSession, participant_id: str) -> None:
    """Everything this person said, also as somebody who was merged into them, the address, the plans, the mails and
    the browsers; links die too.

    Rows that a live room reads stay as empty husks, marked, so that no room goes on showing what was in them.
    """
    participant = await session.get(Participant, participant_id)
    if participant is None:
        raise NotFound(N_("This link does not work any more."))
    rev = await advance(session, participant.workshop_id)
    was_too = select(Participant).where(col(Participant.merged_into) == participant_id)
    for each in (participant, *(await session.exec(was_too)).all()):
        await _delete_one(session, each, rev)
    await session.flush()
    await remember_anew(session, participant.workshop_id)


async def _delete_one(session: AsyncSession, participant: Participant, rev: int) -> None:
    participant_id = participant.id
    await forget_address(session, participant_id, "deleted")
    await forget_buddy_letters(session, participant_id, "deleted")
    for table in (PlannedLetter, OutgoingMail, Device):
        await session.exec(delete(table).where(col(table.participant_id) == participant_id))
    await session.exec(delete(Deed).where(col(Deed.workshop_id) == participant.workshop_id))  # may hold their words
    pairs = or_(col(Buddy.participant_id) == participant_id, col(Buddy.buddy_id) == participant_id)
    await session.exec(update(Buddy).where(pairs).values(withdrawn=True, agreed=False, rev=rev))
    await forget_in_points(session, participant.workshop_id, participant_id, rev)
    await _empty_contributions(session, participant_id, rev)
    await _empty_lasting(session, participant_id, rev)
    participant.name, participant.days_off, participant.gave_address = "", [], False
    participant.obstacle, participant.obstacle_text = "", ""
    participant.removed_at, participant.rev = clock.now(), rev
    participant.link_epoch += 1
    session.add(participant)
    gone(session, "participant", participant_id)


async def _empty_contributions(session: AsyncSession, participant_id: str, rev: int) -> None:
    own = select(Contribution.id).where(col(Contribution.participant_id) == participant_id)
    await session.exec(update(Curation).where(col(Curation.contribution_id).in_(own)).values(text="", rev=rev))
    said = update(Contribution).where(col(Contribution.participant_id) == participant_id)
    await session.exec(said.values(entry={}, withdrawn=True, rev=rev))
    parties = update(Party).where(col(Party.contribution_id).in_(own))
    await session.exec(parties.values(name="", goal="", withdrawn=True, rev=rev))
    needs = update(Need).where(col(Need.contribution_id).in_(own))
    await session.exec(needs.values(text="", size="", source="", stops="", withdrawn=True, rev=rev))


async def _empty_lasting(session: AsyncSession, participant_id: str, rev: int) -> None:
    conditions = update(Condition).where(col(Condition.participant_id) == participant_id)
    await session.exec(conditions.values(text="", owner="", by_date="", withdrawn=True, rev=rev))
    own = select(Commitment.id).where(col(Commitment.participant_id) == participant_id)
    answers = update(CheckIn).where(col(CheckIn.commitment_id).in_(own))
    await session.exec(answers.values(answer="", obstacle="", rev=rev, **NO_ANSWER_TEXTS))
    await session.exec(delete(LaterCheckIn).where(col(LaterCheckIn.participant_id) == participant_id))
    commitments = update(Commitment).where(col(Commitment.participant_id) == participant_id)
    hidden = {"withdrawn": True, "wall": "no", "shows_trainer": False, "rev": rev}
    await session.exec(commitments.values(**hidden, **NO_ACT_TEXTS, **NO_ACT_ANSWERS))


NO_ACT_TEXTS = {"act": "", "place": "", "who": "", "evidence": "", "obstacle_text": "", "then": ""}
NO_ACT_ANSWERS = {"obstacle": "", "leave": "", "confidence": None, "seen_at": None}
NO_LATER_TEXTS = {"helped": "", "different": ""}
NO_ANSWER_TEXTS = {"obstacle_text": "", "brought": "", "needed": ""}
