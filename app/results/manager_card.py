"""What a manager may know of a workshop: counts, and what the group needs. Never a name, nothing below k."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import Commitment, Condition
from app.core.organisation import Organisation
from app.core.workshop import Activity, Workshop
from app.results.red_line import red_line

MOST_NEEDS = 5


@dataclass(frozen=True, slots=True)
class ManagerCard:
    """`people` committed themselves; 0 below `k`, and then there are no needs or conditions either.

    `needs` are those of the group that were weighed, in its words; `conditions` (label, how many people named one)."""

    k: int
    people: int = 0
    needs: tuple[str, ...] = ()
    conditions: tuple[tuple[str, int], ...] = ()


async def manager_card(session: AsyncSession, workshop: Workshop, language: str) -> ManagerCard:
    """As things stand; labels in `language`."""
    k = (await session.get_one(Organisation, workshop.organisation_id)).k
    made = select(Commitment.participant_id).where(
        col(Commitment.workshop_id) == workshop.id, col(Commitment.withdrawn).is_(False)
    )
    people = len(set((await session.exec(made)).all()))
    if people < k:
        return ManagerCard(k)
    line = await red_line(session, workshop)
    needs = tuple(need.text for need in line.needs if need.text and (need.dots or need.acts.count))
    return ManagerCard(k, people, needs[:MOST_NEEDS], await _conditions(session, workshop, language, k))


async def _conditions(session: AsyncSession, workshop: Workshop, language: str, k: int) -> tuple[tuple[str, int], ...]:
    """By kind of condition, most named first: the words of one person stay out."""
    rows = select(Condition.type, Condition.participant_id).where(
        col(Condition.workshop_id) == workshop.id, col(Condition.withdrawn).is_(False)
    )
    named: dict[str, set[str]] = defaultdict(set)
    for kind, person in (await session.exec(rows)).all():
        if person is not None:
            named[kind].add(person)
    labels = await _labels(session, workshop.id, language)
    shown = [(labels[kind], len(people)) for kind, people in named.items() if len(people) >= k and kind in labels]
    return tuple(sorted(shown, key=lambda pair: (-pair[1], pair[0])))


async def _labels(session: AsyncSession, workshop_id: str, language: str) -> dict[str, str]:
    """What the script calls the kinds of condition."""
    specs = (await session.exec(select(Activity.spec).where(col(Activity.workshop_id) == workshop_id))).all()
    offered = [each for spec in specs for each in spec.get("types") or () if isinstance(each, dict)]
    return {each["key"]: each["label"][language] for each in offered if "key" in each and "label" in each}
