"""Everything that is kept about one person, for that person: as rows by table, and nothing of anybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contribution import Contribution
from app.core.errors import NotFound
from app.core.lasting import CheckIn, Commitment
from app.core.own_parts import PARTS, Part
from app.core.participant import Participant
from app.core.workshop import Activity, Workshop
from app.texts import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of one part, each field as it is stored; moments are in UTC."""

    part: Part
    rows: tuple[dict[str, Any], ...]


async def own_data(session: AsyncSession, participant_id: str) -> tuple[Told, ...]:
    """Every part in its order, with no rows where there is nothing. Raises NotFound for nobody."""
    if await session.get(Participant, participant_id) is None:
        raise NotFound(N_("This link does not work any more."))
    steps = await _steps(session, participant_id)
    return tuple([Told(part, await _rows(session, part, participant_id, steps)) for part in PARTS])


def as_json(told: Sequence[Told], workshop: Workshop) -> dict[str, Any]:
    """What `json.dumps` takes."""
    return {
        "workshop": {"title": workshop.title, "starts_at": _plain(workshop.starts_at)},
        **{each.part.name: [{key: _plain(value) for key, value in row.items()} for row in each.rows] for each in told},
    }


async def _rows(
    session: AsyncSession, part: Part, participant_id: str, steps: Mapping[str, dict[str, str]]
) -> tuple[dict[str, Any], ...]:
    found = (await session.exec(select(part.table).where(_whose(part.table, participant_id)))).all()
    rows = [(getattr(row, "activity_id", ""), {name: getattr(row, name) for name in part.fields}) for row in found]
    return tuple({**steps.get(activity, {}), **row} for activity, row in rows)


def _whose(table: Any, participant_id: str) -> ColumnElement[bool]:
    if table is Participant:
        return col(table.id) == participant_id
    if table is CheckIn:
        own = select(Commitment.id).where(col(Commitment.participant_id) == participant_id)
        return col(table.commitment_id).in_(own)
    return col(table.participant_id) == participant_id


async def _steps(session: AsyncSession, participant_id: str) -> dict[str, dict[str, str]]:
    """In which step, and in what way, each activity asked that this person answered."""
    asked = (
        select(Activity.id, Activity.step, Activity.kind)
        .join(Contribution, col(Contribution.activity_id) == col(Activity.id))
        .where(col(Contribution.participant_id) == participant_id)
    )
    return {activity: {"step": step, "kind": kind} for activity, step, kind in (await session.exec(asked)).all()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime | time) else value
