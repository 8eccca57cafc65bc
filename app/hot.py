"""Statements that every tap and every beat asks: compiled once, and run on the driver itself.

Around a statement that takes microseconds SQLAlchemy builds an execution of some 250 calls, and after the pause between
two taps all that code is cold: it takes most of what a tap takes in the database.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from app.sqlite import Near

Convert = Callable[[Any], Any] | None
Row = tuple[Any, ...]


@dataclass(eq=False)
class Hot:
    """A statement on bare tables, without lists as values (`IN`) and without a default that Python fills in."""

    statement: Any
    _compiled: dict[str, "_Compiled"] = field(default_factory=dict)

    async def rows(self, session: AsyncSession, **values: Any) -> list[Row]:
        """All that it gives, in the transaction of `session`; what lies in the session's objects is not written before.
        Errors are those that `session.exec` raises."""
        return await session.run_sync(self._run, values)

    def _run(self, session: Session, values: Mapping[str, Any]) -> list[Row]:
        connection = session.connection()
        made = self._compiled.get(connection.dialect.name)
        if made is None:
            made = self._compiled[connection.dialect.name] = _compile(self.statement, connection.dialect)
        return made.run(connection, values)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """`given` in the order in which the text takes values, each with what makes a value one of the driver's; `fixed`
    are those of the statement itself; `found` makes a value of each column one of Python's."""

    text: str
    given: Sequence[tuple[str, Convert]]
    fixed: Mapping[str, Any]
    found: Sequence[tuple[int, Callable[[Any], Any]]]

    def run(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        every = {**self.fixed, **values}
        given = tuple(convert(every[name]) if convert else every[name] for name, convert in self.given)
        try:
            rows = _fetch(connection, self.text, given)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _told(connection, error, self.text) from error
        except asyncio.CancelledError as error:  # as SQLAlchemy does: the driver may be half-way
            connection.invalidate(error)
            raise
        return [self._converted(row) for row in rows] if self.found else rows

    def _converted(self, row: Row) -> Row:
        changed = list(row)
        for at, convert in self.found:
            if row[at] is not None:
                changed[at] = convert(row[at])
        return tuple(changed)


def _compile(statement: Any, dialect: Dialect) -> _Compiled:
    made = statement.compile(dialect=dialect)
    binds = [(name, made.binds[name]) for name in made.positiontup]
    given = [(name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in binds]
    fixed = {name: bind.effective_value for name, bind in binds if not bind.required}
    types = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
    converts = [each.result_processor(dialect, None) for each in types]
    return _Compiled(str(made), given, fixed, [(at, convert) for at, convert in enumerate(converts) if convert])


def _fetch(connection: Connection, text: str, given: Row) -> list[Row]:
    driver = connection.connection.driver_connection
    if isinstance(driver, Near):
        return driver.rows(text, given)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(text, given)
        return [tuple(row) for row in cursor.fetchall()]
    finally:
        cursor.close()


def _told(connection: Connection, error: Exception, text: str) -> BaseException:
    """The error as SQLAlchemy tells it; a connection that broke goes back to no pool."""
    base = connection.dialect.loaded_dbapi.Error
    if connection.dialect.is_disconnect(error, connection.connection, None):  # type: ignore[arg-type]
        connection.invalidate(error)
    return DBAPIError.instance(text, None, error, base, hide_parameters=True, dialect=connection.dialect)
