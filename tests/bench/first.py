"""The first view of a phone, and the first page of a server that was just started."""

import tempfile
import time
from collections.abc import Iterator

import httpx2

from tests.bench.figures import Figure, median
from tests.bench.house import House, end, free_port, house, start
from tests.bench.machine import cores, pin
from tests.bench.tools import Tools
from tests.web.test_weight import weigh

STARTS = 5


def measure(_: Tools) -> Iterator[Figure]:
    with house() as place:
        weights, requests = _first_view(place)
    yield Figure("first_view_bytes", weights, "bytes")
    yield Figure("first_view_requests", requests, "requests")
    yield Figure("start_to_first_page", round(median([_start() for _ in range(STARTS)]), 2), "s")


def _first_view(place: House) -> tuple[int, int]:
    """The door, joining and the room, with all that both name: fetched once, as a browser with an empty cache does."""
    room = f"{place.address}/w/{place.code}"
    door = weigh(place, f"/w/{place.code}", "", httpx2.get(room).text)
    joined = httpx2.post(f"{room}/participants", headers={"Origin": place.address})
    cookie = joined.headers["set-cookie"].partition(";")[0]
    inside = weigh(place, f"/w/{place.code}", cookie, httpx2.get(room, headers={"Cookie": cookie}).text)
    once = door | inside
    answer = sum(len(name) + len(value) + 4 for name, value in joined.headers.items())
    return sum(once.values()) + door[f"/w/{place.code}"] + answer, len(once) + 2


def _start() -> float:
    """Seconds until the first page of a server with an empty data folder was there."""
    with tempfile.TemporaryDirectory(prefix="morgen-start-") as folder:
        port, begun = free_port(), time.monotonic()
        process = start(folder, port)
        pin(process.pid, cores()[0])
        try:
            _until_served(f"http://127.0.0.1:{port}/")
            return time.monotonic() - begun
        finally:
            end(process)


def _until_served(address: str) -> None:
    """Asks on one client: to make one takes as long as a page."""
    until = time.monotonic() + 60
    with httpx2.Client(timeout=5) as client:
        while time.monotonic() < until:
            try:
                if client.get(address).is_success:
                    return
            except httpx2.TransportError:
                time.sleep(0.01)
    raise TimeoutError("no first page within a minute")
