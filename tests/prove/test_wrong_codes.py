"""Ten thousand wrong codes from one address and from five hundred, while a hall of 300 behind one address comes in with
typing errors of its own: nobody right is kept out, no room is found, and the memory is bounded."""

import asyncio
import time
from collections import Counter
from http.cookiejar import DefaultCookiePolicy

import httpx2
import pytest

from app.web.limiting import CODES, CODES_HERE, CODES_LATELY
from tests.bench.figures import median, percentile
from tests.bench.machine import memory_kb
from tests.resilience.place import Place, place
from tests.web.guessing import guess

pytestmark = pytest.mark.prove
GUESSES, PLACES, HALL, SECONDS = 5_000, 500, 300, 30.0
MEMORY_KB = 4 * 1024
"""What ten thousand more may leave behind in a server that has seen some."""


async def _come_in(http: httpx2.AsyncClient, server: Place, number: int) -> tuple[int, float]:
    """The status and the ms of one phone of the hall, at its own moment."""
    await asyncio.sleep(number / HALL * SECONDS)
    here = {"Origin": server.address, "X-Forwarded-For": "203.0.113.7"}
    if number % 5 == 4:
        await http.get("/w/ZZZZZZ", headers=here)
    begun = time.monotonic()
    answer = await http.post(f"/w/{server.code}/participants", headers=here)
    return answer.status_code, (time.monotonic() - begun) * 1000


async def _attacked(server: Place) -> tuple[Counter[int], list[tuple[int, float]]]:
    async with httpx2.AsyncClient(base_url=server.address, timeout=60, verify=False) as http:
        http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # one client, and yet 300 phones
        one, many, *hall = await asyncio.gather(
            guess(server.address, GUESSES, 1, lines=2),
            guess(server.address, GUESSES, PLACES, lines=4),
            *(_come_in(http, server, number) for number in range(HALL)),
        )
    return one + many, hall


def test_ten_thousand_wrong_codes_keep_nobody_out_and_find_no_room(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with place(database_url) as server:
        begun = time.monotonic()
        told, hall = asyncio.run(_attacked(server))
        took = time.monotonic() - begun
        before = memory_kb(server.process.pid)
        asyncio.run(guess(server.address, 2 * GUESSES, PLACES))
        more = memory_kb(server.process.pid) - before
    waited = [ms for _, ms in hall]
    with capsys.disabled():
        print(f"\n{dict(told)} in {took:.0f} s; {HALL} in, {median(waited):.0f} ms, p99 {percentile(waited, 0.99):.0f}")
        print(f"memory: {before} KB, and {more} KB more after ten thousand more")
    assert Counter(status for status, _ in hall) == {303: HALL}
    assert asyncio.run(server.stored())[0] == HALL
    assert told[404] + told[429] == 2 * GUESSES
    windows = 2 + took // CODES.seconds
    assert told[404] <= windows * (CODES.most + CODES_HERE.most) + PLACES * CODES_LATELY.most
    assert told[429] > GUESSES
    assert percentile(waited, 0.99) < 5_000
    assert more < MEMORY_KB
