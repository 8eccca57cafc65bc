"""How often something may go wrong: counters over a sliding window, in memory, and over Redis where several processes
serve. Nothing here is stored: after a restart everybody starts with a clean sheet.
"""

import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import redis.asyncio as redis
import structlog

log = structlog.get_logger()
MOST_KEPT = 50_000
"""Counters in memory; beyond that the one that was silent longest goes."""
PATIENCE = 0.5
LEFT_ALONE = 5.0
"""Seconds that a Redis which did not answer is not asked again: no phone waits for it twice."""


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
        found.at(_window(limit))
        found.now += 1
        if len(self.counts) > MOST_KEPT:
            self.counts.popitem(last=False)

    async def so_far(self, limit: Limit, who: str = "") -> float:
        """How many within the last `limit.seconds`, as it slides on."""
        found = self.counts.get((limit.name, who))
        if found is None:
            return 0
        found.at(_window(limit))
        return _slid(limit, found.now, found.before)

    async def wait(self, limit: Limit, who: str = "") -> int:
        """How many seconds to wait; 0 while there is room."""
        if await self.so_far(limit, who) < limit.most:
            return 0
        return max(1, int(limit.seconds - time.time() % limit.seconds))

    async def close(self) -> None: ...


class SharedLimits(Limits):
    """Over Redis. While it does not answer, every process counts for itself."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis: Any = redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._not_before = 0.0

    async def count(self, limit: Limit, who: str = "") -> None:
        await super().count(limit, who)
        key = _key(limit, who, _window(limit))
        await self._ask(("INCR", key), ("EXPIRE", key, 2 * limit.seconds))

    async def so_far(self, limit: Limit, who: str = "") -> float:
        window = _window(limit)
        told = await self._ask(("GET", _key(limit, who, window)), ("GET", _key(limit, who, window - 1)))
        if told is None:
            return await super().so_far(limit, who)
        now, before = (int(each or 0) for each in told)
        return _slid(limit, now, before)

    async def _ask(self, *commands: tuple[Any, ...]) -> list[Any] | None:
        if time.monotonic() < self._not_before:
            return None
        try:
            async with self._redis.pipeline(transaction=False) as line:
                for command in commands:
                    line.execute_command(*command)
                return list(await line.execute())
        except (redis.RedisError, OSError, TimeoutError) as error:
            log.warning("limits are counted for this process only", error=repr(error))
            self._not_before = time.monotonic() + LEFT_ALONE
            return None

    async def close(self) -> None:
        with suppress(redis.RedisError, OSError):
            await self._redis.aclose()


def _key(limit: Limit, who: str, window: int) -> str:
    return f"morgen:limit:{limit.name}:{who}:{window}"


def _window(limit: Limit) -> int:
    """Real time, not the clock of the workshops: a rehearsal's day does not forgive guesses."""
    return int(time.time()) // limit.seconds


def _slid(limit: Limit, now: int, before: int) -> float:
    gone = time.time() % limit.seconds
    return now + before * (1 - gone / limit.seconds)


def limits(url: str) -> Limits:
    return SharedLimits(url) if url else Limits()
