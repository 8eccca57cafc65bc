"""The trainer's board: how much a need takes and where it comes from, who arranges a condition and by when."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.errors import NotFound, Refused
from app.core.lasting import Condition, Need
from app.core.text import one_line
from app.core.workshop import Activity
from app.texts import gettext_noop as N_

STATUSES = ("open", "promised", "met", "refused")
MOST_SIGNS = {"size": 80, "source": 120, "stops": 120, "owner": 80, "by_date": 40}
NOBODY = "nobody"
"""The owner of a condition that is out of everybody's reach."""


async def size_need(session: AsyncSession, workshop_id: str, need_id: str, size: str, source: str, stops: str) -> None:
    """How much it takes, where that comes from, and what stops for it."""
    rev = await advance(session, workshop_id)
    need = await _need(session, workshop_id, need_id)
    need.size, need.source, need.stops = _line("size", size), _line("source", source), _line("stops", stops)
    need.rev = rev
    session.add(need)


async def settle_need(session: AsyncSession, workshop_id: str, need_id: str, settled: bool) -> None:
    """Arranged on the spot, or after all not."""
    rev = await advance(session, workshop_id)
    need = await _need(session, workshop_id, need_id)
    need.settled, need.rev = settled, rev
    session.add(need)


async def set_condition(
    session: AsyncSession, workshop_id: str, condition_id: str, owner: str, by_date: str, status: str
) -> None:
    """Who arranges it, by when, and what came of that. An owner that was chosen on the card stays that choice when it
    comes back in words."""
    rev = await advance(session, workshop_id)
    condition = await session.get(Condition, condition_id)
    if condition is None or condition.workshop_id != workshop_id or condition.withdrawn:
        raise _gone()
    if status not in STATUSES:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="status")
    owner = _line("owner", owner)
    activities = await session.exec(select(Activity).where(col(Activity.workshop_id) == workshop_id))
    if owner not in owners(activities.all()).get(condition.owner, {}).values():
        condition.owner = owner
    condition.by_date, condition.status, condition.rev = _line("by_date", by_date), status, rev
    session.add(condition)


def owners(activities: Iterable[Activity]) -> dict[str, dict[str, str]]:
    """Who can arrange something, as the script lets people choose: key → label by language."""
    offered: list[dict[str, Any]] = [each for activity in activities for each in activity.spec.get("owners") or ()]
    return {each["key"]: each["label"] for each in offered}


async def _need(session: AsyncSession, workshop_id: str, need_id: str) -> Need:
    need = await session.get(Need, need_id)
    if need is None or need.workshop_id != workshop_id or need.withdrawn:
        raise _gone()
    return need


def _gone() -> NotFound:
    return NotFound(N_("This line is not on the board any more."))


def _line(field: str, typed: str) -> str:
    text = str(one_line(typed))
    if len(text) > MOST_SIGNS[field]:
        raise Refused(
            N_("That is too long. Use at most %(max_length)s signs."), field=field, max_length=MOST_SIGNS[field]
        )
    return text
