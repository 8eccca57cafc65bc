"""Which rows belong to a workshop, as JSON and back. A table that gets a `workshop_id` comes along by itself."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.participant import MailAddress, Newcomer, Participant
from app.core.tables import TABLES
from app.core.trainer import PairedScreen
from app.core.workshop import Workshop

Packed = dict[str, list[dict[str, Any]]]
NOT_ALONG = (PairedScreen, Newcomer)
"""What is only of the former server: a screen that shows in a room there, a browser that waits at a door there."""


def tables() -> tuple[type[SQLModel], ...]:
    """Parents first."""
    own = (Workshop, MailAddress)
    return tuple(
        table for table in TABLES if table in own or (hasattr(table, "workshop_id") and table not in NOT_ALONG)
    )


async def pack(session: AsyncSession, workshop_id: str) -> Packed:
    packed: Packed = {}
    for table in tables():
        rows = (await session.exec(_of(table, workshop_id))).all()
        packed[str(table.__tablename__)] = [row.model_dump(mode="json") for row in rows]
    return packed


def _of(table: type[Any], workshop_id: str) -> Any:
    if table is Workshop:
        return select(Workshop).where(col(Workshop.id) == workshop_id)
    if table is MailAddress:
        people: Select[Any] = select(Participant.id).where(col(Participant.workshop_id) == workshop_id)
        return select(MailAddress).where(col(MailAddress.participant_id).in_(people))
    return select(table).where(table.workshop_id == workshop_id)


def unpack(packed: Packed) -> list[SQLModel]:
    """Rows in an order in which each finds what it refers to."""
    return [row for table in tables() for row in _parents_first(table, packed.get(str(table.__tablename__), []))]


def _parents_first(table: type[SQLModel], found: Iterable[dict[str, Any]]) -> Sequence[SQLModel]:
    left = [table.model_validate(each) for each in found]
    placed: list[SQLModel] = []
    known: set[Any] = set()
    own = own_references(table)
    while left:
        ready = [row for row in left if all(getattr(row, name) in known or not getattr(row, name) for name in own)]
        ready = ready or left  # a ring, or one outside: the database has the last word
        placed += ready
        known |= {key(row) for row in ready}
        left = [row for row in left if row not in ready]
    return placed


def own_references(table: type[Any]) -> list[str]:
    """The columns that refer to the table itself."""
    return [str(each.parent.name) for each in table.__table__.foreign_keys if each.column.table is table.__table__]


def references(table: type[Any], other: type[Any]) -> list[str]:
    """The columns that refer to another table."""
    return [str(each.parent.name) for each in table.__table__.foreign_keys if each.column.table is other.__table__]


def key(row: Any) -> Any:
    """The primary key, alone where it is one column."""
    values = tuple(getattr(row, each.name) for each in type(row).__table__.primary_key)
    return values[0] if len(values) == 1 else values
