"""Counters over a sliding window: exact enough, bounded, shared over Redis, and on their own while it is away."""

import time
from pathlib import Path

import pytest

from app.live import limits as module
from app.live.limits import Limit, Limits
from app.live.redis_limits import SharedLimits
from tests.redis import redis_server

FEW = Limit("few", 3, 60)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The real time of the counters, in the test's hand."""
    told = [1_800_000_000.0]
    monkeypatch.setattr(module.time, "time", lambda: told[0])
    return told


async def test_after_the_last_one_it_waits_until_the_window_has_slid_on(moment: list[float]) -> None:
    kept = Limits()
    for _ in range(3):
        assert await kept.wait(FEW, "a") == 0
        await kept.count(FEW, "a")
    assert await kept.wait(FEW, "a") == 60
    assert await kept.wait(FEW, "b") == 0
    moment[0] += 61  # most of the former window still counts
    assert await kept.wait(FEW, "a") == 0
    await kept.count(FEW, "a")
    assert await kept.wait(FEW, "a") > 0
    moment[0] += 180
    assert await kept.wait(FEW, "a") == 0


async def test_a_million_addresses_take_no_more_room_than_fifty_thousand() -> None:
    kept = Limits()
    for number in range(module.MOST_KEPT + 500):
        await kept.count(FEW, str(number))
    assert len(kept.counts) == module.MOST_KEPT


async def test_two_processes_count_together_and_alone_while_redis_is_away(tmp_path: Path) -> None:
    with redis_server(tmp_path) as server:
        one, other = SharedLimits(server.url), SharedLimits(server.url)
        for _ in range(3):
            await one.count(FEW, "a")
        assert await other.wait(FEW, "a") > 0
        server.kill()
        assert await other.wait(FEW, "a") == 0
        assert await one.wait(FEW, "a") > 0  # it counted itself too
        begun = time.monotonic()
        for _ in range(50):
            await other.count(FEW, "b")
        assert await other.wait(FEW, "b") > 0
        assert time.monotonic() - begun < 1  # a Redis that is away is not asked each time
        server.start()
        await one.close()
        await other.close()
