"""Statements on SQLite run where they are asked for; what may wait goes to a thread."""

import asyncio
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from app.db import Database
from app.migrate import upgrade
from app.sqlite import near

pytestmark = pytest.mark.anyio


async def test_a_statement_runs_here_and_a_commit_in_the_thread(tmp_path: Path) -> None:
    connection = await near(str(tmp_path / "a.db"))
    ran: list[tuple[str, str]] = []
    await connection.create_function("note", 1, lambda what: ran.append((what, threading.current_thread().name)))
    cursor = await connection.cursor()
    await cursor.execute("CREATE TABLE t (x)")
    await cursor.execute("SELECT note('statement')")
    await cursor.fetchall()
    assert ran == [("statement", threading.current_thread().name)]
    await connection.execute("BEGIN IMMEDIATE")
    await connection.execute("INSERT INTO t VALUES (1)")
    await connection.commit()
    assert list(await connection.execute_fetchall("SELECT x FROM t")) == [(1,)]
    await connection.close()
    with pytest.raises(ValueError, match=r"active|closed"):
        await connection.execute("SELECT 1")


async def test_a_writer_that_waits_for_another_process_leaves_the_loop_free(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    connection = await near(str(path), timeout=0, isolation_level=None)
    waiting = asyncio.create_task(_begin(connection))
    await asyncio.sleep(0)
    assert not waiting.done()
    other.execute("ROLLBACK")
    await asyncio.wait_for(waiting, 5)
    await connection.close()
    other.close()


async def _begin(connection: aiosqlite.Connection) -> None:
    await connection.execute("BEGIN IMMEDIATE")
    await connection.rollback()


async def test_only_what_may_wait_goes_to_the_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = await near(str(tmp_path / "a.db"), isolation_level=None)
    sent: list[str] = []
    to_thread = aiosqlite.Connection._execute

    async def seen(self: aiosqlite.Connection, fn: Any, *args: Any, **kwargs: Any) -> Any:
        sent.append(fn.__name__)
        return await to_thread(self, fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(aiosqlite.Connection, "_execute", seen)
    await connection.execute("BEGIN IMMEDIATE")
    async with connection.execute("SELECT 1") as cursor:
        await cursor.fetchall()
    await connection.commit()
    await connection.close()
    assert sent == ["commit", "close"]


def test_the_private_name_of_the_library_is_where_we_left_it() -> None:
    assert "_execute" in vars(aiosqlite.Connection)


async def test_a_begin_that_is_given_up_leaves_the_writer_to_the_next(tmp_path: Path) -> None:
    """As a probe does that waits for another process: what it began may not go on in a connection that others get."""
    path = tmp_path / "a.db"
    await asyncio.to_thread(upgrade, f"sqlite+aiosqlite:///{path}")
    db = Database(f"sqlite+aiosqlite:///{path}")
    await db.probe()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    given_up = asyncio.create_task(asyncio.wait_for(db.probe(), 0.2))
    await asyncio.sleep(0.5)
    begun = time.monotonic()
    next_one = asyncio.create_task(db.probe())
    await asyncio.sleep(0.1)
    assert time.monotonic() - begun < 1  # the loop goes on
    assert not next_one.done()
    other.execute("ROLLBACK")
    await asyncio.wait_for(next_one, 5)
    with pytest.raises(TimeoutError):
        await given_up
    other.execute("BEGIN IMMEDIATE")  # nobody holds it any more
    other.close()
    await db.close()
