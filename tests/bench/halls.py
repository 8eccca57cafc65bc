"""Five thousand and ten thousand phones in one process."""

import resource
from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench.cast import cast
from tests.bench.figures import Figure, median
from tests.bench.house import house
from tests.bench.machine import cores, memory_kb, pin
from tests.bench.references import bare
from tests.bench.steps import Steps, run
from tests.bench.tools import Tools

MOST, HALF, ROUNDS = 10_000, 5_000, 3
SPARE = 200
"""File descriptors that the server needs beside the seats."""


def measure(tools: Tools) -> Iterator[Figure]:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # what we start inherits it
    most = min(MOST, hard - SPARE)
    if most < MOST:
        yield Figure("stage_change_10000_seats_allowed", most, "seats")
    with ExitStack() as stack:
        place = stack.enter_context(house())
        pin(place.pid, cores()[0])
        steps = Steps(cast(place, most), tools.load())
        steps.post(1)
        empty = memory_kb(place.pid)
        half = min(HALF, most)
        steps.load.open(place.address, steps.crowd.phones, steps.crowd.cookies[:half])
        text = steps.frame()
        reference = bare(tools.bare, text, tools.load(), half, place.moments[steps.at][0])
        stack.callback(reference.close)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours += run(steps.move, place.pid, 2)[1]
            theirs += run(lambda: reference.tell(half), reference.process.pid, 2)[1]
        yield Figure("stage_change_5000_last_p50", round(median(ours), 1), "ms")
        yield Figure("stage_change_5000_vs_bare_loop", round(median(theirs) / median(ours), 2), "x")
        steps.load.open(place.address, steps.crowd.phones, steps.crowd.cookies[half:most])
        told = [steps.move() for _ in range(ROUNDS)]
        yield Figure("stage_change_10000_complete", round(100 * min(each[2] for each in told) / MOST, 2), "%")
        yield Figure("stage_change_10000_last", round(median([(last - begun) / 1e6 for begun, last, _ in told])), "ms")
        yield Figure("stage_change_10000_kb_per_seat", round((memory_kb(place.pid) - empty) / most, 1), "KB")
