"""INSERT … ON CONFLICT on both engines."""

from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from app.hot import Hot


def insert(session: AsyncSession, table: type[SQLModel]) -> Any:
    """The dialect's insert into `table`, with its `on_conflict_do_update`."""
    return _insert(session.get_bind().dialect.name, table)


def put(session: AsyncSession, table: type[SQLModel], key: tuple[str, ...], changing: tuple[str, ...]) -> Hot:
    """A statement for the hot path, built once: insert a row, its values given as parameters; where one with this
    `key` stands, only `changing` is overwritten. Returns the id of the row."""
    return _put(session.get_bind().dialect.name, table, key, changing)


def _insert(dialect: str, table: Any) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


@cache
def _put(dialect: str, table: Any, key: tuple[str, ...], changing: tuple[str, ...]) -> Hot:
    rows = vars(table)["__table__"]
    statement = _insert(dialect, rows)
    new = {name: statement.excluded[name] for name in changing}
    return Hot(statement.on_conflict_do_update(index_elements=key, set_=new).returning(rows.c.id))
