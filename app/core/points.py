"""The points of the letter: made from the conditions of a workshop, worded and ordered by the trainer."""

import re
from collections.abc import Sequence

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.board import NOBODY, owners
from app.core.conditions_letter import ConditionsLetter, Point, PointAnswer
from app.core.errors import Closed, NotFound
from app.core.participant import Participant
from app.core.planning import work_pattern
from app.core.point_sources import Source, sources_of
from app.core.trainer_planning import later_days
from app.core.workshop import Activity, Status, Workshop
from app.texts import gettext_noop as N_

MOST = 5
"""Points that the letter asks about; the others go into the annex."""


async def points_of(session: AsyncSession, workshop_id: str) -> Sequence[Point]:
    """All points, the five of the letter first, then the annex; those taken out too."""
    statement = select(Point).where(col(Point.workshop_id) == workshop_id)
    return (await session.exec(statement.order_by(col(Point.in_annex), col(Point.position), col(Point.id)))).all()


async def letter_of(session: AsyncSession, workshop: Workshop) -> ConditionsLetter:
    """The letter, or what it begins as: the answers are heard in the letter of a week later."""
    known = await session.get(ConditionsLetter, workshop.id)
    heard = later_days(workshop, await work_pattern(session, workshop, None))[0]
    return known or ConditionsLetter(workshop_id=workshop.id, answer_by=heard)


async def make_points(session: AsyncSession, workshop_id: str) -> None:
    """A point for each condition and unsettled need that has none yet; equal and merged ones are one point.

    What most people named comes first. What was promised in the room comes in as promised, without a name.
    """
    workshop, rev = await unsent(session, workshop_id)
    await drop_points_without_source(session, workshop_id, rev)
    known = await points_of(session, workshop_id)
    taken = {each for point in known for each in point.condition_ids}
    labels = owners((await session.exec(select(Activity).where(col(Activity.workshop_id) == workshop_id))).all())
    names = await names_in(session, workshop_id)
    free = MOST - sum(not point.in_annex and not point.withdrawn for point in known)
    last = max((point.position for point in known), default=-1)
    for source in await sources_of(session, workshop_id):
        if taken & set(source.ids):
            _grow(session, known, source, rev)
            continue
        last += 1
        asks = free > 0 and not source.promised and not source.is_need
        free -= asks
        owner = labels.get(source.owner, {}).get(workshop.language, source.owner)
        point = Point(
            workshop_id=workshop_id,
            position=last,
            text=source.text,
            type=source.type,
            size=source.size,
            owner="" if source.owner == NOBODY or found_names(owner, names) else owner,
            by_date=source.by_date,
            condition_ids=list(source.ids),
            named_by=source.named_by,
            in_annex=not asks,
            withdrawn=source.is_need,
            rev=rev,
        )
        session.add(point)
        await session.flush()
        if source.promised:
            session.add(_in_the_room(workshop, point, rev))
    session.add(await letter_of(session, workshop))


async def drop_points_without_source(session: AsyncSession, workshop_id: str, rev: int) -> None:
    """What its author or the trainer took off, and a need that was settled, is no point any more."""
    live = {each for source in await sources_of(session, workshop_id) for each in source.ids}
    for point in await points_of(session, workshop_id):
        if not point.withdrawn and not live & set(point.condition_ids):
            point.withdrawn, point.rev = True, rev
            session.add(point)


def _grow(session: AsyncSession, known: Sequence[Point], source: Source, rev: int) -> None:
    """A card that came later says the same: it counts with the point that stands."""
    point = next(each for each in known if set(each.condition_ids) & set(source.ids))
    if not set(source.ids) <= set(point.condition_ids) or point.named_by != source.named_by:
        point.condition_ids = sorted({*point.condition_ids, *source.ids})
        point.named_by, point.rev = source.named_by, rev
        session.add(point)


def _in_the_room(workshop: Workshop, point: Point, rev: int) -> PointAnswer:
    return PointAnswer(
        workshop_id=workshop.id,
        point_id=point.id,
        answer="arranged",
        source="room",
        published_at=clock.at(workshop),
        created_at=clock.at(workshop),
        rev=rev,
    )


async def names_in(session: AsyncSession, workshop_id: str) -> tuple[str, ...]:
    found = select(Participant.name).where(col(Participant.workshop_id) == workshop_id, col(Participant.name) != "")
    return tuple((await session.exec(found.distinct())).all())


def found_names(text: str, names: Sequence[str]) -> list[str]:
    """Which names stand in a text as whole words, written like names."""
    return [name for name in names if len(name) > 1 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


async def count_people(session: AsyncSession, workshop_id: str) -> int:
    """The people in the room: the `22` of *9 of 22*."""
    there = select(func.count()).where(
        col(Participant.workshop_id) == workshop_id,
        col(Participant.removed_at).is_(None),
        col(Participant.merged_into).is_(None),
    )
    return int((await session.exec(there)).one())


async def this_point(session: AsyncSession, workshop_id: str, point_id: str) -> Point:
    point = await session.get(Point, point_id)
    if point is None or point.workshop_id != workshop_id:
        raise NotFound(N_("This point is not in the letter any more."))
    return point


async def unsent(session: AsyncSession, workshop_id: str) -> tuple[Workshop, int]:
    """The workshop and its next revision. Raises Closed once the letter went, and before the workshop."""
    rev = await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    letter = await session.get(ConditionsLetter, workshop_id)
    if letter is not None and letter.approved_at is not None:
        raise Closed(N_("The letter went already. What comes in now is shown below."))
    if workshop.status == Status.DRAFT:
        raise Closed(N_("The points come from the workshop. It has not begun yet."))
    return workshop, rev
