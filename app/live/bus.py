"""Between processes: that a workshop moved, and who is present where. Hints, never content: truth is in the database.

A hint that is lost costs only latency: every process compares its revs with the database each two seconds. No tap ever
waits for the bus.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

import redis.asyncio as redis
import structlog

from app import clock

log = structlog.get_logger()
Hear = Callable[[str], None]
PATIENCE = 1.0
"""Seconds for every answer of the bus."""
FORGOTTEN = 60.0
"""Seconds after which somebody whom no process has seen is present no more."""
_CHANNEL = "morgen:moved"


class Bus(Protocol):
    def start(self, hear: Hear) -> None:
        """From now on `hear` is called with the id of every workshop that moved in another process."""

    async def close(self) -> None: ...

    def moved(self, workshop_id: str) -> None:
        """Tell the other processes, without waiting."""

    async def present(self, workshop_id: str, here: Mapping[str, float]) -> set[str] | None:
        """Tell who was seen here how many seconds ago; hear who is present in any process. None: no answer."""

    @property
    def is_well(self) -> bool | None:
        """Whether it answered when it was last needed. None: there is no bus."""


class Alone:
    """There is one process."""

    def start(self, hear: Hear) -> None: ...

    async def close(self) -> None: ...

    def moved(self, workshop_id: str) -> None: ...

    async def present(self, workshop_id: str, here: Mapping[str, float]) -> set[str] | None:
        return None

    @property
    def is_well(self) -> bool | None:
        return None


class Redis:
    """Over Redis or Valkey. What it cannot deliver it forgets: the next look at the revs makes it good."""

    def __init__(self, url: str) -> None:
        self._redis: Any = redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, decode_responses=True
        )
        self._news: set[str] = set()
        self._some = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._failing: set[str] = set()

    @property
    def is_well(self) -> bool | None:
        return not self._failing

    def start(self, hear: Hear) -> None:
        self._tasks = [asyncio.create_task(self._tell()), asyncio.create_task(self._listen(hear))]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(redis.RedisError, OSError):
            await self._redis.aclose()

    def moved(self, workshop_id: str) -> None:
        self._news.add(workshop_id)
        self._some.set()

    async def present(self, workshop_id: str, here: Mapping[str, float]) -> set[str] | None:
        key, now = f"morgen:present:{workshop_id}", clock.now().timestamp()
        try:
            async with asyncio.timeout(PATIENCE), self._redis.pipeline(transaction=False) as line:
                if here:
                    line.zadd(key, {who: now - ago for who, ago in here.items()}, gt=True)
                line.zremrangebyscore(key, "-inf", now - FORGOTTEN)
                line.expire(key, int(2 * FORGOTTEN))
                line.zrange(key, 0, -1)
                found = set((await line.execute())[-1])
        except (redis.RedisError, OSError, TimeoutError) as error:
            self._failing.add("presence")
            log.warning("the bus does not answer", error=repr(error))
            return None
        self._failing.discard("presence")
        return found

    async def _tell(self) -> None:
        while True:
            await self._some.wait()
            self._some.clear()
            news, self._news = self._news, set()
            try:
                async with asyncio.timeout(PATIENCE), self._redis.pipeline(transaction=False) as line:
                    for workshop_id in news:
                        line.publish(_CHANNEL, workshop_id)
                    await line.execute()
                self._failing.discard("news")
            except (redis.RedisError, OSError, TimeoutError) as error:
                self._failing.add("news")
                log.warning("the bus takes no news", error=repr(error))

    async def _listen(self, hear: Hear) -> None:
        while True:
            try:
                async with self._redis.pubsub() as line:
                    await line.subscribe(_CHANNEL)
                    while True:
                        told = await line.get_message(ignore_subscribe_messages=True, timeout=PATIENCE)
                        self._failing.discard("hearing")
                        if told is not None:
                            hear(told["data"])
            except (redis.RedisError, OSError, TimeoutError) as error:
                self._failing.add("hearing")
                log.warning("the bus tells no news", error=repr(error))
                await asyncio.sleep(PATIENCE)


def bus(url: str) -> Bus:
    return Redis(url) if url else Alone()
