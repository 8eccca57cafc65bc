"""Prints one figure a line, `name value unit`; `--json FILE` keeps them too."""

import argparse
import asyncio
import json
from pathlib import Path

import httpx2

from tests.bench.house import House, house
from tests.bench.room import Phone, crowd, move, percentile, spread

PEOPLE = 200
CHANGES = 20
Figures = list[tuple[str, float, str]]
ELSEWHERE: Figures = [
    ("reference_joins_failed_of_200", 22, "measured_elsewhere"),
    ("reference_answers_stored_of_200", 141, "measured_elsewhere"),
]


async def measure(place: House) -> Figures:
    async with crowd(place, PEOPLE) as http:
        phones = [Phone(place) for _ in range(PEOPLE)]
        failed, joins = await spread([lambda each=each: each.join(http) for each in phones], 10.0)
        people, _, _ = await place.stored()
        await move(http, place, 0, 1)
        lost, answers = await spread(
            [lambda each=each: each.answer(http, place.moments[1][0], "veel") for each in phones], 1.0
        )
        _, rows, answered = await place.stored()
        changes = await _stage_changes(http, place, phones)
        await asyncio.gather(*(each.leave() for each in phones))
    return [
        ("joins_200_in_10s_stored", people, "people"),
        ("joins_200_in_10s_failed", failed, "people"),
        ("joins_200_in_10s_p99", round(percentile(joins, 0.99), 1), "ms"),
        ("answers_200_in_1s_stored", answered, "answers"),
        ("answers_200_in_1s_twice", rows - answered, "answers"),
        ("answers_200_in_1s_failed", lost, "answers"),
        ("answers_200_in_1s_p99", round(percentile(answers, 0.99), 1), "ms"),
        ("stage_change_200_last_p50", round(percentile(changes, 0.5), 1), "ms"),
        ("stage_change_200_last_p99", round(percentile(changes, 0.99), 1), "ms"),
        *ELSEWHERE,
    ]


async def _stage_changes(http: httpx2.AsyncClient, place: House, phones: list[Phone]) -> list[float]:
    """From the facilitator's POST to the last phone's frame, back and forth, in ms."""
    took = []
    at = 1
    for _ in range(CHANGES):
        to = 0 if at == 1 else 1
        activity = place.moments[to][0]
        for phone in phones:
            phone.seen.pop(activity, None)
        begun = await move(http, place, at, to)
        async with asyncio.timeout(10):
            while not all(activity in phone.seen for phone in phones):  # noqa: ASYNC110  readers note the moment
                await asyncio.sleep(0.005)
        took.append((max(phone.seen[activity] for phone in phones) - begun) * 1000)
        at = to
        await asyncio.sleep(0.4)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with house() as place:
        figures = asyncio.run(measure(place))
    for name, value, unit in figures:
        print(f"{name} {value:g} {unit}")
    if chosen.json:
        chosen.json.write_text(json.dumps({name: [value, unit] for name, value, unit in figures}, indent=2))


if __name__ == "__main__":
    main()
