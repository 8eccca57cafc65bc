"""What of one workshop is newer than what somebody has seen, in as few statements as a beat can do with."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BigInteger, bindparam, exists, true, type_coerce
from sqlalchemy import select as bare
from sqlalchemy.types import NullType
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contribution import Contribution, Curation, Said
from app.core.deed import Deed
from app.core.lasting import CheckIn, Commitment, Condition, Gap, Need, Opgave, Party
from app.core.participant import Buddy, Participant
from app.core.script import Script
from app.core.workshop import WITHOUT_SCRIPT, Activity, Stage, Workshop
from app.hot import Hot

Row = TypeVar("Row", bound=SQLModel)
LASTING: tuple[type[Any], ...] = (Opgave, Party, Gap, Need, Condition, Commitment, CheckIn, Buddy, Deed)
READ: tuple[type[Any], ...] = (Activity, Participant, Curation, Contribution, *LASTING)


class Latest(NamedTuple):
    """`facts`: what stands in the rows of the workshop and its stage, but for the script and the revision. `fresh`: the
    tables that hold newer rows; most looks find some in one or two."""

    rev: int
    facts: tuple[Any, ...]
    fresh: set[type[Any]]


async def latest(session: AsyncSession, workshop_id: str, rev: int) -> Latest | None:
    """None when the workshop does not exist any more."""
    found = await _latest().rows(session, workshop=workshop_id, rev=rev)
    if not found:
        return None
    row = found[0]
    at = len(row) - len(READ)
    fresh = {table for table, is_fresh in zip(READ, row[at:], strict=True) if is_fresh}
    return Latest(row[0], tuple(row[1:at]), fresh)


async def present(session: AsyncSession, workshop_id: str) -> tuple[Workshop, Stage] | None:
    """The workshop without its script, and where its room looks. None when it does not exist any more."""
    here = select(Workshop, Stage).join(Stage).where(col(Workshop.id) == workshop_id)
    return (await session.exec(here.options(WITHOUT_SCRIPT))).first()


async def script_of(session: AsyncSession, workshop_id: str) -> Script:
    """As it was frozen."""
    frozen = select(Workshop.script).where(col(Workshop.id) == workshop_id)
    return Script.model_validate((await session.exec(frozen)).one())


async def newer(session: AsyncSession, table: type[Row], workshop_id: str, rev: int) -> Sequence[Row]:
    """The rows of `table` that changed after `rev`."""
    return list((await session.exec(_newer(table), params={"workshop": workshop_id, "rev": rev})).all())


async def newly_said(session: AsyncSession, workshop_id: str, rev: int) -> Sequence[tuple[str, bool, Said]]:
    """The contributions that changed after `rev`: each with its activity, and whether it was taken back."""
    found = await _newly_said().rows(session, workshop=workshop_id, rev=rev)
    return [(activity_id, withdrawn, Said(*said)) for activity_id, withdrawn, *said in found]


# Statements are built once: that takes longer than to run them.
@cache
def _latest() -> Hot:
    """On the bare tables, and without types: a room asks this ten times a second, and only compares what comes. The
    revision is bound once, not for each table: every bound value costs as much as a column."""
    workshops, stages = (vars(each)["__table__"] for each in (Workshop, Stage))
    facts = [type_coerce(each, NullType()) for each in (*workshops.c, *stages.c) if each.name not in ("rev", "script")]
    seen = bare(bindparam("rev", type_=BigInteger).label("rev")).subquery("seen")
    news = (exists().where(table.workshop_id == workshops.c.id, table.rev > seen.c.rev) for table in READ)
    here = workshops.join(stages, workshops.c.id == stages.c.workshop_id).join(seen, true())
    looked = bare(workshops.c.rev, *facts, *news).select_from(here)
    return Hot(looked.where(workshops.c.id == bindparam("workshop")))


@cache
def _newer(table: type[Any]) -> Any:
    return select(table).where(table.workshop_id == bindparam("workshop"), table.rev > bindparam("rev"))


@cache
def _newly_said() -> Hot:
    """On the bare table: a screen holds what was said, and there are as many objects as answers."""
    of = vars(Contribution)["__table__"].c
    said = [of[name] for name in Said._fields]
    newer = (of.workshop_id == bindparam("workshop"), of.rev > bindparam("rev"))
    return Hot(bare(of.activity_id, of.withdrawn, *said).where(*newer))
