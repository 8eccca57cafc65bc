"""Two processes, PostgreSQL and Redis, all real: what happens in one is seen in the other, also without the bus."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import ClientConnection, connect

from app.migrate import upgrade
from tests.bench.house import free_port, prepare, until_alive
from tests.postgres import Cluster
from tests.redis import RedisServer, redis_server
from tests.resilience.between import Between, between

pytestmark = pytest.mark.xdist_group("two processes")
SECRET = "two processes share one secret of enough signs"
WITHOUT_HINT = 4.0
"""Seconds within which the look at the revs makes up for a lost hint."""

CRAWL = 0.01
"""Seconds that Redis takes for a byte: longer for one hint than anybody waits."""


@dataclass
class Process:
    address: str
    popen: "subprocess.Popen[bytes]"
    stack: ExitStack

    def post(self, path: str, cookie: str, **form: str) -> httpx2.Response:
        headers = {"Origin": self.address, "Cookie": cookie, "HX-Request": "true"}
        return httpx2.post(f"{self.address}{path}", data=form, headers=headers, timeout=20)

    def listen(self, path: str, cookie: str) -> "Line":
        place = self.address.replace("http", "ws", 1) + path
        headers = {"Cookie": cookie, "Origin": self.address}
        return Line(self.stack.enter_context(connect(place, additional_headers=headers, compression=None)))


@dataclass
class Line:
    socket: ClientConnection
    told: list[str] = field(default_factory=list)

    def hears(self, wanted: str, within: float) -> float:
        """Seconds until a frame came that holds `wanted`."""
        begun = time.monotonic()
        while (left := begun + within - time.monotonic()) > 0:
            try:
                self.told.append(str(self.socket.recv(left)))
            except TimeoutError:
                break
            if wanted in self.told[-1]:
                return time.monotonic() - begun
        raise AssertionError(f"{wanted!r} was not heard in {within} s")


@dataclass
class Two:
    one: Process
    other: Process
    redis: RedisServer
    line: Between
    code: str
    trainer: str
    moments: tuple[tuple[str, str], ...]

    def join(self, at: Process) -> str:
        answer = at.post(f"/w/{self.code}/participants", "")
        return str(answer.headers["set-cookie"]).partition(";")[0]

    def move(self, at: Process, leaves: int, leads_to: int) -> None:
        moments = [f"{activity}:{phase}" for activity, phase in self.moments]
        answer = at.post(f"/w/{self.code}/stage", self.trainer, leaves=moments[leaves], leads_to=moments[leads_to])
        assert answer.is_success

    def tap(self, at: Process, cookie: str) -> httpx2.Response:
        return at.post(f"/w/{self.code}/activities/{self.moments[1][0]}/contributions", cookie, pick="veel", key="k")

    def trainer_at(self, at: Process) -> Line:
        return at.listen(f"/w/{self.code}/live/facilitator", self.trainer)

    def phone_at(self, at: Process, cookie: str) -> Line:
        return at.listen(f"/w/{self.code}/live/participant", cookie)


@dataclass
class Pair:
    """Two servers on one database and one bus, for all tests here; each test has a workshop of its own."""

    url: str
    redis: RedisServer
    line: Between
    folder: Path
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    popens: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def process(self, port: int, stack: ExitStack) -> Process:
        """The server of this port, which is started anew when it is dead."""
        address = f"http://127.0.0.1:{port}"
        if port not in self.popens or self.popens[port].poll() is not None:
            bus = f"redis://127.0.0.1:{self.line.port}/0"
            settings = {"MORGEN_DATABASE": self.url, "MORGEN_BUS": bus, "MORGEN_SECRET": SECRET}
            self.popens[port] = subprocess.Popen(
                [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)],
                env={**os.environ, **settings, "MORGEN_DATA": str(self.folder / str(port))},
                stdout=subprocess.DEVNULL,
            )
        return Process(address, self.popens[port], stack)


@pytest.fixture(scope="module")
def pair(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("two")
    with postgres.database() as url, redis_server(folder) as redis, between(redis.port) as line:
        upgrade(url)
        made = Pair(url, redis, line, folder)
        yield made
        for popen in made.popens.values():
            popen.terminate()
        for popen in made.popens.values():
            popen.wait(15)


@pytest.fixture
def two(pair: Pair) -> Iterator[Two]:
    code, token, moments = asyncio.run(prepare(pair.url))
    with ExitStack() as stack:
        both = [pair.process(port, stack) for port in pair.ports]
        for each in both:
            until_alive(each.address, each.popen)
        yield Two(*both, pair.redis, pair.line, code, f"morgen_trainer={token}", moments)


def test_a_tap_and_a_step_in_one_are_seen_in_the_other_at_once(two: Two) -> None:
    cookie = two.join(two.one)
    trainer = two.trainer_at(two.other)
    trainer.hears("screen", 5)
    phone = two.phone_at(two.one, cookie)
    phone.hears("screen", 5)
    two.move(two.other, 0, 1)
    phone.hears(two.moments[1][0], 1.5)
    assert two.tap(two.one, cookie).is_success
    assert trainer.hears(ready(1), 1.5) < 1.5


def test_who_sits_in_one_is_present_in_the_other(two: Two) -> None:
    trainer = two.trainer_at(two.other)
    people = [two.join(two.one) for _ in range(3)]
    phones = [two.phone_at(two.one, each) for each in people]
    trainer.hears(present(3), 6)
    assert len(phones) == 3


def test_groups_are_of_all_who_are_present_wherever_the_trainer_asks(two: Two) -> None:
    people = [two.join(two.one) for _ in range(4)]
    phones = [two.phone_at(two.one, each) for each in people]
    two.trainer_at(two.one).hears(present(4), 6)
    time.sleep(2.5)  # until the bus knows
    assert two.other.post(f"/w/{two.code}/groups", two.trainer, size="2").is_success
    told = [phone.hears("Jij zit in groep", 3) for phone in phones]
    assert len(told) == 4


def crawl(line: Between, pace: float) -> None:
    line.pace = pace


TROUBLES: dict[str, tuple[Callable[[Two], None], Callable[[Two], None]]] = {
    "killed": (lambda two: two.redis.kill(), lambda two: two.redis.start()),
    "frozen": (lambda two: two.redis.freeze(), lambda two: two.redis.thaw()),
    "slow": (lambda two: crawl(two.line, CRAWL), lambda two: crawl(two.line, 0)),
    "half-open": (lambda two: two.line.silence(), lambda two: None),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_without_the_bus_taps_stay_quick_and_news_comes_a_little_later(two: Two, trouble: str) -> None:
    begin, end = TROUBLES[trouble]
    cookie = two.join(two.one)
    two.move(two.one, 0, 1)
    trainer = two.trainer_at(two.other)
    trainer.hears("screen", 5)
    begin(two)
    begun = time.monotonic()
    assert two.tap(two.one, cookie).is_success
    assert time.monotonic() - begun < 1.0
    assert two.join(two.one)
    trainer.hears(ready(1), WITHOUT_HINT)
    end(two)
    time.sleep(2.5)  # until the listener has come back
    two.move(two.one, 1, 0)
    trainer.hears(two.moments[0][0], WITHOUT_HINT)


def test_when_one_dies_the_other_has_everything(two: Two) -> None:
    cookie = two.join(two.one)
    two.move(two.one, 0, 1)
    assert two.tap(two.one, cookie).is_success
    two.one.popen.kill()
    two.one.popen.wait(5)
    page = httpx2.get(f"{two.other.address}/w/{two.code}", headers={"Cookie": cookie})
    assert page.is_success
    assert two.moments[1][0] in page.text
    assert two.tap(two.other, cookie).is_success
    two.trainer_at(two.other).hears(ready(1), 3)


def ready(count: int) -> str:
    return f"<b>{count}</b> klaar"


def present(count: int) -> str:
    return f"<b>{count}</b> in de zaal"
