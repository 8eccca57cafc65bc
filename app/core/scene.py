"""What a tap finds, under the lock of its workshop: who taps, at which question, and what that person said there."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import and_, bindparam, select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance_by_code
from app.core.contribution import Contribution, Said
from app.core.errors import NotFound
from app.core.participant import Device, Participant
from app.core.workshop import Activity, Workshop
from app.hot import Hot
from app.texts import gettext_noop as N_

Read = TypeVar("Read", bound=SQLModel)


class Scene(NamedTuple):
    """`rev` is the revision of what this tap writes; `said` what was not taken back, in the order in which it came.

    The rows are to be read, the workshop without its script: no session knows them, and none takes them.
    """

    rev: int
    workshop: Workshop
    participant: Participant
    activity: Activity
    said: list[Said]


_W, _P, _A, _C, _D = (vars(each)["__table__"].c for each in (Workshop, Participant, Activity, Contribution, Device))
_WORKSHOP = [each for each in _W if each.name != "script"]  # some 20 KB of JSON that a tap does not read
_WORKSHOP_NAMES = [each.name for each in _WORKSHOP]
_PERSON_AT, _ACTIVITY_AT, _SAID_AT = accumulate((len(_WORKSHOP), len(_P), len(_A)))
_OWN = and_(_C.activity_id == _A.id, _C.participant_id == _P.id, _C.withdrawn.is_(False))
_SCENE = (
    select(*_WORKSHOP, *_P, *_A, *(_C[name] for name in Said._fields))
    .join_from(_W.id.table, _P.id.table, _P.workshop_id == _W.id)
    .join(_A.id.table, and_(_A.workshop_id == _W.id, _A.id == bindparam("activity")))
    .outerjoin(_C.id.table, _OWN)
    .order_by(_C.created_at, _C.id)
)
_OF_PERSON = Hot(_SCENE.where(_P.id == bindparam("participant")))
_BY_BROWSER = Hot(
    _SCENE.join(_D.browser_hash.table, and_(_D.participant_id == _P.id, _D.workshop_id == _W.id)).where(
        _W.id == bindparam("workshop"),
        _D.browser_hash == bindparam("browser"),
        _P.removed_at.is_(None),
        _P.merged_into.is_(None),
    )
)


async def scene(session: AsyncSession, rev: int, participant: Participant, activity_id: str) -> Scene:
    """`rev` was taken by `advance`. Raises NotFound for an activity of another workshop."""
    found = await _OF_PERSON.rows(session, participant=participant.id, activity=activity_id)
    if not found:
        raise NotFound(N_("This question is not part of this workshop."))
    return _scene(rev, found)


async def scene_at(session: AsyncSession, code: str, browser: str, activity_id: str) -> Scene:
    """The same at a new revision of the workshop with this code, for who this browser is there: one look for all.

    Raises NotFound for nobody, for somebody who was removed or became one with another, and as `scene` does.
    """
    workshop_id, rev = await advance_by_code(session, code)
    found = await _BY_BROWSER.rows(session, workshop=workshop_id, browser=browser, activity=activity_id)
    if not found:
        raise NotFound(N_("You are not in this workshop yet. Open the page again and join."))
    return _scene(rev, found)


def _scene(rev: int, found: list[tuple[Any, ...]]) -> Scene:
    one = found[0]
    said = [Said(*row[_SAID_AT:]) for row in found if row[_SAID_AT]]
    workshop = _to_read(Workshop, _WORKSHOP_NAMES, one)
    participant = _to_read(Participant, _P.keys(), one[_PERSON_AT:])
    return Scene(rev, workshop, participant, _to_read(Activity, _A.keys(), one[_ACTIVITY_AT:]), said)


def _to_read(table: type[Read], names: Sequence[str], values: tuple[Any, ...]) -> Read:
    """An object of the first values. Loading one through a session takes longer than all else that a tap asks."""
    made: Read = table.__new__(table)
    vars(made).update(zip(names, values, strict=False))
    return made
