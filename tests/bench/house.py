"""A server to measure: its own process, SQLite in a temporary folder, one open workshop made by the verbs."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx2
from sqlmodel import func, select

from app import clock, migrate
from app.core.contribution import Contribution
from app.core.kind import discover
from app.core.making import Plan, make_workshop
from app.core.moving import activities_of, open_workshop
from app.core.participant import Participant
from app.core.script import Script
from app.core.signing_in import invite, sign_in
from app.db import Database
from app.serve import listen
from tests.scripts import small_script

SECRET = "the servers of one measurement share this secret"


@dataclass
class House:
    address: str
    code: str
    url: str
    token: str
    moments: tuple[tuple[str, str], ...]
    """(activity id, phase) in the order of the room."""
    process: subprocess.Popen[bytes]
    data: str

    @property
    def pid(self) -> int:
        return self.process.pid

    def restart(self) -> None:
        """SIGKILL, and again on the same port."""
        self.process.kill()
        self.process.wait(10)
        self.process = start(self.data, int(self.address.rpartition(":")[2]))
        until_alive(self.address, self.process)

    async def stored(self) -> tuple[int, int, int]:
        """Participants, contributions, and people who answered."""
        db = Database(self.url)
        async with db.read() as session:
            people = (await session.exec(select(func.count()).select_from(Participant))).one()
            answers = (await session.exec(select(func.count()).select_from(Contribution))).one()
            answered = (await session.exec(select(func.count(func.distinct(Contribution.participant_id))))).one()
        await db.close()
        return people, answers, answered


async def prepare(url: str, script: Script | None = None) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """An open workshop: its code, its trainer's cookie, its moments."""
    db = Database(url)
    ticket = await db.write(invite, "anna@example.org")
    plan = Plan(
        organisation_id=ticket.trainer.organisation_id or "",
        title="Meting",
        starts_at=clock.now() - timedelta(seconds=1),
        time_zone="Europe/Amsterdam",
        language="nl",
        opgave="In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek.",
    )
    workshop = await db.write(make_workshop, ticket.trainer, script or small_script(), plan)
    await db.write(open_workshop, workshop.id)
    token = await db.write(sign_in, ticket.token)
    async with db.read() as session:
        found = await activities_of(session, workshop.id)
        moments = tuple((each.id, "open") for each in found)
    await db.close()
    return workshop.code, token, moments


@contextmanager
def house(script: Script | None = None, url: str = "", bus: str = "") -> Iterator[House]:
    """On SQLite, or on the database and the bus that are named."""
    discover()
    with tempfile.TemporaryDirectory(prefix="morgen-bench-") as folder:
        chosen = url or f"sqlite+aiosqlite:///{Path(folder) / 'morgen.db'}"
        migrate.upgrade(chosen)
        code, token, moments = asyncio.run(prepare(chosen, script))
        with served(folder, url, bus) as (address, process):
            made = House(address, code, chosen, token, moments, process, folder)
            try:
                yield made
            finally:
                if made.process is not process:  # it was started again
                    end(made.process)


@contextmanager
def served(folder: str, url: str = "", bus: str = "") -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A server on a free port: its address and its process."""
    port = free_port()
    process = start(folder, port, url, bus)
    try:
        until_alive(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        end(process)


def start(folder: str, port: int, url: str = "", bus: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)],
        env={**os.environ, "MORGEN_DATA": folder, "MORGEN_DATABASE": url, "MORGEN_BUS": bus, "MORGEN_SECRET": SECRET},
        stdout=subprocess.DEVNULL,
    )


def end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)


def free_port() -> int:
    with listen("127.0.0.1", 0) as probe:
        return int(probe.getsockname()[1])


def until_alive(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the server did not start"
        try:
            if httpx2.get(f"{address}/healthz/ready", timeout=1).is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.05)
    raise TimeoutError("the server did not answer")
