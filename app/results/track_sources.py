"""What the track record counts beside the acts, by workshop: one query each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import CheckIn, Condition, LaterCheckIn
from app.core.letter import PlannedLetter
from app.core.participant import Participant
from app.core.text import Text
from app.core.workshop import Activity, Phase, Workshop
from app.results.rates import Rate


@dataclass(frozen=True, slots=True)
class Response:
    """How many letters of one sort went, and to how many of them an answer came."""

    letter: str
    rate: Rate | None


async def response_by(session: AsyncSession, workshop_ids: Sequence[str]) -> tuple[Response, ...]:
    """For the check (m2), after a week (m3) and after four weeks (m4)."""
    check = col(CheckIn.commitment_id) == col(PlannedLetter.commitment_id)
    told = and_(
        col(LaterCheckIn.participant_id) == col(PlannedLetter.participant_id),
        col(LaterCheckIn.letter) == col(PlannedLetter.letter),
    )
    statement = (
        select(
            PlannedLetter.letter,
            func.count(),
            func.count(col(CheckIn.commitment_id)),
            func.count(col(LaterCheckIn.participant_id)),
        )
        .select_from(PlannedLetter)
        .join(CheckIn, check, isouter=True)
        .join(LaterCheckIn, told, isouter=True)
        .where(col(PlannedLetter.workshop_id).in_(workshop_ids), col(PlannedLetter.state) == "sent")
        .where(col(PlannedLetter.letter).in_(("m2", "m3", "m4")))
        .group_by(PlannedLetter.letter)
    )
    sent = {letter: (n, done, later) for letter, n, done, later in (await session.exec(statement)).all()}
    found = []
    for letter in ("m2", "m3", "m4"):
        n, done, later = sent.get(letter, (0, 0, 0))
        found.append(Response(letter, Rate(done if letter == "m2" else later, n) if n else None))
    return tuple(found)


async def people_by(session: AsyncSession, workshop_ids: Sequence[str]) -> dict[str, int]:
    """Who was in the room."""
    statement = (
        select(Participant.workshop_id, func.count())
        .where(col(Participant.workshop_id).in_(workshop_ids))
        .where(col(Participant.removed_at).is_(None), col(Participant.merged_into).is_(None))
        .group_by(Participant.workshop_id)
    )
    return dict((await session.exec(statement)).all())


async def scripts_by(session: AsyncSession, workshop_ids: Sequence[str]) -> dict[str, tuple[str, Text]]:
    """The key and the title of the draaiboek that ran."""
    script = col(Workshop.script)
    statement = select(
        Workshop.id,
        script["key"].as_string(),
        script["title"]["nl"].as_string(),
        script["title"]["en"].as_string(),
    ).where(col(Workshop.id).in_(workshop_ids))
    return {each: (key, Text(nl=nl, en=en)) for each, key, nl, en in (await session.exec(statement)).all()}


async def steps_by(session: AsyncSession, workshop_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The steps that were opened, in the order of the draaiboek."""
    statement = (
        select(Activity.workshop_id, Activity.step)
        .where(col(Activity.workshop_id).in_(workshop_ids), col(Activity.skipped).is_(False))
        .where(col(Activity.phase) != Phase.WAITING)
        .order_by(col(Activity.position))
    )
    found: dict[str, dict[str, None]] = {}
    for workshop, step in (await session.exec(statement)).all():
        found.setdefault(workshop, {})[step.upper()] = None
    return {workshop: tuple(steps) for workshop, steps in found.items()}


async def conditions_by(session: AsyncSession, workshop_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """(met, all) conditions."""
    statement = (
        select(Condition.workshop_id, Condition.status, func.count())
        .where(col(Condition.workshop_id).in_(workshop_ids), col(Condition.withdrawn).is_(False))
        .group_by(Condition.workshop_id, Condition.status)
    )
    found: dict[str, tuple[int, int]] = {}
    for workshop, status, count in (await session.exec(statement)).all():
        met, n = found.get(workshop, (0, 0))
        found[workshop] = met + (count if status == "met" else 0), n + count
    return found
