"""An account, its sign-in links and its signed-in browsers."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, BigInteger, Column, Field, SQLModel

from app import clock, ids


class Trainer(SQLModel, table=True):
    id: str = Field(default_factory=ids.random_id, primary_key=True)
    email: str = Field(unique=True)
    name: str
    language: str = "nl"
    is_admin: bool = False
    """Of the own organisation: invites trainers, reads its log, ends sessions; sees no workshop of others."""
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id")
    password_hash: str = ""
    totp_secret: str = ""
    """Sealed with the key of this server; empty: no second factor."""
    totp_step: int = Field(default=0, sa_type=BigInteger)
    """The step of half a minute of the last code: that one and older ones are not taken again."""
    single_sign_on: str | None = Field(default=None, unique=True)
    """Issuer and subject, as the organisation's own sign-in server names this trainer."""
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
    browser: str = ""
    """As told to its owner: `Firefox, Linux`."""
    waits_for: str = ""
    """`code`: signed in only after a code of the second factor; `setup`: after setting one up; empty: signed in."""
    seen_at: datetime = Field(default_factory=clock.now)
    created_at: datetime = Field(default_factory=clock.now)
    expires_at: datetime


class RecoveryCode(SQLModel, table=True):
    """Lets a trainer in once without the telephone that makes the codes."""

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    trainer_id: str = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    code_hash: str
    used_at: datetime | None = None


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
