"""From the form of S9 to a commitment: one a person; a changed one keeps its id and raises its sequence."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.buddy_planning import plan_buddy_letters
from app.core.drafts import CommitmentDraft, WallDraft
from app.core.lasting import Commitment, Need
from app.core.opening import is_open
from app.core.participant import Participant
from app.core.planning import plan_letters
from app.core.workshop import Workshop

KEPT = (
    "act",
    "day",
    "minutes",
    "place",
    "who",
    "alone",
    "evidence",
    "leave",
    "obstacle",
    "obstacle_text",
    "then",
    "confidence",
    "verdict",
    "first_verdict",
    "overruled",
    "day_chosen",
)
"""What a commitment takes over from the form as it stands there."""


async def own_commitment(session: AsyncSession, participant_id: str) -> Commitment | None:
    """The present commitment of this person: the last one planned."""
    statement = (
        select(Commitment)
        .where(col(Commitment.participant_id) == participant_id, col(Commitment.withdrawn).is_(False))
        .order_by(col(Commitment.created_at).desc(), col(Commitment.replanned_from).is_(None))
    )
    return (await session.exec(statement)).first()


async def commit_to(
    session: AsyncSession,
    workshop: Workshop,
    participant: Participant,
    contribution_id: str,
    draft: CommitmentDraft,
    rev: int,
) -> Commitment:
    """Write the commitment and plan its letters."""
    now = clock.at(workshop)
    statement = select(Commitment).where(col(Commitment.contribution_id) == contribution_id)
    commitment = (await session.exec(statement)).first()
    if commitment is None:
        commitment = Commitment(
            workshop_id=workshop.id,
            participant_id=participant.id,
            contribution_id=contribution_id,
            act=draft.act,
            day=draft.day,
            starts_at=now,
            first_due_day=draft.day,
            late=not is_open(workshop, now),
            created_at=now,
            sequence=-1,
        )
    before = {name: getattr(commitment, name) for name in (*KEPT, "starts_at", "withdrawn")}
    for name in KEPT:
        setattr(commitment, name, getattr(draft, name))
    commitment.rules = " ".join(draft.rules)
    commitment.serves_need_id = await _need(session, workshop.id, draft.serves)
    local = datetime.combine(draft.day, draft.at, ZoneInfo(workshop.time_zone))
    commitment.starts_at = local.astimezone(UTC)
    commitment.withdrawn, commitment.rev = False, rev
    if commitment.sequence < 0 or any(getattr(commitment, name) != value for name, value in before.items()):
        # A double tap on the seal changes nothing, and must not send a second letter. Other words were not agreed to.
        commitment.wall = commitment.wall if before["act"] == commitment.act else "no"
        commitment.sequence, commitment.changed_at = commitment.sequence + 1, now
    participant.name, participant.days_off, participant.rev = draft.name, list(draft.days_off), rev
    session.add(await session.merge(participant))
    session.add(commitment)
    await session.flush()
    await plan_letters(session, workshop, participant, commitment)
    await plan_buddy_letters(session, workshop, participant.id)
    return commitment


async def _need(session: AsyncSession, workshop_id: str, need_id: str) -> str | None:
    """The need of this workshop with that id; an act may also serve none on the list."""
    need = await session.get(Need, need_id) if need_id else None
    return need.id if need and need.workshop_id == workshop_id else None


async def show_on_wall(session: AsyncSession, participant: Participant, draft: WallDraft, rev: int) -> None:
    """What this person lets the room see of their commitment."""
    commitment = await own_commitment(session, participant.id)
    if commitment is not None:
        commitment.wall, commitment.rev = draft.show, rev
        session.add(commitment)
