"""What the room looks at: timer, blank, a screen that stands still, one card in the light, phones that look up."""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.contribution import Contribution
from app.core.errors import NotFound
from app.core.workshop import Stage, Workshop
from app.texts import gettext_noop as N_

MOST_TIMER = timedelta(hours=3)


async def set_timer(session: AsyncSession, workshop_id: str, seconds: int) -> None:
    """Add `seconds` to the timer (negative: take off); a timer that has run out or was off starts from now."""
    stage, workshop = await _stage(session, workshop_id), await session.get_one(Workshop, workshop_id)
    now = clock.at(workshop)
    start = max(stage.timer_ends_at or now, now)
    ends = min(start + timedelta(seconds=seconds), now + MOST_TIMER)
    stage.timer_ends_at = ends if ends > now else None


async def set_blank(session: AsyncSession, workshop_id: str, blank: bool) -> None:
    (await _stage(session, workshop_id)).blank = blank


async def set_still(session: AsyncSession, workshop_id: str, still: bool) -> None:
    """Freeze the projector: what is sent from now on waits. Or let it all come."""
    (await _stage(session, workshop_id)).frozen_at = clock.now() if still else None


async def set_look_up(session: AsyncSession, workshop_id: str, look_up: bool) -> None:
    """Have the phones ask for attention, or be themselves again."""
    (await _stage(session, workshop_id)).look_up = look_up


async def spotlight(session: AsyncSession, workshop_id: str, contribution_id: str) -> None:
    """One card large on the projector; an empty id puts the wall back. Raises NotFound for a card of elsewhere."""
    stage = await _stage(session, workshop_id)
    card = await session.get(Contribution, contribution_id) if contribution_id else None
    if contribution_id and (card is None or card.workshop_id != workshop_id):
        raise NotFound(N_("This card is not part of this workshop."))
    stage.spotlight = contribution_id or None


async def turn_page(session: AsyncSession, workshop_id: str, page: int) -> None:
    """Which cards the wall shows: 0 for the newest, from 1 on all of them in their order."""
    (await _stage(session, workshop_id)).page = max(0, min(page, 999))


async def _stage(session: AsyncSession, workshop_id: str) -> Stage:
    await advance(session, workshop_id)
    stage = await session.get_one(Stage, workshop_id)
    session.add(stage)
    return stage
