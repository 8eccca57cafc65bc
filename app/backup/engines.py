"""A whole copy of the database while it is in use, and a copy put in its place: SQLite and PostgreSQL.

SQLite: VACUUM INTO, which leaves behind what was deleted, and the backup API, which replaces all pages in one
transaction. PostgreSQL: `pg_dump`'s custom format; put back by way of a database beside it, so that nobody ever sees
what was deleted, and without DDL, so that servers need not start again.
"""

import asyncio
import os
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import URL, make_url

from app import ids, migrate
from app.core.tables import TABLES
from app.failed import Failed


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def copy_out(url: str, target: Path) -> None:
    """A consistent copy of this moment into the file. Raises Failed that says what lacks."""
    if is_sqlite(url):
        with closing(sqlite3.connect(f"file:{_path(url)}?mode=ro", uri=True, timeout=30)) as live:
            live.execute("VACUUM INTO ?", (str(target),))
    else:
        _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


@asynccontextmanager
async def beside(url: str, copy: Path) -> AsyncIterator[str]:
    """The copy as a database of its own, brought to the newest schema; its address. Gone afterwards."""
    if is_sqlite(url):
        aside = f"sqlite+aiosqlite:///{copy}"
        await asyncio.to_thread(migrate.upgrade, aside)
        yield aside
        return
    name = "morgen_restore_" + ids.digits(12)
    try:
        await _ask(url, f"CREATE DATABASE {name}")
    except asyncpg.InsufficientPrivilegeError as error:
        raise Failed("The database user may not make a database. Allow it: ALTER ROLE … CREATEDB.") from error
    try:
        aside = make_url(url).set(database=name).render_as_string(hide_password=False)
        await asyncio.to_thread(_run, aside, "pg_restore", "--no-owner", "--no-privileges", str(copy))
        await asyncio.to_thread(migrate.upgrade, aside)
        yield aside
    finally:
        await _ask(url, f"DROP DATABASE {name} WITH (FORCE)")


async def replace(url: str, aside: str) -> None:
    """Everything in `url` gives way to what is in `aside`, in one transaction. Both have the newest schema."""
    if is_sqlite(url):
        await asyncio.to_thread(_replace_sqlite, _path(url), _path(aside))
    else:
        await _replace_postgres(url, aside)


def _replace_sqlite(live: str, aside: str) -> None:
    with closing(sqlite3.connect(aside)) as source, closing(sqlite3.connect(live, timeout=30)) as target:
        target.execute("PRAGMA wal_autocheckpoint=0")  # the server's writer is the one that checkpoints
        source.execute("PRAGMA journal_mode=WAL")
        source.backup(target)


async def _replace_postgres(url: str, aside: str) -> None:
    source, target = await _connect(aside), await _connect(url)
    try:
        async with target.transaction():
            names = ", ".join(f'"{table.__tablename__}"' for table in TABLES)
            await target.execute(f"TRUNCATE {names}")
            for table in TABLES:
                await _copy(source, target, str(table.__tablename__), [each.name for each in _columns(table)])
    finally:
        await source.close()
        await target.close()


async def _copy(source: Any, target: Any, table: str, columns: list[str]) -> None:
    """The rows of one table by way of a file: memory stays flat."""
    read, write = os.pipe()
    with os.fdopen(read, "rb") as here, os.fdopen(write, "wb") as there:
        taking = asyncio.create_task(target.copy_to_table(table, source=here, columns=columns, format="binary"))
        await source.copy_from_table(table, output=there, columns=columns, format="binary")
        there.close()
        await taking


def _columns(table: Any) -> Any:
    return table.__table__.columns


async def _ask(url: str, statement: str) -> None:
    connection = await _connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _connect(url: str) -> Any:
    return await asyncpg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


def _run(url: str, name: str, *arguments: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise Failed(f"The program {name} is not here. Install the PostgreSQL client.")
    where: URL = make_url(url)
    given = [f"--host={where.host or ''}", f"--port={where.port or 5432}", f"--dbname={where.database}"]
    given += [f"--username={where.username}"] if where.username else []
    environment = {**os.environ, "PGPASSWORD": where.password or os.environ.get("PGPASSWORD", "")}
    found = subprocess.run([program, "--no-password", *given, *arguments], capture_output=True, env=environment)
    if found.returncode != 0:
        said = found.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Failed(f"{name}: {' '.join(said)}")


def _path(url: str) -> str:
    return make_url(url).database or ""
