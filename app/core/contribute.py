"""The one path of every tap: guard, upsert, hand on, in one transaction."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.advancing import advance
from app.core.contribution import Contribution
from app.core.errors import NotFound, Refused
from app.core.handing_on import drop_need, hand_on, take_back
from app.core.kind import KINDS, Entry, Kind, Surroundings
from app.core.opening import ensure_takes
from app.core.opgaven import present_opgave
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.upsert import insert
from app.core.workshop import WITHOUT_SCRIPT, Activity, Workshop
from app.texts import gettext_noop as N_

# Statements of the hot path are built once: SQLAlchemy takes longer to build than to run them.
_ACTIVITY = (
    select(Workshop, Activity)
    .join(Activity, col(Activity.workshop_id) == col(Workshop.id))
    .where(col(Activity.id) == bindparam("activity"), col(Workshop.id) == bindparam("workshop"))
    .options(WITHOUT_SCRIPT)
)
_OWN = select(Contribution.slot, Contribution.entry).where(
    col(Contribution.activity_id) == bindparam("activity"),
    col(Contribution.participant_id) == bindparam("participant"),
    col(Contribution.withdrawn).is_(False),
)


async def contribute(
    session: AsyncSession, participant: Participant, activity_id: str, form: Mapping[str, Any], key: str
) -> str:
    """Store what this participant says; a second tap in the slot replaces the first. Returns the contribution's id.

    Raises NotFound for an activity of another workshop, Closed, or Refused with the reason for the person.
    """
    rev = await advance(session, participant.workshop_id)
    workshop, activity = await _activity(session, participant.workshop_id, activity_id)
    kind = KINDS[activity.kind]
    ensure_takes(workshop, activity, kind, clock.at(workshop))
    spec = kind.Spec.model_validate(activity.spec)
    entry = kind.parse(form)
    if spec.by_table and workshop.tables and not participant.has_pen and kind.needs_pen(entry):
        raise Refused(N_("One phone writes for your table. Take the pen under More, or say it to who has it."))
    mine = await own_entries(session, activity, participant.id)
    slot = kind.slot(entry, key)
    kind.allow(spec, {name: value for name, value in mine.items() if name != slot}, entry)
    if kind.completes:
        entry = kind.complete(spec, mine, entry, await _surroundings(session, workshop, participant))
    identity = await _upsert(session, activity, participant.id, slot, entry, rev)
    draft = kind.hand_on(spec, entry)
    if draft is not None:
        await hand_on(session, workshop, participant, identity, draft, rev)
    elif slot in mine and kind.hands:
        await drop_need(session, identity, rev)
    return identity


async def withdraw(session: AsyncSession, participant: Participant, contribution_id: str) -> None:
    """Take an own contribution back: marked, never deleted. Raises NotFound for somebody else's."""
    rev = await advance(session, participant.workshop_id)
    contribution = await session.get(Contribution, contribution_id)
    if contribution is None or contribution.participant_id != participant.id:
        raise NotFound(N_("This answer is not here any more."))
    workshop, activity = await _activity(session, participant.workshop_id, contribution.activity_id)
    ensure_takes(workshop, activity, KINDS[activity.kind], clock.at(workshop))
    contribution.withdrawn, contribution.rev = True, rev
    session.add(contribution)
    await take_back(session, contribution_id, rev)


async def own_entries(session: AsyncSession, activity: Activity, participant_id: str) -> dict[str, Entry]:
    """What this participant said in this activity, by slot; withdrawn and unreadable ones left out."""
    kind: Kind[Any, Any] = KINDS[activity.kind]
    rows = await session.exec(_OWN, params={"activity": activity.id, "participant": participant_id})
    return {slot: kind.Entry.model_validate(entry) for slot, entry in rows.all()}


async def _activity(session: AsyncSession, workshop_id: str, activity_id: str) -> tuple[Workshop, Activity]:
    row = (await session.exec(_ACTIVITY, params={"activity": activity_id, "workshop": workshop_id})).first()
    if row is None:
        raise NotFound(N_("This question is not part of this workshop."))
    return row


async def _surroundings(session: AsyncSession, workshop: Workshop, participant: Participant) -> Surroundings:
    opgave = await present_opgave(session, workshop.id)
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    return Surroundings(
        language=participant.language,
        opgave=opgave.in_(participant.language) if opgave else "",
        now=clock.at(workshop).astimezone(ZoneInfo(workshop.time_zone)),
        days_off=organisation.days_off(),
    )


async def _upsert(
    session: AsyncSession, activity: Activity, participant_id: str, slot: str, entry: Entry, rev: int
) -> str:
    values = {"entry": entry.model_dump(mode="json"), "withdrawn": False, "rev": rev}
    statement = (
        insert(session, Contribution)
        .values(
            id=ids.random_id(),
            workshop_id=activity.workshop_id,
            activity_id=activity.id,
            participant_id=participant_id,
            slot=slot,
            created_at=clock.now(),
            **values,
        )
        .on_conflict_do_update(index_elements=["activity_id", "participant_id", "slot"], set_=values)
        .returning(col(Contribution.id))
    )
    return str((await session.exec(statement)).scalar_one())
