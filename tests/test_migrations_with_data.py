"""From every state that was ever released, with a row in every table and a value in every column: all of it is there
after the way up, today's models read it, and the way back keeps what that state knows."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

import pytest
from sqlalchemy import Column, Connection, MetaData, insert, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel
from sqlmodel import select as read

from app import migrate
from app.core.tables import TABLES
from app.db import Database

T = TypeVar("T")
Rows = dict[str, dict[str, Any]]
RELEASED = migrate.revisions()[::-1]
VALUES: dict[type, Any] = {
    bool: True,
    int: 7,
    float: 0.5,
    datetime: datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    date: date(2026, 11, 24),
    time: time(9, 30),
    object: {"nl": "Een woonplek", "en": "A home"},
}


def on(url: str, act: Callable[[Connection], T]) -> T:
    async def run() -> T:
        engine = create_async_engine(url)
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(act)
        finally:
            await engine.dispose()

    return asyncio.run(run())


def known(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    found.remove(found.tables["alembic_version"])
    return found


def value(column: "Column[Any]") -> Any:
    """Of a key to another table: that of the one row there. A row does not point at itself."""
    for key in column.foreign_keys:
        return None if key.column.table is column.table else value(key.column)
    kind = column.type.python_type
    return f"{column.table.name} {column.name}" if kind is str else VALUES[kind]


def fill(connection: Connection) -> Rows:
    filled: Rows = {}
    for table in known(connection).sorted_tables:
        filled[table.name] = {column.name: value(column) for column in table.columns}
        connection.execute(insert(table), filled[table.name])
    return filled


def rows(connection: Connection) -> Rows:
    """The one row of every table that has one."""
    found: Rows = {}
    for table in known(connection).sorted_tables:
        row = connection.execute(select(table)).mappings().one_or_none()
        if row is not None:
            found[table.name] = {name: _plain(each) for name, each in row.items()}
    return found


def _plain(value: Any) -> Any:
    """SQLite has no zones: what it keeps is in UTC."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


async def as_models(url: str) -> dict[str, SQLModel]:
    db = Database(url)
    async with db.read() as session:
        found = {str(table.__tablename__): (await session.exec(read(table))).one_or_none() for table in TABLES}
    await db.close()
    return {name: row for name, row in found.items() if row is not None}


@pytest.mark.parametrize("state", RELEASED)
def test_everything_comes_along_and_goes_back(empty_database_url: str, state: str) -> None:
    migrate.upgrade(empty_database_url, state)
    filled = on(empty_database_url, fill)
    assert len(filled) >= 20
    migrate.upgrade(empty_database_url)
    now = on(empty_database_url, rows)
    assert {
        name: {each: now[name][each] for each in row if each in now[name]} for name, row in filled.items()
    } == filled
    models = asyncio.run(as_models(empty_database_url))
    assert models.keys() == now.keys() == filled.keys()
    for name, row in filled.items():
        assert {each: getattr(models[name], each) for each in row} == row
    migrate.downgrade(empty_database_url, state)
    assert on(empty_database_url, rows) == filled
