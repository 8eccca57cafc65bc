"""The buddy saw it: a column beside the own answer, never instead of it."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.checking_in import has_come
from app.core.committing import own_commitment
from app.core.errors import Closed, NotFound
from app.core.lasting import CheckIn, Commitment
from app.core.participant import Buddy, Participant
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a buddy asks, as far as that person agreed to show it."""

    workshop: Workshop
    person: Participant
    buddy: Participant
    act: Commitment | None
    told: tuple[Commitment, CheckIn] | None
    """The last answer, and the act that it is about: which may have been planned again since."""


async def asked_by_buddy(session: AsyncSession, participant_id: str) -> Asked:
    """Raises NotFound unless both agreed and neither took it back or is gone."""
    pair = await session.get(Buddy, participant_id)
    person = await session.get(Participant, participant_id)
    buddy = await session.get(Participant, pair.buddy_id) if pair else None
    gone = person is None or buddy is None or person.removed_at or buddy.removed_at
    if pair is None or person is None or buddy is None or gone or not pair.agreed or pair.withdrawn:
        raise NotFound(N_("This link does not work any more."))
    workshop = await session.get_one(Workshop, person.workshop_id)
    return Asked(
        workshop, person, buddy, await own_commitment(session, person.id), await _last_answer(session, person.id)
    )


async def _last_answer(session: AsyncSession, participant_id: str) -> tuple[Commitment, CheckIn] | None:
    answered = (
        select(Commitment, CheckIn)
        .join(CheckIn, col(CheckIn.commitment_id) == col(Commitment.id))
        .where(col(Commitment.participant_id) == participant_id, col(Commitment.withdrawn).is_(False))
        .order_by(col(Commitment.created_at).desc())
    )
    return (await session.exec(answered)).first()


async def witness(session: AsyncSession, participant_id: str, seen: bool) -> None:
    """The buddy of this person saw it done, or takes that back. Raises Closed before the moment of the act."""
    asked = await asked_by_buddy(session, participant_id)
    if asked.act is None:
        raise NotFound(N_("There is no commitment here any more."))
    rev = await advance(session, asked.workshop.id)
    now = clock.at(asked.workshop)
    if not has_come(asked.act, now):
        raise Closed(N_("Its moment has still to come."))
    if seen != (asked.act.seen_at is not None):
        asked.act.seen_at, asked.act.rev = now if seen else None, rev
        session.add(asked.act)
