"""What lives on after the workshop. Nullable `serves_*` keys draw the red line; a null `contribution_id` was typed by
the trainer or settled from a tally."""

from datetime import date, datetime

from sqlmodel import BigInteger, Field, Index, SQLModel, UniqueConstraint, col

from app import clock, ids


class Opgave(SQLModel, table=True):
    """One version of the opgave; the highest number is the present one."""

    __table_args__ = (UniqueConstraint("workshop_id", "version"),)

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    version: int
    text: str
    text_en: str = ""
    contribution_id: str | None = Field(default=None, foreign_key="contribution.id", ondelete="SET NULL")
    withdrawn: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)

    def in_(self, language: str) -> str:
        return self.text_en if language == "en" and self.text_en else self.text


class Party(SQLModel, table=True):
    """A party with its own goal, preset by the trainer or from a card. `stands` is what the vote on the flag settled:
    `yes`, `not_yet` or `unknown`; `estimated` where nobody present looks for this party."""

    __table_args__ = (UniqueConstraint("contribution_id"),)

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    position: int = 0
    contribution_id: str | None = Field(default=None, foreign_key="contribution.id", ondelete="CASCADE")
    name: str
    goal: str = ""
    stands: str = ""
    estimated: bool = False
    withdrawn: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)


class Gap(SQLModel, table=True):
    """The medians of now and wanted, settled at reveal or close of the gap scale."""

    workshop_id: str = Field(primary_key=True, foreign_key="workshop.id", ondelete="CASCADE")
    now: float
    wanted: float
    count: int
    rev: int = Field(default=0, sa_type=BigInteger)


class Need(SQLModel, table=True):
    """What the opgave takes. From a card (`contribution_id`) or settled by dots (`key` of the need in the script).

    `size` is how much, `source` where it comes from, `stops` what stops for it, in words. `needed` and `available` are
    medians from 0 to 10. `settled`: arranged on the spot.
    """

    __table_args__ = (
        UniqueConstraint("workshop_id", "key"),
        UniqueConstraint("contribution_id"),
        Index("ix_need_workshop_rev", "workshop_id", "rev"),
    )

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    contribution_id: str | None = Field(default=None, foreign_key="contribution.id", ondelete="CASCADE")
    key: str | None = None
    type: str
    text: str
    dots: int = 0
    size: str = ""
    source: str = ""
    stops: str = ""
    needed: float | None = None
    available: float | None = None
    settled: bool = False
    withdrawn: bool = False
    serves_opgave_id: str | None = Field(default=None, foreign_key="opgave.id", ondelete="SET NULL")
    rev: int = Field(default=0, sa_type=BigInteger)


class Condition(SQLModel, table=True):
    """What somebody needs to work opgave-driven, and who can arrange it."""

    __table_args__ = (UniqueConstraint("contribution_id"), Index("ix_condition_workshop_rev", "workshop_id", "rev"))

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    contribution_id: str | None = Field(default=None, foreign_key="contribution.id", ondelete="CASCADE")
    participant_id: str | None = Field(default=None, foreign_key="participant.id", ondelete="CASCADE")
    text: str
    type: str = "ANDERS"
    owner: str = ""
    by_date: str = ""
    status: str = "open"
    withdrawn: bool = False
    serves_need_id: str | None = Field(default=None, foreign_key="need.id", ondelete="SET NULL")
    rev: int = Field(default=0, sa_type=BigInteger)


class Commitment(SQLModel, table=True):
    """One act on one day at one time by one person. Exists from *This is my commitment* on."""

    __table_args__ = (
        UniqueConstraint("contribution_id"),
        Index("ix_commitment_workshop_rev", "workshop_id", "rev"),
    )

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    participant_id: str = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    contribution_id: str | None = Field(default=None, foreign_key="contribution.id", ondelete="SET NULL")
    serves_need_id: str | None = Field(default=None, foreign_key="need.id", ondelete="SET NULL")
    replanned_from: str | None = Field(default=None, foreign_key="commitment.id", ondelete="SET NULL")
    act: str
    day: date
    starts_at: datetime
    minutes: int = 30
    place: str = ""
    who: str = ""
    alone: bool = False
    evidence: str = ""
    leave: str = ""
    obstacle: str = ""
    obstacle_text: str = ""
    then: str = ""
    confidence: int | None = None
    verdict: str = ""
    first_verdict: str = ""
    rules: str = ""
    overruled: bool = False
    shows_trainer: bool = False
    wall: str = "no"
    late: bool = False
    day_chosen: bool = False
    first_due_day: date
    sequence: int = 0
    next_after: str | None = Field(default=None, foreign_key="commitment.id", ondelete="SET NULL")
    """The act that was done before this one: a next step, outside the morgen-rate."""
    seen_at: datetime | None = None
    """When the buddy said to have seen it done: beside the own answer, never instead of it."""
    withdrawn: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)
    changed_at: datetime = Field(default_factory=clock.now)

    @property
    def is_first(self) -> bool:
        """Made for the workshop: neither planned again nor a next step."""
        return self.replanned_from is None and self.next_after is None


FIRST = (col(Commitment.replanned_from).is_(None), col(Commitment.next_after).is_(None))
"""`Commitment.is_first` in a query."""


class CheckIn(SQLModel, table=True):
    """What was done: one row a commitment, the last answer wins; whether it came in time, the first one tells."""

    __table_args__ = (Index("ix_checkin_workshop_rev", "workshop_id", "rev"),)

    commitment_id: str = Field(primary_key=True, foreign_key="commitment.id", ondelete="CASCADE")
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    answer: str
    obstacle: str = ""
    obstacle_text: str = ""
    brought: str = ""
    needed: str = ""
    entered_by_trainer: bool = False
    """It came by reply, and the trainer typed it in."""
    first_answered_at: datetime = Field(default_factory=clock.now)
    answered_at: datetime = Field(default_factory=clock.now)
    rev: int = Field(default=0, sa_type=BigInteger)


class LaterCheckIn(SQLModel, table=True):
    """What one person told after a week (`m3`) or after four weeks (`m4`); the last answer wins.

    `worked`: several, once or no. `condition_met`: yes, partly or no, about the own condition. `now`: the opgave from
    0 to 10, by the scale of the room. `may_call`: whether the trainer may call for ten minutes.
    """

    participant_id: str = Field(primary_key=True, foreign_key="participant.id", ondelete="CASCADE")
    letter: str = Field(primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    worked: str = ""
    helped: str = ""
    condition_met: str = ""
    now: int | None = None
    different: str = ""
    may_call: bool | None = None
    first_answered_at: datetime = Field(default_factory=clock.now)
    answered_at: datetime = Field(default_factory=clock.now)
    rev: int = Field(default=0, sa_type=BigInteger)
