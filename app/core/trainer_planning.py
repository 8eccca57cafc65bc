"""Which digests the trainer gets, and when. Pure of persons: the pattern is the organisation's."""

from datetime import date, datetime, time

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.cadence import WorkPattern, m3_due, m4_due, t1_due
from app.core.lasting import Commitment
from app.core.letter import PlannedLetter
from app.core.opening import begins_at
from app.core.plans import insert_plan
from app.core.workshop import Workshop

TOTALS_AT = time(10, 30)


async def plan_digest(
    session: AsyncSession, workshop: Workshop, commitment: Commitment, pattern: WorkPattern, now: datetime
) -> None:
    """T1 and its one update, from the first commitment on that falls due in it; also when nobody gave an address."""
    digest = t1_due(begins_at(workshop), pattern)
    if commitment.day <= digest.covers and digest.due > now:
        await _tell(session, workshop, ("t1", digest.due), ("t1u", digest.update_due))


async def plan_totals(session: AsyncSession, workshop: Workshop, pattern: WorkPattern, now: datetime) -> None:
    """T2 and T3, once somebody wants the letters that they tell about."""
    for letter, due in zip(("t2", "t3"), totals_due(workshop, pattern), strict=True):
        if due > now:
            await _tell(session, workshop, (letter, due))


def later_days(workshop: Workshop, pattern: WorkPattern) -> tuple[date, date]:
    """On which days who acts on the first working day after the workshop is asked again: after a week, after four."""
    act = pattern.at(t1_due(begins_at(workshop), pattern).covers, TOTALS_AT)
    week, month = m3_due(act, pattern), m4_due(act, pattern, school_holidays=workshop.school_holidays)
    return pattern.local(week).date(), pattern.local(month).date()


def totals_due(workshop: Workshop, pattern: WorkPattern) -> tuple[datetime, datetime]:
    """Half past ten on the working day after the letters of a week and of four weeks: then the trainer, who decides and
    the participants may read how it went with the group, nobody before the others."""
    week, month = (pattern.at(pattern.after(day), TOTALS_AT) for day in later_days(workshop, pattern))
    return week, month


async def _tell(session: AsyncSession, workshop: Workshop, *digests: tuple[str, datetime]) -> None:
    for letter, due in digests:
        key = f"{letter}:{workshop.id}"
        await insert_plan(session, PlannedLetter(key=key, letter=letter, workshop_id=workshop.id, due_at=due))
