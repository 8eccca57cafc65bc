"""Migrations run up and down on both engines, and bring what the code expects."""

import asyncio

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import create_async_engine

from app import migrate
from app.core.tables import TABLES


def tables(url: str) -> set[str]:
    async def look() -> set[str]:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            names = await connection.run_sync(lambda plain: inspect(plain).get_table_names())
        await engine.dispose()
        return set(names) - {"alembic_version"}

    return asyncio.run(look())


def test_up_brings_every_table_and_down_takes_them_away(database_url: str) -> None:
    migrate.upgrade(database_url)
    assert tables(database_url) == {str(table.__tablename__) for table in TABLES}
    migrate.check(database_url)
    migrate.downgrade(database_url, "base")
    assert tables(database_url) == set()
    migrate.upgrade(database_url)
    migrate.check(database_url)


def test_going_up_twice_changes_nothing(database_url: str) -> None:
    migrate.upgrade(database_url)
    migrate.upgrade(database_url)
    migrate.check(database_url)
