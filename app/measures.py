"""What is measured while it serves: times as histograms, events as plain counts. `/metrics` tells them.

One process, one set. A time is noted per commit, per screen that is drawn and per beat, never per seat: a note takes
microseconds, and one beat tells thousands of seats.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
LOOK_EVERY = 0.25
"""Seconds between two looks at how late the loop is."""

COMMIT = Histogram("morgen_commit_seconds", "How long the database took to store.", buckets=QUICK, registry=REGISTRY)
RENDER = Histogram(
    "morgen_render_seconds", "How long one screen took to draw.", ["audience"], buckets=QUICK, registry=REGISTRY
)
PUSH = Histogram(
    "morgen_push_seconds", "From a change until the last seat here was told.", buckets=QUICK, registry=REGISTRY
)
LAG = Histogram("morgen_loop_lag_seconds", "How late the event loop was.", buckets=QUICK, registry=REGISTRY)
ProcessCollector(registry=REGISTRY)


@dataclass(slots=True)
class Counts:
    """Since the start of the process. `skipped`: frames that were not written, since their phone did not read.
    `returned`: phones that came back within a minute. `corrected`: changes that no hint told of. `failed`: requests
    with a fault of ours. `hung_up`: lines that we cut, by reason. `under_way`: requests that wait for their
    answer now."""

    skipped: int = 0
    caught_up: int = 0
    returned: int = 0
    corrected: int = 0
    failed: int = 0
    under_way: int = 0
    hung_up: Counter[str] = field(default_factory=Counter)


COUNTS = Counts()


async def watch_loop() -> None:
    """Until cancelled: how late a task runs that wants to run now. What holds up the loop holds up every phone."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOK_EVERY
        await asyncio.sleep(LOOK_EVERY)
        LAG.observe(max(0.0, loop.time() - due))
