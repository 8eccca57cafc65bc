"""What `/healthz/ready` says, and when it says no. That it does so first when told to stop: `resilience/`."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app import disk, migrate
from app.db import Database
from tests.conftest import Running, serving
from tests.web.test_metrics import eventually


def told(running: Running) -> tuple[int, dict[str, Any]]:
    answer = running.client().get("/healthz/ready")
    return answer.status_code, answer.json()


def test_a_whole_server_is_ready(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LEAST_FREE", 0)
    assert told(running) == (200, {"status": "ok"})


def test_little_room_on_the_disk_is_told_and_work_goes_on(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LEAST_FREE", 1 << 62)
    assert told(running) == (200, {"status": "degraded", "lacks": ["disk"]})


def test_a_bus_that_does_not_answer_is_told_and_work_goes_on(database_url: str, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    with serving(database_url, tmp_path, bus=f"redis://127.0.0.1:{port}/0") as made:
        eventually(lambda: "bus" in told(made)[1].get("lacks", ()))
        assert told(made)[0] == 200


@pytest.mark.parametrize(
    ("revision", "status", "said"),
    [
        (lambda: migrate.revisions()[1], 503, {"status": "older tables"}),
        (lambda: "of the next version", 200, {"status": "degraded", "lacks": ["newer tables"]}),
    ],
    ids=["older", "newer"],
)
async def test_it_knows_the_tables_of_its_version(
    running: Running,
    db: Database,
    monkeypatch: pytest.MonkeyPatch,
    revision: Callable[[], str],
    status: int,
    said: dict[str, Any],
) -> None:
    async def mark(session: Any, name: str) -> None:
        await session.execute(text("UPDATE alembic_version SET version_num = :name"), {"name": name})

    monkeypatch.setattr(disk, "LEAST_FREE", 0)
    await db.write(mark, revision())
    try:
        assert told(running) == (status, said)
    finally:
        await db.write(mark, migrate.head())


async def test_it_is_not_ready_while_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds SQLite's one place to write: reading goes on, and would not see it."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}"
    await asyncio.to_thread(migrate.upgrade, url)
    monkeypatch.setattr("app.web.health.PATIENCE", 0.3)
    holder = Database(url)
    with serving(url, tmp_path) as made:
        async with holder._writer.begin():
            assert await asyncio.to_thread(told, made) == (503, {"status": "no database"})
        await holder.close()
        # The probe that was given up holds the connection until its BEGIN has had its turn.
        await asyncio.to_thread(eventually, lambda: told(made)[0] == 200)
