"""The revision of a workshop: taken first in every verb, under its row lock, so that revs commit in order."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.errors import NotFound
from app.core.workshop import Workshop
from app.db import tell
from app.hot import Hot
from app.texts import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Moved:
    """Workshop `workshop_id` is at revision `rev`. Told after commit; never content."""

    workshop_id: str
    rev: int


# On the bare table: an update through the mapper costs a tap three times as much.
_ROWS: Any = vars(Workshop)["__table__"]
_NEXT = update(_ROWS).values(rev=_ROWS.c.rev + 1).returning(_ROWS.c.id, _ROWS.c.rev)
_NEXT_OF_ID = Hot(_NEXT.where(_ROWS.c.id == bindparam("workshop")))
_NEXT_OF_CODE = Hot(_NEXT.where(_ROWS.c.code == bindparam("joined")))


async def advance(session: AsyncSession, workshop_id: str) -> int:
    """The next revision of the workshop. Rows that this transaction changes carry it."""
    found = await _NEXT_OF_ID.rows(session, workshop=workshop_id)
    if not found:
        raise NotFound(N_("This workshop does not exist any more."))
    return _told(session, *found[0])


async def advance_by_code(session: AsyncSession, code: str) -> tuple[str, int]:
    """The same, by the join code: the id of the workshop and its next revision."""
    found = await _NEXT_OF_CODE.rows(session, joined=code)
    if not found:
        raise NotFound(N_("There is no workshop with this code. Look at the screen and type it again."), field="code")
    return found[0][0], _told(session, *found[0])


def _told(session: AsyncSession, workshop_id: str, rev: int) -> int:
    tell(session, Moved(workshop_id, rev))
    return rev
