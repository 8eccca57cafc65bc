"""The facilitator of one workshop goes back and forth between two questions: how long until the last phone knows?"""

import http.client
import time
from collections.abc import Callable
from urllib.parse import urlencode

from websockets.sync.client import connect

from tests.bench.cast import Cast
from tests.bench.load import Load
from tests.bench.machine import cpu_ms

APART = 0.4
"""Seconds between two changes: more than the beat of the phones, which falls on one of the projector."""
Told = tuple[int, int, int]
"""When it began and when the last was told, in ns, and how many were."""


class Steps:
    def __init__(self, crowd: Cast, load: Load) -> None:
        self.crowd, self.load = crowd, load
        self.house = crowd.house
        self.at = 0

    def move(self) -> Told:
        """The first goes from the arrival to the first question."""
        to = 2 if self.at == 1 else 1
        self.load.watch(self.house.moments[to][0])
        begun = self.post(to)
        seen = self.load.wait(self.load.wait(0, 0).opened, 20)
        return begun, seen.last, seen.seeing

    def post(self, to: int) -> int:
        """Next; when that was sent."""
        moments = [f"{activity}:{phase}" for activity, phase in self.house.moments]
        headers = {
            "Origin": self.house.address,
            "Cookie": self.crowd.trainer,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        form = urlencode({"leaves": moments[self.at], "leads_to": moments[to]})
        line = http.client.HTTPConnection(self.house.address.partition("://")[2], timeout=30)
        line.connect()
        begun = time.monotonic_ns()
        line.request("POST", f"/w/{self.house.code}/stage", form, headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        if answer.status >= 400:
            raise RuntimeError(f"the step was answered with {answer.status}")
        self.at = to
        return begun

    def frame(self) -> str:
        """What a phone is told at such a change."""
        place = self.house.address.replace("http", "ws", 1) + self.crowd.phones
        headers = {"Cookie": self.crowd.cookies[0], "Origin": self.house.address}
        with connect(place, additional_headers=headers, compression=None) as line:
            line.recv(5)
            to = 2 if self.at == 1 else 1
            self.post(to)
            while self.house.moments[to][0] not in (text := str(line.recv(5))):
                pass
        return text


def run(tell: Callable[[], Told], pid: int, changes: int) -> tuple[float, list[float]]:
    """CPU in ms of so many changes, and for each the ms to the last."""
    before, took = cpu_ms(pid), []
    for _ in range(changes):
        begun, last, _ = tell()
        took.append((last - begun) / 1e6)
        time.sleep(max(0.0, APART - took[-1] / 1000))
    return cpu_ms(pid) - before, took
