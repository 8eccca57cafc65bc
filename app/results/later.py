"""What was told a week and four weeks later."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import Gap, LaterCheckIn
from app.core.letter import PlannedLetter
from app.results.follow_through import GapAgain, Later
from app.results.said import placed_now

WEEK, MONTH = "m3", "m4"
STILL = ("several", "once")
"""Answers that say: yes, I worked from the opgave."""


async def later_answers(session: AsyncSession, workshop_ids: Sequence[str]) -> Sequence[LaterCheckIn]:
    here = col(LaterCheckIn.workshop_id).in_(workshop_ids)
    return (await session.exec(select(LaterCheckIn).where(here))).all()


async def asked_later(session: AsyncSession, workshop_ids: Sequence[str]) -> set[tuple[str, str, str]]:
    """(workshop, letter, participant) of the letters that went."""
    statement = select(PlannedLetter.workshop_id, PlannedLetter.letter, PlannedLetter.participant_id).where(
        col(PlannedLetter.workshop_id).in_(workshop_ids),
        col(PlannedLetter.letter).in_((WEEK, MONTH)),
        col(PlannedLetter.state) == "sent",
    )
    return {(workshop, letter, person) for workshop, letter, person in await session.exec(statement) if person}


def later_of(
    letter: str, people: Mapping[str, set[str]], answers: Sequence[LaterCheckIn], asked: set[tuple[str, str, str]]
) -> dict[str, Later]:
    """By workshop. `people`: who committed themselves, by workshop; others are not counted."""
    found = {}
    for workshop, committed in people.items():
        told = [each for each in answers if (each.workshop_id, each.letter) == (workshop, letter)]
        told = [each for each in told if each.worked and each.participant_id in committed]
        sent = {person for at, which, person in asked if (at, which) == (workshop, letter)} & committed
        reached = sent | {each.participant_id for each in told}
        yes = sum(each.worked in STILL for each in told)
        found[workshop] = Later(len(committed), len(reached), len(told), yes)
    return found


async def gap_again(
    session: AsyncSession, workshop_id: str, answers: Sequence[LaterCheckIn], k: int
) -> GapAgain | None:
    """None where the room settled no gap, or fewer than `k` told it again."""
    after = {each.participant_id: each.now for each in answers if each.letter == MONTH and each.now is not None}
    first = await session.get(Gap, workshop_id) if after else None
    if first is None:
        return None
    return GapAgain.of((first.now, first.wanted), await placed_now(session, workshop_id), after, k)
