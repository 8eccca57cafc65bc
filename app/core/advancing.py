"""The revision of a workshop: taken first in every verb, under its row lock, so that revs commit in order."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.errors import NotFound
from app.core.workshop import Workshop
from app.db import tell
from app.texts import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Moved:
    """Workshop `workshop_id` is at revision `rev`. Told after commit; never content."""

    workshop_id: str
    rev: int


# On the bare table: an update through the mapper costs a tap three times as much.
_ROWS: Any = vars(Workshop)["__table__"]
_NEXT = update(_ROWS).values(rev=_ROWS.c.rev + 1).returning(_ROWS.c.id, _ROWS.c.rev)
_NEXT_OF_ID = _NEXT.where(_ROWS.c.id == bindparam("workshop"))
_NEXT_OF_CODE = _NEXT.where(_ROWS.c.code == bindparam("joined"))


async def advance(session: AsyncSession, workshop_id: str) -> int:
    """The next revision of the workshop. Rows that this transaction changes carry it."""
    row = (await session.exec(_NEXT_OF_ID, params={"workshop": workshop_id})).first()
    if row is None:
        raise NotFound(N_("This workshop does not exist any more."))
    return _told(session, row)


async def advance_by_code(session: AsyncSession, code: str) -> tuple[str, int]:
    """The same, by the join code: the id of the workshop and its next revision."""
    row = (await session.exec(_NEXT_OF_CODE, params={"joined": code})).first()
    if row is None:
        raise NotFound(N_("There is no workshop with this code. Look at the screen and type it again."), field="code")
    return row.id, _told(session, row)


def _told(session: AsyncSession, row: Any) -> int:
    rev = int(row.rev)
    tell(session, Moved(row.id, rev))
    return rev
