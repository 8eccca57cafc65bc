"""Planning an act again, once: another day and time within a week, the same act or a smaller one."""

from datetime import date, time

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.another_act import ensure_day, former, keep, one_sentence
from app.core.checking_in import is_changeable
from app.core.errors import Closed, Refused
from app.core.lasting import CheckIn, Commitment
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

TAKEN_OVER = (
    *("act", "minutes", "place", "who", "alone", "evidence", "leave"),
    *("obstacle", "obstacle_text", "then", "serves_need_id", "shows_trainer"),
)


async def successor(session: AsyncSession, commitment_id: str) -> Commitment | None:
    """The commitment that this one was planned again as."""
    return (await session.exec(select(Commitment).where(col(Commitment.replanned_from) == commitment_id))).first()


async def replan(session: AsyncSession, commitment_id: str, day: date, at: time, act: str = "") -> Commitment:
    """A commitment of its own that names the one it comes from. `at` is local, an empty `act` keeps the old one.

    Raises Refused when it was done, was planned again before, or for a day outside the next week; Closed after
    two weeks; NotFound when there is none.
    """
    before = await former(session, commitment_id)
    rev = await advance(session, before.workshop_id)
    workshop = await session.get_one(Workshop, before.workshop_id)
    participant = await session.get_one(Participant, before.participant_id)
    await _allow(session, workshop, participant, before, day)
    taken_over = {name: getattr(before, name) for name in TAKEN_OVER}
    what = taken_over | {"act": one_sentence(act.strip() or before.act)}
    links = {"replanned_from": before.id, "next_after": before.next_after}
    return await keep(session, workshop, participant, day, at, rev, **what, **links)


async def _allow(
    session: AsyncSession, workshop: Workshop, participant: Participant, before: Commitment, day: date
) -> None:
    if not is_changeable(before, clock.at(workshop)):
        raise Closed(N_("This can be answered for two weeks. That time is over."))
    answer = await session.get(CheckIn, before.id)
    if answer is None or answer.answer == "gelukt":
        raise Refused(N_("Plan again what did not work yet. First say whether it worked."), field="answer")
    if before.replanned_from is not None or await successor(session, before.id) is not None:
        raise Refused(N_("You planned this again once already."), field="day")
    await ensure_day(session, workshop, participant, day)
