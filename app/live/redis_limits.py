"""Limits that hold for several processes: the counters stand in Redis or Valkey."""

import time
from contextlib import suppress
from typing import Any

import redis.asyncio as redis
import structlog

from app.live.limits import Limit, Limits, slid, window

log = structlog.get_logger()
PATIENCE = 0.5
LEFT_ALONE = 5.0
"""Seconds that a Redis which did not answer is not asked again: no phone waits for it twice."""


class SharedLimits(Limits):
    """Over Redis. While it does not answer, every process counts for itself."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis: Any = redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._not_before = 0.0

    async def count(self, limit: Limit, who: str = "") -> None:
        await super().count(limit, who)
        key = _key(limit, who, window(limit))
        await self._ask(("INCR", key), ("EXPIRE", key, 2 * limit.seconds))

    async def so_far(self, limit: Limit, who: str = "") -> float:
        at = window(limit)
        told = await self._ask(("GET", _key(limit, who, at)), ("GET", _key(limit, who, at - 1)))
        if told is None:
            return await super().so_far(limit, who)
        now, before = (int(each or 0) for each in told)
        return slid(limit, now, before)

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
