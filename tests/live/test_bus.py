"""The line to a real Redis: a half-open one is noticed, and who is present does not hang on anybody's clock."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.live import redis_bus as module
from app.live.bus import Known
from app.live.redis_bus import FORGOTTEN, Redis
from tests.redis import RedisServer, redis_server
from tests.resilience.between import between

pytestmark = pytest.mark.one_engine


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(tmp_path) as made:
        yield made


@asynccontextmanager
async def listening(url: str) -> Any:
    heard: asyncio.Queue[str] = asyncio.Queue()
    made = Redis(url)
    made.start(heard.put_nowait)
    try:
        yield made, heard
    finally:
        await made.close()


async def hears(teller: Redis, heard: "asyncio.Queue[str]", within: float) -> None:
    """A hint that is told again and again comes through."""
    async with asyncio.timeout(within):
        while heard.empty():
            teller.moved("w")
            await asyncio.sleep(0.05)


async def test_a_line_that_fell_silent_is_given_up_and_hints_come_again(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENCE", 0.6)
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    with between(server.port) as line:
        async with (
            listening(server.url) as (teller, _),
            listening(f"redis://127.0.0.1:{line.port}/0") as (_, heard),
        ):
            await hears(teller, heard, 5)
            line.silence()
            while not heard.empty():
                heard.get_nowait()
            await hears(teller, heard, 3)


async def test_a_line_that_is_only_quiet_stays(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SILENCE", 0.6)
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    with between(server.port) as line:
        async with listening(f"redis://127.0.0.1:{line.port}/0") as (teller, heard):
            await hears(teller, heard, 5)
            met = line.met
            await asyncio.sleep(1.2)
            assert line.met == met


async def test_it_closes_whatever_it_waits_for(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SILENCE", 0.02)
    monkeypatch.setattr(module, "PATIENCE", 0.005)
    for turn in range(60):
        async with asyncio.timeout(5), listening(server.url) as (teller, _):
            teller.moved("w")
            await asyncio.sleep(turn * 0.0005)


async def test_who_left_is_forgotten_also_when_a_clock_went_back(server: RedisServer) -> None:
    one, other, here, there = Redis(server.url), Redis(server.url), Known(), Known()
    assert await one.present("w", {"bas": 0.0}, here) == {"bas"}
    assert await other.present("w", {"chantal": 5.0}, there) == {"bas", "chantal"}
    # seen later than this process did
    assert await other.present("w", {"bas": FORGOTTEN + 1.0}, there) == {"bas", "chantal"}
    ahead = int((await one._redis.time())[0]) + 3600
    await one._redis.zadd("morgen:present:w", {"of an hour ahead": ahead, "bas": ahead})
    assert await one.present("w", {}, here) == {"chantal"}
    assert await other.present("w", {"bas": 1.0}, there) == {"bas", "chantal"}
    assert await other.present("w", {"dirk": FORGOTTEN + 1.0}, there) == {"bas", "chantal"}
    await one.close()
    await other.close()


@asynccontextmanager
async def counted(server: RedisServer) -> AsyncIterator[tuple[Redis, list[tuple[int, int]]]]:
    """A line to the bus, and for each question how many people it named and how many the answer did."""
    line, named = Redis(server.url), []
    ask = line._redis.eval

    async def spied(script: str, keys: int, *given: Any) -> Any:
        answer = await ask(script, keys, *given)
        named.append(((len(given) - keys - 2) // 2, sum(len(each) for each in answer[1:])))
        return answer

    line._redis.eval = spied
    yield line, named
    await line.close()


async def test_people_are_named_when_they_come_and_not_while_they_stay(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, known = {f"person {number}": 0.0 for number in range(800)}, Known()
    async with counted(server) as (line, named):
        first = await line.present("w", hall, known)
        assert first == hall.keys()
        assert await line.present("w", hall, known) is first
        assert len(await line.present("w", hall | {"bas": 0.0}, known) or ()) == 801
        assert len(await line.present("w", hall | {"bas": 3.0}, known) or ()) == 801  # left three seconds ago
        assert named == [(800, 800), (0, 0), (1, 801), (1, 0)]
        monkeypatch.setattr(module, "AGAIN", 0.0)
        await line.present("w", hall, known)
        assert named[-1] == (800, 0)


async def test_a_bus_that_came_up_empty_hears_of_everybody_again(server: RedisServer) -> None:
    one, other, here, there = Redis(server.url), Redis(server.url), Known(), Known()
    await one.present("w", {"anna": 0.0, "bas": 0.0}, here)
    assert await other.present("w", {"chantal": 0.0}, there) == {"anna", "bas", "chantal"}
    await one._redis.flushall()
    for _ in range(2):
        told = [
            await one.present("w", {"anna": 0.0, "bas": 0.0}, here),
            await other.present("w", {"chantal": 0.0}, there),
        ]
    assert told[1] == {"anna", "bas", "chantal"}
    assert await one.present("w", {"anna": 0.0, "bas": 0.0}, here) == {"anna", "bas", "chantal"}
    await one.close()
    await other.close()
