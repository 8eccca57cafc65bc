"""One live run of a script: its code, its clock, its frozen script, and the stage the room looks at."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import JSON, BigInteger, Column, Field, SQLModel

from app import clock, ids


class Status(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Phase(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    REVEALED = "revealed"
    CLOSED = "closed"


class Audience(StrEnum):
    PROJECTOR = "projector"
    FACILITATOR = "facilitator"
    PARTICIPANT = "participant"


class Door(StrEnum):
    """Who comes in: everybody with the code, whom the trainer admits, or nobody new."""

    OPEN = "open"
    ASK = "ask"
    LOCKED = "locked"


class Workshop(SQLModel, table=True):
    id: str = Field(default_factory=ids.random_id, primary_key=True)
    code: str = Field(default_factory=ids.join_code, unique=True)
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    trainer_id: str = Field(foreign_key="trainer.id", index=True)
    title: str
    language: str = "nl"
    time_zone: str = "Europe/Amsterdam"
    starts_at: datetime
    minutes: int = 0
    status: str = Status.DRAFT
    door: str = Door.OPEN
    is_rehearsal: bool = False
    clock_shift: int = Field(default=0, sa_type=BigInteger)
    link_epoch: int = 0
    tables: int = 0
    """How many tables people sit at; 0 where nobody is asked."""
    series: str = ""
    """Shared by the workshops that were copied from one another."""
    follows_id: str | None = Field(default=None, foreign_key="workshop.id", ondelete="SET NULL")
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What the workshop that this one follows left behind, as counted when this one was opened."""
    script: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    place: str = ""
    """Where it is held, for the invitation."""
    why: str = ""
    """Why people are asked to come, in at most five lines."""
    school_holidays: bool = False
    """The letter after four weeks waits five working days more."""
    reading: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    emptied_at: datetime | None = None


WITHOUT_SCRIPT: Any = defer(Workshop.script)  # type: ignore[arg-type]
"""An option for taps and looks: the frozen script is some 20 KB of JSON that they do not read."""


class Stage(SQLModel, table=True):
    """A pointer to one activity, plus timer, blank and where the room looks: one row a workshop.

    `frozen_at`: what was sent later does not come on the projector yet. `spotlight`: the one card it shows large.
    `page`: which cards, 0 for the newest. `look_up`: phones ask for attention.
    """

    workshop_id: str = Field(primary_key=True, foreign_key="workshop.id", ondelete="CASCADE")
    activity_id: str | None = Field(default=None, foreign_key="activity.id", ondelete="SET NULL")
    timer_ends_at: datetime | None = None
    blank: bool = False
    step_began_at: datetime | None = None
    frozen_at: datetime | None = None
    look_up: bool = False
    page: int = 0
    spotlight: str | None = Field(default=None, foreign_key="contribution.id", ondelete="SET NULL")


class Activity(SQLModel, table=True):
    """One activity of the frozen script with its own phase. `spec` is the kind's Spec as JSON."""

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    position: int
    step: str
    key: str
    kind: str
    spec: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    phase: str = Phase.WAITING
    skipped: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)
