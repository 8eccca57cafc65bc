"""The database: can it be reached, has it today's tables, and does its clock agree with ours?"""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from app import clock
from app.doctor.finding import Finding, advice, broken, good
from app.paths import MIGRATIONS
from app.settings import Settings

MOST_APART = 5.0
"""Seconds between two clocks that agree."""


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
    yield _migrated(about, where, revision)
    if isinstance(now, datetime):  # SQLite's clock is this machine's
        yield clocks_agree("the database server", now)


def _is_to_be_made(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _migrated(about: str, where: str, revision: str) -> Finding:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    if revision == scripts.get_current_head():
        return good(about, f"{where} answers, with the tables of this version.")
    if not revision:
        return advice(about, f"{where} answers and has no tables yet.", "Morgen makes them at the first start.")
    if revision in {each.revision for each in scripts.walk_revisions()}:
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
