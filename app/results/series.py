"""What came of the workshops around this one: its series, the one it follows, those that follow it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import FIRST, Commitment
from app.core.participant import Participant
from app.core.workshop import WITHOUT_SCRIPT, Workshop


@dataclass(frozen=True, slots=True)
class Relative:
    """Another workshop of the same trainer, with how many came and how many commitments they made."""

    workshop: Workshop
    came: int
    committed: int


@dataclass(frozen=True, slots=True)
class Series:
    """Each in the order of their start. `teams` are the other workshops that were copied from one another."""

    teams: tuple[Relative, ...]
    follows: Relative | None
    returns: tuple[Relative, ...]


async def series_of(session: AsyncSession, workshop: Workshop) -> Series:
    kin = or_(
        col(Workshop.id) == workshop.follows_id,
        col(Workshop.follows_id) == workshop.id,
        (col(Workshop.series) == workshop.series) & (col(Workshop.series) != ""),
    )
    own = (col(Workshop.trainer_id) == workshop.trainer_id) & (col(Workshop.id) != workshop.id)
    statement = select(Workshop).where(kin, own).order_by(col(Workshop.starts_at), col(Workshop.id))
    found = (await session.exec(statement.options(WITHOUT_SCRIPT))).all()
    ids = [each.id for each in found]
    came = await _counted(session, Participant, ids, col(Participant.removed_at).is_(None))
    committed = await _counted(session, Commitment, ids, col(Commitment.withdrawn).is_(False), *FIRST)
    relatives = [Relative(each, came.get(each.id, 0), committed.get(each.id, 0)) for each in found]
    return Series(
        tuple(each for each in relatives if workshop.series and each.workshop.series == workshop.series),
        next((each for each in relatives if each.workshop.id == workshop.follows_id), None),
        tuple(each for each in relatives if each.workshop.follows_id == workshop.id),
    )


async def _counted(session: AsyncSession, table: type[Any], ids: Iterable[str], *conditions: Any) -> dict[str, int]:
    """How many rows of the table by workshop."""
    counted = select(table.workshop_id, func.count()).where(table.workshop_id.in_(ids), *conditions)
    return dict((await session.exec(counted.group_by(table.workshop_id))).all())
