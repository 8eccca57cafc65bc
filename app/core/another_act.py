"""One more act of a person after the workshop: in which words, on which days, and how it is kept."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.cadence import DayChoice, selectable_days
from app.core.errors import NotFound, Refused
from app.core.lasting import Commitment
from app.core.participant import Participant
from app.core.planning import plan_letters, work_pattern
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

MOST_ACT, LEAST_ACT = 160, 3


async def former(session: AsyncSession, commitment_id: str) -> Commitment:
    """The act that the next one comes after. Raises NotFound when there is none."""
    found = await session.get(Commitment, commitment_id)
    if found is None or found.withdrawn:
        raise NotFound(N_("This link does not work any more."))
    return found


async def days_to_choose(session: AsyncSession, workshop: Workshop, participant: Participant) -> tuple[DayChoice, ...]:
    """The next seven days as they stand now, with this person's *morgen* as the default."""
    return selectable_days(clock.at(workshop), await work_pattern(session, workshop, participant))


async def ensure_day(session: AsyncSession, workshop: Workshop, participant: Participant, day: date) -> None:
    if day not in {choice.day for choice in await days_to_choose(session, workshop, participant)}:
        raise Refused(N_("Choose a day within a week from now."), field="day")


def one_sentence(act: str) -> str:
    """On one line. Raises Refused when it is too short or too long."""
    act = " ".join(act.split())
    if not LEAST_ACT <= len(act) <= MOST_ACT:
        raise Refused(N_("What exactly will you do? Write one sentence."), field="act")
    return act


async def keep(
    session: AsyncSession, workshop: Workshop, participant: Participant, day: date, at: time, rev: int, **what: Any
) -> Commitment:
    """A commitment of its own, with its letters. `at` is local; `what` are the fields that differ."""
    now = clock.at(workshop)
    commitment = Commitment(
        workshop_id=workshop.id,
        participant_id=participant.id,
        day=day,
        starts_at=datetime.combine(day, at, ZoneInfo(workshop.time_zone)).astimezone(UTC),
        first_due_day=day,
        late=True,
        day_chosen=True,
        rev=rev,
        created_at=now,
        changed_at=now,
        **what,
    )
    session.add(commitment)
    await session.flush()
    await plan_letters(session, workshop, participant, commitment)
    return commitment
