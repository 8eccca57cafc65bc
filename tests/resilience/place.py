"""A server in a process of its own that a test may kill, freeze, stop and start again, with one open workshop."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx2

from app.core.kind import discover
from app.migrate import upgrade
from tests.bench.house import House, free_port, prepare

SECRET = "a secret of the resilience tests, long enough"
PATIENCE = 60.0
"""Seconds for a server to start on a busy machine. Requests here verify nothing: a TLS context a call is slow."""


@dataclass
class Place(House):
    settings: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        self.process = serve(self.data, self.port, self.settings)
        eventually(self.is_ready, PATIENCE, "the server did not start")

    def restart(self) -> None:
        """SIGKILL, and again on the same port."""
        self.process.kill()
        self.process.wait(10)
        self.start()

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @contextmanager
    def frozen(self) -> Iterator[None]:
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def post(self, path: str, cookie: str = "", **form: str) -> httpx2.Response:
        headers = {"Origin": self.address, "Cookie": cookie, "HX-Request": "true"}
        return httpx2.post(f"{self.address}{path}", data=form, headers=headers, timeout=30, verify=False)

    def join(self) -> str:
        """The cookie of a new participant."""
        answer = self.post(f"/w/{self.code}/participants")
        return str(answer.headers["set-cookie"]).partition(";")[0]

    def tap(self, cookie: str, pick: str = "veel") -> httpx2.Response:
        return self.post(f"/w/{self.code}/activities/{self.moments[1][0]}/contributions", cookie, pick=pick, key="k")

    def move(self, leaves: int, leads_to: int) -> httpx2.Response:
        moments = [f"{activity}:{phase}" for activity, phase in self.moments]
        form = {"leaves": moments[leaves], "leads_to": moments[leads_to]}
        return self.post(f"/w/{self.code}/stage", f"morgen_trainer={self.token}", **form)

    def answers(self) -> int:
        return asyncio.run(self.stored())[1]

    def is_ready(self) -> bool:
        with suppress(httpx2.TransportError):
            return httpx2.get(f"{self.address}/healthz/ready", timeout=5, verify=False).is_success
        return False


def serve(data: str, port: int, settings: dict[str, str]) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "MORGEN_SECRET": SECRET, **settings, "MORGEN_DATA": data}
    return subprocess.Popen(
        [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def place(
    url: str, data: str = "", before: Callable[[str], Coroutine[Any, Any, None]] | None = None, **settings: str
) -> Iterator[Place]:
    """On this empty database; `settings` are environment variables of the server, `before` is done before it starts."""
    discover()
    with tempfile.TemporaryDirectory(prefix="morgen-place-") as folder:
        settings |= {"MORGEN_DATABASE": url}
        upgrade(url)
        if before is not None:
            asyncio.run(before(url))
        code, token, moments = asyncio.run(prepare(url))
        port = free_port()
        process = serve(data or folder, port, settings)
        address = f"http://127.0.0.1:{port}"
        made = Place(address, code, url, token, moments, process, data or folder, settings=settings)
        try:
            eventually(made.is_ready, PATIENCE, "the server did not start")
            yield made
        finally:
            end(made.process)


def end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGCONT)
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)


def eventually(holds: Callable[[], bool], patience: float, what: str) -> float:
    """Seconds until `holds()` was true."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < patience, what
        time.sleep(0.1)
    return time.monotonic() - begun
