"""SQLite without a thread hop for every statement.

aiosqlite hands each call to a thread and waits for it; a tap makes about a hundred such hops, and they cost more than
everything else in it together. Statements on a database in WAL mode take microseconds, so they run where they are asked
for. Only what may wait goes to the thread: COMMIT, for the disk, and a BEGIN IMMEDIATE while another process writes.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

BEGIN = "BEGIN IMMEDIATE"
PATIENCE_MS = 15_000


class Near(aiosqlite.Connection):
    """A connection whose statements run in the caller's thread. `_execute` is aiosqlite's one way to its thread; a
    contract test holds that name."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")
        if fn in (self._connection.commit, self._connection.close):  # a cursor's close waits for nothing
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        try:
            return fn(*args, **kwargs)
        except sqlite3.OperationalError as error:
            if not args or args[0] != BEGIN or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        return await super()._execute(_patiently, self._connection, fn, *args)  # type: ignore[no-untyped-call]

    def rows(self, text: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """What one statement gives, asked in the caller's thread. BEGIN and COMMIT, which may have to wait, go the
        other way."""
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")
        return self._connection.execute(text, values).fetchall()


def _patiently(connection: sqlite3.Connection, begin: Callable[..., Any], *args: Any) -> Any:
    """With SQLite's own waiting, in the thread: a connection that writes has none, or everybody would be held up."""
    connection.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    try:
        return begin(*args)
    finally:
        connection.execute("PRAGMA busy_timeout=0")


def near(database: str, **options: Any) -> Near:
    """What SQLAlchemy takes as `async_creator`: one connection at a time uses it, now here, now in its thread."""
    connection = Near(lambda: sqlite3.connect(database, check_same_thread=False, **options), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
