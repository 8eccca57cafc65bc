"""The bursts that other tools lose: joining together, answering together."""

import asyncio

from tests.bench.house import house
from tests.bench.room import Phone, crowd, move, spread

PEOPLE = 200


def test_200_joins_and_200_answers_within_a_second_are_all_stored_once() -> None:
    with house() as place:
        assert asyncio.run(_burst(place)) == (0, 0, PEOPLE, PEOPLE, PEOPLE)


async def _burst(place) -> tuple[int, int, int, int, int]:
    async with crowd(place, PEOPLE) as http:
        phones = [Phone(place) for _ in range(PEOPLE)]
        failed, _ = await spread([lambda each=each: each.join(http) for each in phones], 5.0)
        await move(http, place, 0, 1)
        activity = place.moments[1][0]
        lost, _ = await spread([lambda each=each: each.answer(http, activity, "veel") for each in phones], 1.0)
        stored = await place.stored()
        await asyncio.gather(*(each.leave() for each in phones))
    return (failed, lost, *stored)
