"""What one look costs, apart from the telling: the rows of a full room, drawn for each audience."""

import asyncio
import time
from collections.abc import Iterator

from app.core.workshop import Audience
from app.db import Database
from app.live.mirror import Mirror
from app.live.screens import look
from app.live.view import View
from tests.bench.figures import Figure, median
from tests.bench.taps import PICKS, room
from tests.bench.tools import Tools

PEOPLE, LOOKS = 1000, 21


def measure(tools: Tools) -> Iterator[Figure]:
    with room(PEOPLE) as crowd:
        load = tools.load()
        taps = [crowd.tap(each, 1, pick=PICKS[each % 3]) for each in range(PEOPLE)]
        load.send(crowd.house.address, taps, 300)
        costs = asyncio.run(_looks(crowd.house.url, crowd.wall.rpartition("/")[2].partition(".")[0]))
    for audience, cost in costs.items():
        yield Figure(f"look_cpu_ms_{audience}", round(cost, 2), "ms")
    yield Figure("look_cpu_ms", round(sum(costs.values()), 2), "ms")


async def _looks(url: str, workshop_id: str) -> dict[str, float]:
    """CPU in ms by audience, at 1,000 people who all answered."""
    db = Database(url)
    mirror = Mirror(workshop_id)
    await mirror.refresh(db)
    await db.close()
    costs: dict[str, float] = {}
    for audience in Audience:
        took, former = [], None
        for present in range(PEOPLE, PEOPLE + LOOKS):
            view = View.of(mirror, frozenset(map(str, range(present))), "http://127.0.0.1")
            begun = time.thread_time()
            former = look(view, (audience, "nl"), former)
            took.append((time.thread_time() - begun) * 1000)
        costs[str(audience)] = median(took[1:])
    return costs
