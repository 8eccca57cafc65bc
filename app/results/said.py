"""What people said in the room: the literal question of S10, and where the opgave stood."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contribution import Contribution
from app.core.participant import Participant
from app.core.workshop import Activity
from app.results.follow_through import Said

YES, DIFFERENTLY = "yes", "differently"


async def said_in(session: AsyncSession, workshop_ids: Sequence[str]) -> dict[str, Said]:
    """The answers to the literal question, by workshop; without those of who was removed."""
    polls = await _activities(session, workshop_ids, "poll")
    asked = [each.id for each in polls if each.spec.get("literal") and YES in _keys(each.spec)]
    found: dict[str, Said] = {}
    for workshop_id, _, entry in await _entries(session, asked):
        pick = entry.get("pick")
        one = Said(int(pick == YES), int(pick == DIFFERENTLY), 1)
        found[workshop_id] = found.get(workshop_id, Said()) + one
    return found


async def placed_now(session: AsyncSession, workshop_id: str) -> dict[str, int]:
    """Where each person put *now* when the gap was settled, 0 to 10."""
    scales = await _activities(session, [workshop_id], "scale")
    settling = [each.id for each in scales if each.spec.get("settles")]
    found = await _entries(session, settling[-1:])
    return {person: entry["values"]["now"] for _, person, entry in found if "now" in entry.get("values", {})}


def _keys(spec: dict[str, Any]) -> list[str]:
    return [str(option.get("key")) for option in spec.get("options", ())]


async def _activities(session: AsyncSession, workshop_ids: Sequence[str], kind: str) -> Sequence[Activity]:
    here = col(Activity.workshop_id).in_(workshop_ids), col(Activity.kind) == kind
    return (await session.exec(select(Activity).where(*here).order_by(col(Activity.position)))).all()


async def _entries(session: AsyncSession, activity_ids: Sequence[str]) -> Sequence[tuple[str, str, dict[str, Any]]]:
    """(workshop, participant, entry) of what stands there now."""
    if not activity_ids:
        return ()
    statement = (
        select(Contribution.workshop_id, Contribution.participant_id, Contribution.entry)
        .join(Participant, col(Participant.id) == col(Contribution.participant_id))
        .where(col(Contribution.activity_id).in_(activity_ids), col(Contribution.withdrawn).is_(False))
        .where(col(Participant.removed_at).is_(None), col(Participant.merged_into).is_(None))
    )
    return [(at, person, dict(entry)) for at, person, entry in (await session.exec(statement)).all()]
