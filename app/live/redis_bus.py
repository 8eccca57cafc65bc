"""The bus over Redis or Valkey. What it cannot deliver it forgets: the next look at the revs makes it good."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import redis.asyncio as redis
import structlog

from app.live.bus import Hear, Known

log = structlog.get_logger()
PATIENCE = 1.0
"""Seconds for every answer of the bus."""
SILENCE = 10.0
"""Seconds without a sign of life after which a line to the bus is given up."""
FORGOTTEN = 60
"""Seconds after which somebody whom no process has seen is present no more."""
AGAIN = 20.0
"""Seconds after which the bus is told again that somebody is still here."""
APART = 0.05
"""Seconds between two hints, after the first: half a beat. However many taps come, they are told together."""
_CHANNEL = "morgen:moved"
_PRESENT = """
local now, changed = redis.call('TIME')[1], 0
for i = 3, #ARGV, 2 do
  local added = redis.call('ZADD', KEYS[1], 'GT', now - ARGV[i + 1], ARGV[i])
  changed = changed + added
end
changed = changed + redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
changed = changed + redis.call('ZREMRANGEBYSCORE', KEYS[1], now + 1, '+inf')
local state = redis.call('GET', KEYS[2])
if changed > 0 or not state then
  state = redis.call('TIME')[1] .. '.' .. redis.call('TIME')[2]
  redis.call('SET', KEYS[2], state)
end
redis.call('EXPIRE', KEYS[1], 2 * ARGV[1])
redis.call('EXPIRE', KEYS[2], 2 * ARGV[1])
if state == ARGV[2] then return {state} end
return {state, redis.call('ZRANGE', KEYS[1], 0, -1)}
"""
"""By the clock of the bus: the processes need not agree on the time. What lies ahead is of before a clock went back.
The members are told to a process only where they are others than it knows."""


class Redis:
    def __init__(self, url: str) -> None:
        self._redis: Any = redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, decode_responses=True
        )
        self._news: set[str] = set()
        self._some = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._failing: set[str] = set()
        self._over = False

    @property
    def is_well(self) -> bool | None:
        return not self._failing

    def start(self, hear: Hear) -> None:
        self._tasks = [asyncio.create_task(self._tell()), asyncio.create_task(self._listen(hear))]

    async def close(self) -> None:
        self._over = True  # beside cancelling: where a timeout of the library ends just then, a cancellation is lost
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(redis.RedisError, OSError):
            await self._redis.aclose()

    def moved(self, workshop_id: str) -> None:
        self._news.add(workshop_id)
        self._some.set()

    async def present(self, workshop_id: str, here: Mapping[str, float], known: Known) -> set[str] | None:
        now, keys = time.monotonic(), [f"morgen:present:{workshop_id}", f"morgen:present-state:{workshop_id}"]
        # Who left is told each time, with when that was; who stays, now and then.
        news = {who: age for who, age in here.items() if age or now - known.told.get(who, -AGAIN) >= AGAIN}
        seen = [each for pair in news.items() for each in pair]
        try:
            async with asyncio.timeout(PATIENCE):
                state, *members = await self._redis.eval(_PRESENT, 2, *keys, FORGOTTEN, known.state, *seen)
        except (redis.RedisError, OSError, TimeoutError) as error:
            self._failing.add("presence")
            log.warning("the bus does not answer", error=repr(error))
            return None
        self._failing.discard("presence")
        known.told = {who: at for who, at in known.told.items() if who in here} | {who: now - news[who] for who in news}
        if members:
            known.state, known.present = state, set(members[0])
            if not known.present.issuperset(here):  # a bus that came up empty
                known.told = {}
        return known.present

    async def _tell(self) -> None:
        while not self._over:
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
            await asyncio.sleep(APART)

    async def _listen(self, hear: Hear) -> None:
        while not self._over:
            try:
                async with self._redis.pubsub() as line:
                    await line.subscribe(_CHANNEL)
                    await self._hear_all(line, hear)
            except (redis.RedisError, OSError, TimeoutError) as error:
                self._failing.add("hearing")
                log.warning("the bus tells no news", error=repr(error))
                await asyncio.sleep(PATIENCE)

    async def _hear_all(self, line: Any, hear: Hear) -> None:
        """Raises TimeoutError when nothing comes any more: a half-open line is silent, and never ends."""
        loop = asyncio.get_running_loop()
        asked = heard = loop.time()
        while not self._over:
            if loop.time() - heard > SILENCE:
                raise TimeoutError("no sign of life")
            if loop.time() - asked > SILENCE / 3:
                asked = loop.time()
                await line.ping()
            told = await line.get_message(timeout=PATIENCE)  # whatever it is, it is a sign of life
            if told is not None:
                heard = loop.time()
                self._failing.discard("hearing")
                if told["type"] == "message":
                    hear(told["data"])
