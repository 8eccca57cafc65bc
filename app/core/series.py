"""One workshop after another: for the next team, or for the same people who come back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.advancing import advance
from app.core.errors import Refused
from app.core.making import Plan, make_workshop
from app.core.script import Script
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

NEXT_TEAM = timedelta(weeks=1)
COMES_BACK = timedelta(weeks=4)


async def copy_for_next_team(
    session: AsyncSession, trainer: Trainer, workshop_id: str, script: Script, plan: Plan
) -> Workshop:
    """A draft like this workshop; from now on both belong to one series. Raises Refused for a rehearsal."""
    workshop = await _real(session, workshop_id)
    workshop.series = workshop.series or ids.random_id()
    session.add(workshop)
    made = await make_workshop(session, trainer, script, plan)
    made.series = workshop.series
    return made


async def plan_return(
    session: AsyncSession, trainer: Trainer, workshop_id: str, script: Script, plan: Plan
) -> Workshop:
    """A draft in which the same people look back on this workshop. Raises Refused for a rehearsal."""
    workshop = await _real(session, workshop_id)
    made = await make_workshop(session, trainer, script, plan)
    made.follows_id = workshop.id
    return made


async def _real(session: AsyncSession, workshop_id: str) -> Workshop:
    await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    if workshop.is_rehearsal:
        raise Refused(N_("Nothing follows a rehearsal. Open the workshop itself and start from there."))
    return workshop


def later(workshop: Workshop, period: timedelta) -> datetime:
    """The same hour on the clock of its zone, once or more often a `period` of whole weeks on, and still to come."""
    zone = ZoneInfo(workshop.time_zone)
    local, now = workshop.starts_at.astimezone(zone), clock.now()
    moment = local + period  # adds to the hands of the clock, also over a change of summer time
    while moment <= now:
        moment += timedelta(weeks=1)
    return moment


def grouped(workshops: Iterable[Workshop]) -> list[list[Workshop]]:
    """The workshops in their order, those of one series together where its first one stands."""
    groups: dict[str, list[Workshop]] = {}
    for workshop in workshops:
        groups.setdefault(workshop.series or workshop.id, []).append(workshop)
    return list(groups.values())
