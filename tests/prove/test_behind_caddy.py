"""Several processes behind the Caddy of `compose.yaml`: both get phones, and one that goes takes nothing along."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import ClientConnection, connect

from app.migrate import upgrade
from tests.bench.house import prepare, until_alive
from tests.deploying.caddy import PORT, Front, caddy, own_address
from tests.postgres import Cluster
from tests.redis import redis_server
from tests.resilience.place import end

pytestmark = [pytest.mark.prove, pytest.mark.postgres]
TOKEN = "a token for the tests"
PHONES = 20


@dataclass
class Many:
    """As `--profile many --scale morgen=2` starts them: one data folder, one database, one bus."""

    settings: dict[str, str]
    running: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    def start(self, *addresses: str) -> None:
        run = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(PORT), "--host"]
        for each in addresses:
            self.running[each] = subprocess.Popen(
                [*run, each], env={**os.environ, **self.settings}, stdout=subprocess.DEVNULL
            )
        for each in addresses:
            until_alive(f"http://{each}:{PORT}", self.running[each])

    def sockets(self, address: str) -> int:
        answer = httpx2.get(f"http://{address}:{PORT}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        [line] = [
            each for each in answer.text.splitlines() if each.startswith('morgen_sockets{audience="participant"}')
        ]
        return int(float(line.split()[1]))


@dataclass
class Crowd:
    """People with phones that tap without end. As a phone does, a tap that met a fault is sent again with its key."""

    front: Front
    room: str
    activity: str
    cookies: list[str] = field(default_factory=list)
    taps: int = 0
    again: list[int] = field(default_factory=list)
    """What a tap was answered that had to be sent again."""
    refused: list[tuple[int, str]] = field(default_factory=list)

    def post(self, path: str, cookie: str = "", **form: str) -> httpx2.Response:
        headers = {"Origin": self.front.address, "Cookie": cookie, "HX-Request": "true"}
        with httpx2.Client(verify=self.front.trusts, timeout=30) as client:
            return client.post(f"{self.front.address}{self.room}{path}", data=form, headers=headers)

    def join(self) -> None:
        for _ in range(PHONES):
            self.cookies.append(self.post("/participants").headers["set-cookie"].partition(";")[0])

    def sit(self, cookie: str, stack: ExitStack) -> ClientConnection:
        line = self.front.address.replace("https", "wss") + f"{self.room}/live/participant"
        headers = {"Cookie": cookie, "Origin": self.front.address}
        made = connect(line, ssl=self.front.trusts, additional_headers=headers, compression=None)
        socket = stack.enter_context(made)
        socket.recv(timeout=10)
        return socket

    @contextmanager
    def tapping(self) -> Iterator[None]:
        over = threading.Event()

        def tap() -> None:
            while not over.is_set():
                cookie = self.cookies[self.taps % PHONES]
                answer = self.post(f"/activities/{self.activity}/contributions", cookie, pick="veel", key="k")
                if answer.status_code >= 500:
                    self.again.append(answer.status_code)
                    continue
                self.taps += 1
                if not answer.is_success:
                    self.refused.append((answer.status_code, answer.text[:200]))

        thread = threading.Thread(target=tap)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(60)


def test_one_of_two_goes_and_comes_back_and_no_tap_is_lost(postgres: Cluster, tmp_path: Path) -> None:
    one, other = own_address(), own_address()
    with postgres.database() as url, redis_server(tmp_path) as redis, ExitStack() as stack:
        upgrade(url)
        code, token, moments = asyncio.run(prepare(url))
        settings = {"MORGEN_DATABASE": url, "MORGEN_BUS": redis.url, "MORGEN_DATA": str(tmp_path / "data")}
        many = Many(settings | {"MORGEN_METRICS_TOKEN": TOKEN, "MORGEN_TRUST_PROXY": "*"})
        stack.callback(lambda: [end(each) for each in many.running.values()])
        many.start(one, other)  # at once, with the secret still to be made
        crowd = Crowd(stack.enter_context(caddy(tmp_path, [one, other])), f"/w/{code}", moments[1][0])
        crowd.join()
        moved = [f"{activity}:{phase}" for activity, phase in moments]
        move = crowd.post("/stage", f"__Host-morgen_trainer={token}", leaves=moved[0], leads_to=moved[1])
        assert move.is_success, move.text
        phones = [crowd.sit(each, stack) for each in crowd.cookies]
        assert many.sockets(one) + many.sockets(other) == PHONES
        assert min(many.sockets(one), many.sockets(other)) >= PHONES // 4
        with crowd.tapping():
            time.sleep(2)
            many.running[one].terminate()
            many.running[one].wait(15)
            time.sleep(2)
            many.start(one)
            time.sleep(2)
        assert crowd.refused == []
        assert len(crowd.again) <= 2, crowd.again  # under way on a line that was just being closed
        assert crowd.taps > 100
        gone = [each for each in phones if each.state.name != "OPEN"]
        assert len(gone) == PHONES - many.sockets(other)
        for _ in gone:
            crowd.sit(crowd.cookies[0], stack)
        assert many.sockets(one) > 0
