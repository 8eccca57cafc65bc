"""A person in one workshop, and the browsers by which they come in. Mail addresses stand apart."""

from datetime import datetime

from sqlmodel import JSON, BigInteger, Column, Field, Index, SQLModel, UniqueConstraint

from app import clock, ids


class Participant(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("workshop_id", "personal_code"),
        Index("ix_participant_workshop_rev", "workshop_id", "rev"),
    )

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    personal_code: str = Field(default_factory=ids.personal_code)
    name: str = ""
    language: str = "nl"
    days_off: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    gave_address: bool = False
    table_number: int = 0
    group_number: int = 0
    """Of the pairs or groups that were drawn last; 0 for nobody."""
    has_pen: bool = False
    """Writes for the whole table, where a step asks one phone a table."""
    online: bool = False
    on_paper: bool = False
    """Has no phone: the trainer types in what stands on the cards."""
    obstacle: str = ""
    obstacle_text: str = ""
    """What this person expects to come between, from S8."""
    removed_at: datetime | None = None
    merged_into: str | None = None
    link_epoch: int = 0
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)


class Device(SQLModel, table=True):
    """One browser in one workshop: the hash of its cookie, and who it is there."""

    browser_hash: str = Field(primary_key=True)
    workshop_id: str = Field(primary_key=True, foreign_key="workshop.id", ondelete="CASCADE")
    participant_id: str = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    created_at: datetime = Field(default_factory=clock.now)


class Newcomer(SQLModel, table=True):
    """A browser that waits at the door until it is admitted. `code` stands on its screen and on the trainer's."""

    browser_hash: str = Field(primary_key=True)
    workshop_id: str = Field(primary_key=True, foreign_key="workshop.id", ondelete="CASCADE")
    code: str = Field(default_factory=ids.personal_code)
    language: str = "nl"
    created_at: datetime = Field(default_factory=clock.now)


class MailAddress(SQLModel, table=True):
    """Apart from all answers; deleted when the follow-up is over, or sooner on request."""

    participant_id: str = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    address: str
    wants_check: bool = True
    wants_later: bool = False
    corrections: int = 0
    stopped_at: datetime | None = None
    delete_at: datetime | None = None
    created_at: datetime = Field(default_factory=clock.now)


class Buddy(SQLModel, table=True):
    """Who will ask this participant whether it was done. Counts once `agreed`: the other one said yes."""

    __table_args__ = (Index("ix_buddy_workshop_rev", "workshop_id", "rev"),)

    participant_id: str = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    buddy_id: str = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    agreed: bool = False
    withdrawn: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)
