"""The rows that say that a letter will be due: made once a key, moved while they wait, taken back."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import Commitment
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.upsert import insert

AT_ONCE = ("m0", "m0b")
"""Due when something happened: one that waits keeps its moment."""


async def move(
    session: AsyncSession, commitment: Commitment, key: str, letter: str, due: datetime, now: datetime, to: str = ""
) -> PlannedLetter:
    """The plan with this key, due at `due` unless it was sent. `to` is who gets it, where that is not whose act it
    is."""
    plan = await _made(session, commitment, key, letter, due, now, to or commitment.participant_id)
    to = to or commitment.participant_id
    if plan.state != "sent" and plan.participant_id != to:  # two phones that were one person part again
        plan.participant_id = to
        session.add(plan)
    moved = plan.state == "skipped" or (plan.state == "planned" and letter not in AT_ONCE and plan.due_at != due)
    if moved and due >= now:
        plan.due_at, plan.state, plan.reason, plan.settled_at = due, "planned", "", None
        session.add(plan)
    return plan


async def _made(
    session: AsyncSession, commitment: Commitment, key: str, letter: str, due: datetime, now: datetime, to: str
) -> PlannedLetter:
    """The plan with this key, made when there is none. One whose moment is past is made as skipped."""
    late = due < now
    await insert_plan(
        session,
        PlannedLetter(
            key=key,
            letter=letter,
            workshop_id=commitment.workshop_id,
            participant_id=to,
            commitment_id=commitment.id,
            due_at=due,
            state="skipped" if late else "planned",
            reason="its moment was past" if late else "",
        ),
    )
    statement = select(PlannedLetter).where(col(PlannedLetter.key) == key)
    return (await session.exec(statement)).one()


async def insert_plan(session: AsyncSession, plan: PlannedLetter) -> None:
    """Two taps at once plan one letter: the key decides."""
    statement = insert(session, PlannedLetter).values(**plan.model_dump())
    await session.exec(statement.on_conflict_do_nothing(index_elements=["key"]))


async def drop(session: AsyncSession, commitment: Commitment, letter: str, reason: str, but: str = "") -> None:
    """Take back what is planned of this letter about this act, except the plan with the key `but`."""
    statement = update(PlannedLetter).where(
        col(PlannedLetter.commitment_id) == commitment.id,
        col(PlannedLetter.letter) == letter,
        col(PlannedLetter.key) != but,
        col(PlannedLetter.state) == "planned",
    )
    await session.exec(statement.values(state="skipped", reason=reason))


async def cancel_letters(session: AsyncSession, participant_id: str, reason: str) -> None:
    """Nothing more goes to this person: neither what is planned nor what waits in the outbox."""
    plans = update(PlannedLetter).where(
        col(PlannedLetter.participant_id) == participant_id, col(PlannedLetter.state) == "planned"
    )
    await session.exec(plans.values(state="skipped", reason=reason))
    mails = update(OutgoingMail).where(
        col(OutgoingMail.participant_id) == participant_id, col(OutgoingMail.state) == "queued"
    )
    await session.exec(mails.values(state="skipped", error=reason))


async def cancel_questions(session: AsyncSession, commitment_id: str) -> None:
    """It has been answered: the check and its reminder are not sent any more."""
    plans = update(PlannedLetter).where(
        col(PlannedLetter.commitment_id) == commitment_id,
        col(PlannedLetter.letter).in_(("m2", "m2r")),
        col(PlannedLetter.state) == "planned",
    )
    await session.exec(plans.values(state="skipped", reason="answered"))
