"""What a tap finds, under the lock of its workshop: who taps, at which question, and what that person said there."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance_by_code
from app.core.contribution import Contribution, Said
from app.core.errors import NotFound
from app.core.participant import Device, Participant
from app.core.workshop import WITHOUT_SCRIPT, Activity, Workshop
from app.texts import gettext_noop as N_


class Scene(NamedTuple):
    """`rev` is the revision of what this tap writes; `said` what was not taken back, in the order in which it came."""

    rev: int
    workshop: Workshop
    participant: Participant
    activity: Activity
    said: list[Said]


# Entries on the bare table, without an object a row; built once, which takes SQLAlchemy longer than to run it.
_ROWS: Any = vars(Contribution)["__table__"]
_SAID = [_ROWS.c[name] for name in Said._fields]
_SCENE: Any = (
    select(Workshop, Participant, Activity)
    .add_columns(*_SAID)
    .join(Participant, col(Participant.workshop_id) == col(Workshop.id))
    .join(Activity, and_(col(Activity.workshop_id) == col(Workshop.id), col(Activity.id) == bindparam("activity")))
    .outerjoin(
        _ROWS,
        and_(
            _ROWS.c.activity_id == col(Activity.id),
            _ROWS.c.participant_id == col(Participant.id),
            _ROWS.c.withdrawn.is_(False),
        ),
    )
    .order_by(_ROWS.c.created_at, _ROWS.c.id)
    .options(WITHOUT_SCRIPT)
)
_OF_PERSON = _SCENE.where(col(Participant.id) == bindparam("participant"))
_BY_BROWSER = _SCENE.join(
    Device, and_(col(Device.participant_id) == col(Participant.id), col(Device.workshop_id) == col(Workshop.id))
).where(
    col(Workshop.id) == bindparam("workshop"),
    col(Device.browser_hash) == bindparam("browser"),
    col(Participant.removed_at).is_(None),
    col(Participant.merged_into).is_(None),
)


async def scene(session: AsyncSession, rev: int, participant: Participant, activity_id: str) -> Scene:
    """`rev` was taken by `advance`. Raises NotFound for an activity of another workshop."""
    params = {"participant": participant.id, "activity": activity_id}
    found = await _found(session, rev, _OF_PERSON, params)
    if found is None:
        raise NotFound(N_("This question is not part of this workshop."))
    return found


async def scene_at(session: AsyncSession, code: str, browser: str, activity_id: str) -> Scene:
    """The same at a new revision of the workshop with this code, for who this browser is there: one look for all.

    Raises NotFound for nobody, for somebody who was removed or became one with another, and as `scene` does.
    """
    workshop_id, rev = await advance_by_code(session, code)
    params = {"workshop": workshop_id, "browser": browser, "activity": activity_id}
    found = await _found(session, rev, _BY_BROWSER, params)
    if found is None:
        raise NotFound(N_("You are not in this workshop yet. Open the page again and join."))
    return found


async def _found(session: AsyncSession, rev: int, statement: Any, params: Mapping[str, str]) -> Scene | None:
    rows = (await session.exec(statement, params=params)).all()
    if not rows:
        return None
    workshop, participant, activity, *_ = rows[0]
    return Scene(rev, workshop, participant, activity, [Said(*row[3:]) for row in rows if row[3]])
