"""Bring a database to the newest schema, or back, in one transaction. Processes may start at once: PostgreSQL has an
advisory lock, SQLite its writer's. SQLite: on a connection without foreign keys, since a batch rebuild would delete
child rows with them."""

import asyncio
from collections.abc import Callable
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.failed import Failed
from app.paths import MIGRATIONS
from app.sqlite import BEGIN, near

LOCK = 7_306_511
NEWER = (
    "The database has the tables of a newer version of Morgen. Install that version again; or put the database aside, "
    "and restore the backup from before with this one."
)


def upgrade(url: str, revision: str = "head") -> None:
    """Raises Failed where a newer version has been: nobody guesses how to take its tables back."""
    try:
        run(url, lambda config: _upgrade(config, revision))
    except CommandError as error:
        raise Failed(NEWER) from error


def _upgrade(config: Config, revision: str) -> None:
    """Where nothing is yet, today's tables at once: to go through all that they were takes a sixth of a start."""
    if revision == "head" and not inspect(config.attributes["connection"]).get_table_names():
        config.attributes["is_new"] = True
        command.stamp(config, revision)
    else:
        command.upgrade(config, revision)


def downgrade(url: str, revision: str) -> None:
    run(url, lambda config: command.downgrade(config, revision))


def check(url: str) -> None:
    """Raises when the tables in code and the newest migration differ."""
    run(url, lambda config: command.check(config))


def revise(url: str, message: str) -> None:
    """A new migration for what differs: read it before you keep it."""
    run(url, lambda config: command.revision(config, message, autogenerate=True))


@cache
def revisions() -> tuple[str, ...]:
    """All that this code knows, the newest first."""
    return tuple(each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions())


def head() -> str:
    """The newest revision that this code knows."""
    return revisions()[0]


def run(url: str, act: Callable[[Config], object]) -> None:
    asyncio.run(_run(url, act))


async def _run(url: str, act: Callable[[Config], object]) -> None:
    engine = _engine(url)
    try:
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            else:
                await connection.exec_driver_sql(BEGIN)
            await connection.run_sync(lambda plain: act(_config(plain)))
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    path = make_url(url).database or ":memory:"
    # A migration of a new database makes four thousand calls: a hop to a thread for each takes longer than all of them.
    return create_async_engine(url, **({"async_creator": lambda: near(path)} if url.startswith("sqlite") else {}))


def _config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes |= {"connection": connection, "is_new": False}
    return made
