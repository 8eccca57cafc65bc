"""How often something may go wrong: counters over a sliding window, in memory, and over Redis where several processes
serve. Nothing here is stored: after a restart everybody starts with a clean sheet.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass, field

MOST_KEPT = 50_000
"""Counters in memory; beyond that the one that was silent longest goes."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in `seconds`, for each `who` apart."""

    name: str
    most: int
    seconds: int


@dataclass(slots=True)
class _Count:
    window: int = 0
    now: int = 0
    before: int = 0

    def at(self, window: int) -> None:
        if window != self.window:
            self.before = self.now if window == self.window + 1 else 0
            self.window, self.now = window, 0


@dataclass(eq=False)
class Limits:
    """In this process."""

    counts: OrderedDict[tuple[str, str], _Count] = field(default_factory=OrderedDict)

    async def count(self, limit: Limit, who: str = "") -> None:
        """One more."""
        found = self.counts.setdefault((limit.name, who), _Count())
        self.counts.move_to_end((limit.name, who))
        found.at(window(limit))
        found.now += 1
        if len(self.counts) > MOST_KEPT:
            self.counts.popitem(last=False)

    async def so_far(self, limit: Limit, who: str = "") -> float:
        """How many within the last `limit.seconds`, as it slides on."""
        found = self.counts.get((limit.name, who))
        if found is None:
            return 0
        found.at(window(limit))
        return slid(limit, found.now, found.before)

    async def wait(self, limit: Limit, who: str = "") -> int:
        """How many seconds to wait; 0 while there is room."""
        if await self.so_far(limit, who) < limit.most:
            return 0
        return max(1, int(limit.seconds - time.time() % limit.seconds))

    async def close(self) -> None: ...


def window(limit: Limit) -> int:
    """Real time, not the clock of the workshops: a rehearsal's day does not forgive guesses."""
    return int(time.time()) // limit.seconds


def slid(limit: Limit, now: int, before: int) -> float:
    gone = time.time() % limit.seconds
    return now + before * (1 - gone / limit.seconds)


def limits(url: str) -> Limits:
    if not url:
        return Limits()
    from app.live.redis_limits import SharedLimits  # here, for only several processes need the library

    return SharedLimits(url)
