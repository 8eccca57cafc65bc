"""The *voorwaardenbrief*: what the room needs of who decides, point by point, and what the answers were.

Addresses of people outside the room stand in `Contact`, apart from everything they say.
"""

from datetime import date, datetime

from sqlmodel import JSON, BigInteger, Column, Field, SQLModel, UniqueConstraint

from app import clock, ids


class Contact(SQLModel, table=True):
    """Somebody outside the room whom this workshop may mail. `role`: `commissioner` gave the assignment and gets the
    letter; `owner` was named as who can arrange one point. Deleted when the follow-up is over."""

    __table_args__ = (UniqueConstraint("workshop_id", "role", "address"),)

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    role: str
    name: str
    address: str
    language: str = "nl"
    link_epoch: int = 0
    stopped_at: datetime | None = None
    delete_at: datetime | None = None
    created_at: datetime = Field(default_factory=clock.now)


class ConditionsLetter(SQLModel, table=True):
    """One a workshop. It goes only after the trainer read it through (`approved_at`), once; `note` is the trainer's own
    line on top, `answer_by` the day on which the participants hear the answers."""

    workshop_id: str = Field(primary_key=True, foreign_key="workshop.id", ondelete="CASCADE")
    note: str = ""
    answer_by: date | None = None
    approved_at: datetime | None = None
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)


class Point(SQLModel, table=True):
    """One point of the letter, in the trainer's wording. `condition_ids`: the conditions, or the need, it stands for;
    `named_by`: how many people named one of them, 0 for a need. `in_annex`: beyond the five that the letter asks
    about."""

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    position: int = 0
    text: str
    type: str = "ANDERS"
    size: str = ""
    owner: str = ""
    by_date: str = ""
    condition_ids: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    named_by: int = 0
    in_annex: bool = False
    owner_contact_id: str | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    withdrawn: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)


class PointAnswer(SQLModel, table=True):
    """What was answered to one point. Append-only once published, so that a later change shows as a change; until then
    one draft a point, overwritten. `answer`: arranged, partly, no, talk or elsewhere, where `owner_contact_id` may be
    mailed; and what became of a promise: met, partly_met or not_yet. `source`: link, phone (the trainer typed it in) or
    room (promised there)."""

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    point_id: str = Field(foreign_key="point.id", index=True, ondelete="CASCADE")
    contact_id: str | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    answer: str
    by_date: date | None = None
    text: str = ""
    on_behalf_of: str = ""
    source: str = "link"
    owner_contact_id: str | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    published_at: datetime | None = None
    created_at: datetime = Field(default_factory=clock.now)
    rev: int = Field(default=0, sa_type=BigInteger)
