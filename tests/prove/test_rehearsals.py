"""Every draaiboek played by forty people and by three hundred: a server in its own process, players who come in by the
real doors. Prints what was measured."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import migrate
from app.core.script_file import load
from app.db import Database
from app.rehearsal.play import Company
from tests.bench.house import free_port, start, until_alive
from tests.rehearsal.playing import Played, ensure_sound, played
from tests.shipped import SHIPPED

pytestmark = pytest.mark.prove


@contextmanager
def served() -> Iterator[tuple[str, str]]:
    """A server on an empty database: its address, and the database's."""
    with tempfile.TemporaryDirectory(prefix="morgen-rehearsals-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'morgen.db'}"
        migrate.upgrade(url)
        port = free_port()
        process = start(folder, port)
        try:
            until_alive(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}", url
        finally:
            process.terminate()
            process.wait(15)


def whole(path: Path, company: Company, pause: float, tables: int) -> Played:
    async def play(address: str, url: str) -> Played:
        db = Database(url)
        try:
            return await played(db, address, load(path), company, pause, tables=tables)
        finally:
            await db.close()

    with served() as (address, url):
        return asyncio.run(play(address, url))


def say(capsys: pytest.CaptureFixture[str], path: Path, found: Played) -> None:
    happened, answers = found.happened, found.answers
    taps = f"p50 {happened.slowest(0.5) * 1000:.0f} ms, p99 {happened.slowest() * 1000:.0f} ms"
    with capsys.disabled():
        print(f"\n{path.stem}: {dict(sorted(happened.items()))}; a tap: {taps}")
        print(f"  answered: {answers}; commitments: {found.commitments}; refused: {dict(happened.reasons)}")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_forty_people_play_it_to_its_end(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = whole(path, Company(40, patience=1.0, seed=3), 0.6, tables=6)
    say(capsys, path, found)
    ensure_sound(found, 40)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_three_hundred_people_play_it_to_its_end(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = whole(path, Company(300, patience=5.0, seed=5), 1.0, tables=40)
    say(capsys, path, found)
    ensure_sound(found, 300)
