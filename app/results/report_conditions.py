"""The conditions of one workshop as a report tells them: who can arrange each, by when, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.board import NOBODY, owners
from app.core.lasting import Condition
from app.core.point_answers import PublishedAnswer, answers_for
from app.core.workshop import Activity, Workshop


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition. `owner` by language; `answer` is the last one that was published about it."""

    text: str
    type: str
    owner: dict[str, str]
    by_date: str
    status: str
    answer: PublishedAnswer | None


async def conditions_of(
    session: AsyncSession, workshop: Workshop, activities: Sequence[Activity]
) -> tuple[ConditionLine, ...]:
    here = select(Condition).where(col(Condition.workshop_id) == workshop.id, col(Condition.withdrawn).is_(False))
    rows = (await session.exec(here)).all()
    offered, told = owners(activities), await answers_for(session, workshop.id)
    lines = [
        ConditionLine(
            row.text,
            row.type,
            offered.get(row.owner) or dict.fromkeys(("nl", "en"), "" if row.owner == NOBODY else row.owner),
            row.by_date,
            told[row.id].state if row.id in told else row.status,
            told[row.id].answer if row.id in told else None,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (not line.owner["nl"], line.text.casefold())))
