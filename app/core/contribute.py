"""The one path of every tap: guard, upsert, hand on, in one transaction."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import bindparam
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.advancing import advance
from app.core.contribution import Contribution, Said
from app.core.errors import NotFound, Refused
from app.core.handing_on import drop_need, hand_on, take_back
from app.core.kind import KINDS
from app.core.opening import ensure_takes
from app.core.opgaven import present_opgave
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.scene import Scene, scene, scene_at
from app.core.surroundings import Surroundings
from app.core.upsert import put
from app.core.workshop import Activity, Workshop
from app.hot import Hot
from app.texts import gettext_noop as N_

log = structlog.get_logger()
# On the bare table, without an object a row: this is read at every tap.
_ROWS: Any = vars(Contribution)["__table__"]
_OWN = Hot(
    select(*(_ROWS.c[name] for name in Said._fields))
    .where(
        _ROWS.c.activity_id == bindparam("activity"),
        _ROWS.c.participant_id == bindparam("participant"),
        _ROWS.c.withdrawn.is_(False),
    )
    .order_by(_ROWS.c.created_at, _ROWS.c.id)
)


async def contribute(
    session: AsyncSession, participant: Participant, activity_id: str, form: Mapping[str, Any], key: str
) -> str:
    """Store what this participant says; a second tap in the slot replaces the first. Returns the contribution's id.

    Raises NotFound for an activity of another workshop, Closed, or Refused with the reason for the person.
    """
    return (await answer(session, participant, activity_id, form, key)).id


class Stored(NamedTuple):
    """The contribution that was kept, who said it where, and all that this person has said in the activity now."""

    id: str
    workshop: Workshop
    participant: Participant
    said: list[Said]


async def answer(
    session: AsyncSession, participant: Participant, activity_id: str, form: Mapping[str, Any], key: str
) -> Stored:
    """`contribute`, and what the phone's own part is drawn from."""
    rev = await advance(session, participant.workshop_id)
    return await _keep(session, await scene(session, rev, participant, activity_id), form, key)


async def answer_at(
    session: AsyncSession, code: str, browser: str, activity_id: str, form: Mapping[str, Any], key: str
) -> Stored:
    """The same for who this browser (hash of its cookie) is in the workshop with this code: as few statements as a tap
    can do with. Raises NotFound when that is nobody."""
    return await _keep(session, await scene_at(session, code, browser, activity_id), form, key)


async def _keep(session: AsyncSession, here: Scene, form: Mapping[str, Any], key: str) -> Stored:
    workshop, participant, activity, rev = here.workshop, here.participant, here.activity, here.rev
    kind = KINDS[activity.kind]
    ensure_takes(workshop, activity, kind, clock.at(workshop))
    spec = kind.Spec.model_validate(activity.spec)
    entry = kind.parse(form)
    if spec.by_table and workshop.tables and not participant.has_pen and kind.needs_pen(entry):
        raise Refused(N_("One phone writes for your table. Take the pen under More, or say it to who has it."))
    said = {each.slot: each for each in here.said}
    mine = {each.slot: kind.Entry.model_validate(each.entry) for each in said.values()}
    slot = kind.slot(entry, key)
    kind.allow(spec, {name: value for name, value in mine.items() if name != slot}, entry)
    if kind.completes:
        entry = kind.complete(spec, mine, entry, await _surroundings(session, workshop, participant))
    former = said.get(slot)
    new = Said("", participant.id, slot, entry.model_dump(mode="json"), former.created_at if former else clock.now())
    identity = await _upsert(session, activity, new, rev)
    said[slot] = new._replace(id=identity)
    try:
        draft = kind.hand_on(spec, entry)
    except Refused:  # words for the person, as from every other verb
        raise
    except Exception:
        log.exception("a kind cannot hand on: the answer is kept as it is", kind=kind.name)
        return Stored(identity, workshop, participant, list(said.values()))
    if draft is not None:
        participant = await session.get_one(Participant, participant.id)
        await hand_on(session, workshop, participant, identity, draft, rev)
    elif slot in mine and kind.hands:
        await drop_need(session, identity, rev)
    return Stored(identity, workshop, participant, list(said.values()))


async def withdraw(session: AsyncSession, participant: Participant, contribution_id: str) -> None:
    """Take an own contribution back: marked, never deleted. Raises NotFound for somebody else's."""
    rev = await advance(session, participant.workshop_id)
    contribution = await session.get(Contribution, contribution_id)
    if contribution is None or contribution.participant_id != participant.id:
        raise NotFound(N_("This answer is not here any more."))
    here = await scene(session, rev, participant, contribution.activity_id)
    ensure_takes(here.workshop, here.activity, KINDS[here.activity.kind], clock.at(here.workshop))
    contribution.withdrawn, contribution.rev = True, rev
    session.add(contribution)
    await take_back(session, contribution_id, rev)


async def own(session: AsyncSession, activity_id: str, participant_id: str) -> list[Said]:
    """What this participant said in this activity and did not take back, in the order in which it was first sent."""
    found = await _OWN.rows(session, activity=activity_id, participant=participant_id)
    return [Said(*row) for row in found]


async def _surroundings(session: AsyncSession, workshop: Workshop, participant: Participant) -> Surroundings:
    opgave = await present_opgave(session, workshop.id)
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    return Surroundings(
        language=participant.language,
        opgave=opgave.in_(participant.language) if opgave else "",
        now=clock.at(workshop).astimezone(ZoneInfo(workshop.time_zone)),
        days_off=organisation.days_off(),
    )


async def _upsert(session: AsyncSession, activity: Activity, said: Said, rev: int) -> str:
    statement = put(session, Contribution, ("activity_id", "participant_id", "slot"), ("entry", "withdrawn", "rev"))
    row = said._asdict() | {
        "id": ids.random_id(),
        "workshop_id": activity.workshop_id,
        "activity_id": activity.id,
        "withdrawn": False,
        "rev": rev,
    }
    return str((await statement.rows(session, **row))[0][0])
