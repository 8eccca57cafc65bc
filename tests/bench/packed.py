"""Frames compressed once for all who can read that, beside plain ones: CPU, bytes and memory."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench.cast import cast
from tests.bench.figures import Figure, median
from tests.bench.house import house
from tests.bench.machine import cores, cpu_ms, memory_kb, pin
from tests.bench.steps import APART, Steps
from tests.bench.tools import Tools

SEATS, ROUNDS, CHANGES = 1000, 5, 5
NAMES = ("plain", "packed")


def measure(tools: Tools) -> Iterator[Figure]:
    with ExitStack() as stack:
        rooms = [_room(stack, tools, packs) for packs in range(2)]
        rounds = [_changes([steps for steps, _ in rooms]) for _ in range(ROUNDS + 1)][1:]  # the first warms up
    for place, name in enumerate(NAMES):
        yield Figure(f"wire_{name}_cpu", round(median([each[place][0] for each in rounds]), 2), "us/delivery")
        yield Figure(f"wire_{name}_bytes", round(median([each[place][1] for each in rounds])), "bytes/delivery")
        yield Figure(f"wire_{name}_kb_per_seat", round(rooms[place][1], 1), "KB")


def _room(stack: ExitStack, tools: Tools, packs: int) -> tuple[Steps, float]:
    """A thousand phones, and what each of them takes of the server's memory."""
    place = stack.enter_context(house())
    pin(place.pid, cores()[0])
    steps = Steps(cast(place, SEATS), tools.load())
    steps.post(1)
    before = memory_kb(place.pid)
    steps.load.open(place.address, steps.crowd.phones, steps.crowd.cookies, packs=packs)
    return steps, (memory_kb(place.pid) - before) / SEATS


def _changes(rooms: list[Steps]) -> list[tuple[float, float]]:
    """CPU in µs and bytes a phone and change, of each room."""
    before = [_spent(steps) for steps in rooms]
    for _ in range(CHANGES):
        for steps in rooms:
            steps.post(2 if steps.at == 1 else 1)
        time.sleep(APART)
    deliveries = SEATS * CHANGES
    spent = [(_spent(steps), was) for steps, was in zip(rooms, before, strict=True)]
    return [((cpu - was[0]) * 1000 / deliveries, (heard - was[1]) / deliveries) for (cpu, heard), was in spent]


def _spent(steps: Steps) -> tuple[float, int]:
    """CPU in ms of its server so far, and the bytes that its phones heard."""
    return cpu_ms(steps.house.pid), steps.load.wait(0, 0).bytes
