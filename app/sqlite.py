"""SQLite without a thread hop for every statement.

aiosqlite hands each call to a thread and waits for it; a tap makes about a hundred such hops, and they cost more than
everything else in it together. Statements on a database in WAL mode take microseconds, so they run where they are asked
for. Only what may wait for the disk or for another process goes to the thread: BEGIN IMMEDIATE and COMMIT.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

WAITING = ("BEGIN IMMEDIATE",)


class Near(aiosqlite.Connection):
    """A connection whose statements run in the caller's thread. `_execute` is aiosqlite's one way to its thread; a
    contract test holds that name."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if _may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")
        return fn(*args, **kwargs)


def _may_wait(fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
    return getattr(fn, "__name__", "") in ("commit", "close") or bool(args and args[0] in WAITING)


def near(database: str, **options: Any) -> Near:
    """What SQLAlchemy takes as `async_creator`: one connection at a time uses it, now here, now in its thread."""
    connection = Near(lambda: sqlite3.connect(database, check_same_thread=False, **options), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
