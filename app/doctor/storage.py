"""The database: can it be reached, has it today's tables, and does its clock agree with ours?"""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from app import clock, migrate
from app.db import Database
from app.doctor.finding import Finding, advice, broken, good
from app.settings import Settings

MOST_APART = 5.0
"""Seconds between two clocks that agree."""
SOUND = (3, 51, 3)
SOUND_TOO = {(3, 44): 6, (3, 50): 7}
"""Releases of SQLite without the fault in which two connections that write at once may spoil a WAL database."""


async def database(settings: Settings) -> AsyncIterator[Finding]:
    about, url = "database", make_url(settings.database_url)
    where = url.render_as_string(hide_password=True)
    if _is_to_be_made(url):
        yield advice(about, f"{url.database} does not exist yet.", "Morgen makes it at the first start.")
        return
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            revision = await connection.run_sync(_revision)
            now = (await connection.execute(text("SELECT CURRENT_TIMESTAMP"))).scalar_one()
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        yield broken(about, f"{where} cannot be reached: {reason}", "Is it running? Look at MORGEN_DATABASE.")
        return
    finally:
        await engine.dispose()
    if revision and (reason := await _not_written(settings.database_url)):
        yield broken(about, f"{where} answers, and nothing can be written in it: {reason}", "Whose is it? Is it full?")
        return
    yield _migrated(about, where, revision)
    if isinstance(now, datetime):  # SQLite's clock is this machine's
        yield clocks_agree("the database server", now)


def sqlite(settings: Settings, version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3]) -> Iterator[Finding]:
    if settings.database:
        return
    about, name = "SQLite", ".".join(map(str, version))
    if version >= SOUND or version[2] >= SOUND_TOO.get(version[:2], 999):
        yield good(about, f"{name} is a sound release.")
    else:
        yield advice(
            about,
            f"{name} can spoil a database that two programs write at once. Morgen writes by one connection only.",
            "Let no other program write in it while Morgen runs. SQLite 3.51.3 or newer takes this worry away.",
        )


async def _not_written(url: str) -> str:
    """Why; empty where it can. What is begun is taken back."""
    db = Database(url)
    try:
        await db.probe()
    except (SQLAlchemyError, OSError) as error:
        return str(getattr(error, "orig", None) or error).splitlines()[0]
    finally:
        await db.close()
    return ""


def _is_to_be_made(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _migrated(about: str, where: str, revision: str) -> Finding:
    if revision == migrate.head():
        return good(about, f"{where} answers, with the tables of this version.")
    if not revision:
        return advice(about, f"{where} answers and has no tables yet.", "Morgen makes them at the first start.")
    if revision in migrate.revisions():
        return advice(
            about,
            f"{where} has the tables of an older version.",
            "Make a backup. Morgen renews them at the next start.",
        )
    return broken(
        about,
        f"{where} has the tables of a newer version of Morgen ({revision}).",
        "Install that version again, or go back to the backup from before.",
    )


def clocks_agree(whose: str, now: datetime) -> Finding:
    """`now` is what the other clock says, with its time zone."""
    apart = abs((clock.now() - now).total_seconds())
    if apart <= MOST_APART:
        return good("clock", f"This machine and {whose} agree on the time.")
    return broken(
        "clock",
        f"This machine and {whose} are {apart:.0f} seconds apart.",
        "Let the machine set its clock by NTP (timedatectl set-ntp true). Letters leave by this clock.",
    )
