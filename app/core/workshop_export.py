"""One workshop as a trainer may take it along: what the group made and said, without names, addresses or outcomes."""

from collections.abc import Sequence
from typing import Any, cast

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.kind import KINDS
from app.core.lasting import FIRST, Commitment, Condition, Gap, Need, Opgave, Party
from app.core.moving import activities_of
from app.core.organisation import Organisation
from app.core.settling import shown_entries
from app.core.workshop import Activity, Workshop

FORMAT = 1


async def export_workshop(session: AsyncSession, workshop: Workshop) -> dict[str, Any]:
    """JSON that says what it is. Texts stand in alphabetical order, which tells nothing about who wrote them; what
    people will do is told only where at least k committed, and never what became of it."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    gap = await session.get(Gap, workshop.id)
    return {
        "format": FORMAT,
        "workshop": _about(workshop),
        "organisation": organisation.name,
        "script": workshop.script,
        "opgave": [{"nl": each.text, "en": each.text_en} for each in await _rows(session, Opgave, workshop.id)],
        "parties": [
            {"name": each.name, "goal": each.goal, "stands": each.stands}
            for each in await _rows(session, Party, workshop.id)
        ],
        "gap": {"now": gap.now, "wanted": gap.wanted, "people": gap.count} if gap else None,
        "needs": [_need(each) for each in await _rows(session, Need, workshop.id)],
        "conditions": _sorted(_condition(each) for each in await _rows(session, Condition, workshop.id)),
        "activities": [await _activity(session, each) for each in await activities_of(session, workshop.id)],
        "commitments": await _commitments(session, workshop.id, organisation.k),
    }


def _about(workshop: Workshop) -> dict[str, Any]:
    return {
        "title": workshop.title,
        "language": workshop.language,
        "time_zone": workshop.time_zone,
        "starts_at": workshop.starts_at.isoformat(),
        "minutes": workshop.minutes,
        "place": workshop.place,
        "why": workshop.why,
        "tables": workshop.tables,
        "reading": workshop.reading,
        "texts_removed_at": workshop.emptied_at.isoformat() if workshop.emptied_at else None,
    }


async def _rows(session: AsyncSession, table: type[Any], workshop_id: str) -> Sequence[Any]:
    here = select(table).where(table.workshop_id == workshop_id, table.withdrawn.is_(False))
    found = cast(Sequence[SQLModel], (await session.exec(here)).all())
    return sorted(found, key=lambda row: (getattr(row, "version", getattr(row, "position", 0)), _words(row)))


def _words(row: Any) -> str:
    return str(getattr(row, "text", "") or getattr(row, "name", "")).casefold()


def _need(need: Need) -> dict[str, Any]:
    names = ("type", "text", "dots", "size", "source", "stops", "needed", "available", "settled")
    return {name: getattr(need, name) for name in names}


def _condition(condition: Condition) -> dict[str, Any]:
    return {name: getattr(condition, name) for name in ("type", "text", "owner", "by_date", "status")}


async def _activity(session: AsyncSession, activity: Activity) -> dict[str, Any]:
    """Its question, and the cards as the trainer's screen shows them."""
    kind = KINDS[activity.kind]
    cards = await shown_entries(session, activity)
    texts = [each.text or kind.card_text(each.entry) or "" for each in cards if not each.hidden]
    return {
        "step": activity.step,
        "key": activity.key,
        "kind": activity.kind,
        "question": activity.spec.get("question"),
        "texts": sorted((text for text in texts if text), key=str.casefold),
    }


async def _commitments(session: AsyncSession, workshop_id: str, k: int) -> dict[str, Any]:
    here = col(Commitment.workshop_id) == workshop_id, col(Commitment.withdrawn).is_(False)
    made = (await session.exec(select(Commitment).where(*here, *FIRST))).all()
    told = len({each.participant_id for each in made}) >= k
    return {
        "count": len(made),
        "acts": sorted((each.act for each in made if each.act), key=str.casefold) if told else [],
    }


def _sorted(rows: Any) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["text"]).casefold())
