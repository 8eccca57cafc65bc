"""What a facilitator did, with what it takes to undo it."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, BigInteger, Column, Field, Index, SQLModel

from app import clock, ids


class Deed(SQLModel, table=True):
    """One command. `images` are the rows as they were: `{"table", "id", "was": {column: value}}`; for a row that the
    command made, what takes it out of sight again."""

    __table_args__ = (Index("ix_deed_workshop_rev", "workshop_id", "rev"),)

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    trainer_id: str
    verb: str
    images: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    undone: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)
