"""One person is deleted: their words leave the points, and the count goes down."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.conditions_letter import ConditionsLetter, Point
from app.core.contribution import Contribution
from app.core.lasting import Condition, Need

NO_POINT_TEXTS = {"text": "", "size": "", "owner": "", "by_date": ""}


async def forget_in_points(session: AsyncSession, workshop_id: str, participant_id: str, rev: int) -> None:
    """Before the rows of this person are emptied. A point that others named too stands on, in the words of one of
    them where it had this person's own; one that nobody else named loses its words, and is withdrawn when the letter
    has not gone."""
    mine = await _of(session, workshop_id, participant_id)
    if not mine:
        return
    letter = await session.get(ConditionsLetter, workshop_id)
    gone = letter is not None and letter.approved_at is not None
    for point in (await session.exec(select(Point).where(col(Point.workshop_id) == workshop_id))).all():
        said = [mine[each] for each in point.condition_ids if each in mine]
        if not said:
            continue
        others = select(Condition).where(col(Condition.id).in_(set(point.condition_ids) - mine.keys()))
        rest = [each for each in (await session.exec(others)).all() if each.text and each.participant_id]
        point.named_by = len({each.participant_id for each in rest})
        point.condition_ids = sorted(each.id for each in rest)
        if not rest:
            for field, nothing in NO_POINT_TEXTS.items():
                setattr(point, field, nothing)
            point.withdrawn = point.withdrawn or not gone
        elif point.text in said:
            point.text = rest[0].text
        point.rev = rev
        session.add(point)


async def _of(session: AsyncSession, workshop_id: str, participant_id: str) -> dict[str, str]:
    """Id and text of the conditions, and of the needs, that this person wrote."""
    cards = select(Contribution.id).where(col(Contribution.participant_id) == participant_id)
    conditions = select(Condition).where(
        col(Condition.workshop_id) == workshop_id, col(Condition.participant_id) == participant_id
    )
    needs = select(Need).where(col(Need.workshop_id) == workshop_id, col(Need.contribution_id).in_(cards))
    said = {row.id: row.text for row in (await session.exec(conditions)).all()}
    return said | {row.id: row.text for row in (await session.exec(needs)).all()}
