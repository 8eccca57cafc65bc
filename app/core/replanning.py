"""Planning an act again, once: another day and time within a week, the same act or a smaller one."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.cadence import DayChoice, selectable_days
from app.core.checking_in import is_changeable
from app.core.errors import Closed, NotFound, Refused
from app.core.lasting import CheckIn, Commitment
from app.core.participant import Participant
from app.core.planning import plan_letters, work_pattern
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

MOST_ACT, LEAST_ACT = 160, 3
TAKEN_OVER = (
    *("act", "minutes", "place", "who", "alone", "evidence", "leave"),
    *("obstacle", "obstacle_text", "then", "serves_need_id", "shows_trainer"),
)


async def successor(session: AsyncSession, commitment_id: str) -> Commitment | None:
    """The commitment that this one was planned again as."""
    return (await session.exec(select(Commitment).where(col(Commitment.replanned_from) == commitment_id))).first()


async def days_to_choose(session: AsyncSession, workshop: Workshop, participant: Participant) -> tuple[DayChoice, ...]:
    """The next seven days as they stand now, with this person's *morgen* as the default."""
    return selectable_days(clock.at(workshop), await work_pattern(session, workshop, participant))


async def replan(session: AsyncSession, commitment_id: str, day: date, at: time, act: str = "") -> Commitment:
    """A commitment of its own that names the one it comes from. `at` is local, an empty `act` keeps the old one.

    Raises Refused when it was done, was planned again before, or for a day outside the next week; Closed after
    two weeks; NotFound when there is none.
    """
    before = await session.get(Commitment, commitment_id)
    if before is None or before.withdrawn:
        raise NotFound(N_("This link does not work any more."))
    rev = await advance(session, before.workshop_id)
    workshop = await session.get_one(Workshop, before.workshop_id)
    participant = await session.get_one(Participant, before.participant_id)
    await _allow(session, workshop, participant, before, day)
    act = " ".join(act.split()) or before.act
    if not LEAST_ACT <= len(act) <= MOST_ACT:
        raise Refused(N_("What exactly will you do? Write one sentence."), field="act")
    now = clock.at(workshop)
    commitment = Commitment(
        **{name: getattr(before, name) for name in TAKEN_OVER} | {"act": act},
        workshop_id=workshop.id,
        participant_id=participant.id,
        replanned_from=before.id,
        next_after=before.next_after,
        day=day,
        starts_at=datetime.combine(day, at, ZoneInfo(workshop.time_zone)).astimezone(UTC),
        first_due_day=day,
        late=True,
        day_chosen=True,
        rev=rev,
        created_at=now,
        changed_at=now,
    )
    session.add(commitment)
    await session.flush()
    await plan_letters(session, workshop, participant, commitment)
    return commitment


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
    if day not in {choice.day for choice in await days_to_choose(session, workshop, participant)}:
        raise Refused(N_("Choose a day within a week from now."), field="day")
