"""The clock of a rehearsal: its tomorrow can come."""

from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.errors import Refused
from app.core.letter import PlannedLetter
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_


async def next_moment(session: AsyncSession, workshop_id: str) -> datetime | None:
    """When the next letter of this workshop is due, by the workshop's own clock."""
    statement = select(func.min(PlannedLetter.due_at)).where(
        col(PlannedLetter.workshop_id) == workshop_id, col(PlannedLetter.state) == "planned"
    )
    found: datetime | None = (await session.exec(statement)).one()
    return found


async def let_time_pass(session: AsyncSession, workshop_id: str) -> datetime:
    """Put the clock of a rehearsal to the next letter that is due; returns the workshop's new present.

    Raises Refused for a real workshop, and when nothing is planned any more.
    """
    await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    if not workshop.is_rehearsal:
        raise Refused(N_("Only a rehearsal has a clock of its own."))
    due = await next_moment(session, workshop_id)
    if due is None:
        raise Refused(N_("There are no more mails to wait for."))
    ahead = due + timedelta(seconds=1) - clock.at(workshop)
    if ahead > timedelta():
        workshop.clock_shift += int(ahead.total_seconds()) + 1
        session.add(workshop)
    return clock.at(workshop)
