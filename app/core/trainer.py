"""An account, its sign-in links and its signed-in browsers."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Column, Field, SQLModel

from app import clock, ids


class Trainer(SQLModel, table=True):
    id: str = Field(default_factory=ids.random_id, primary_key=True)
    email: str = Field(unique=True)
    name: str
    language: str = "nl"
    is_admin: bool = False
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id")
    created_at: datetime = Field(default_factory=clock.now)


class SignIn(SQLModel, table=True):
    """One magic link with its code to type: random, stored hashed, used once by POST."""

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    trainer_id: str = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True)
    code_hash: str
    failures: int = 0
    expires_at: datetime
    used_at: datetime | None = None


class TrainerSession(SQLModel, table=True):
    id: str = Field(default_factory=ids.random_id, primary_key=True)
    trainer_id: str = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(default_factory=clock.now)
    expires_at: datetime


class OwnScript(SQLModel, table=True):
    """A trainer's own draaiboek. `document` is a Script as JSON, maybe with mistakes in it still; `version` rises with
    each change, so that two windows do not overwrite one another."""

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    trainer_id: str = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    based_on: str = ""
    document: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    version: int = 1
    created_at: datetime = Field(default_factory=clock.now)
    changed_at: datetime = Field(default_factory=clock.now)


class PairedScreen(SQLModel, table=True):
    """A screen in some room that shows a code until a trainer says which workshop it may show."""

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    code: str = Field(unique=True)
    secret_hash: str = Field(unique=True)
    workshop_id: str | None = Field(default=None, foreign_key="workshop.id", index=True, ondelete="CASCADE")
    expires_at: datetime
