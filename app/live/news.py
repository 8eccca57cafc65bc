"""What of one workshop is newer than what somebody has seen, in as few statements as a beat can do with."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, exists
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contribution import Contribution, Curation
from app.core.deed import Deed
from app.core.lasting import CheckIn, Commitment, Condition, Gap, Need, Opgave, Party
from app.core.participant import Buddy, Participant
from app.core.workshop import WITHOUT_SCRIPT, Activity, Stage, Workshop

Row = TypeVar("Row", bound=SQLModel)
LASTING: tuple[type[Any], ...] = (Opgave, Party, Gap, Need, Condition, Commitment, CheckIn, Buddy, Deed)
READ: tuple[type[Any], ...] = (Activity, Participant, Curation, Contribution, *LASTING)


class Latest(NamedTuple):
    """`fresh`: the tables that hold newer rows; most looks find some in one or two."""

    workshop: Workshop
    stage: Stage
    fresh: set[type[Any]]


async def latest(session: AsyncSession, workshop_id: str, rev: int) -> Latest | None:
    """None when the workshop does not exist any more."""
    row = (await session.exec(_latest(), params={"workshop": workshop_id, "rev": rev})).first()
    if row is None:
        return None
    workshop, stage, *news = row
    return Latest(workshop, stage, {table for table, is_fresh in zip(READ, news, strict=True) if is_fresh})


async def newer(session: AsyncSession, table: type[Row], workshop_id: str, rev: int) -> Sequence[Row]:
    """The rows of `table` that changed after `rev`."""
    return list((await session.exec(_newer(table), params={"workshop": workshop_id, "rev": rev})).all())


# Statements are built once: that takes longer than to run them.
@cache
def _latest() -> Any:
    workshop: Any = bindparam("workshop")
    rev: Any = bindparam("rev")
    news = (exists().where(table.workshop_id == workshop, table.rev > rev) for table in READ)
    present: Any = select(Workshop, Stage).join(Stage).where(col(Workshop.id) == workshop)
    return present.add_columns(*news).options(WITHOUT_SCRIPT)


@cache
def _newer(table: type[Any]) -> Any:
    return select(table).where(table.workshop_id == bindparam("workshop"), table.rev > bindparam("rev"))
