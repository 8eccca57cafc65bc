"""What taps leave behind: contributions, and the trainer's curation of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import JSON, BigInteger, Column, Field, Index, SQLModel, UniqueConstraint

from app import clock, ids


class Contribution(SQLModel, table=True):
    """One entry in one slot of one participant; a second tap in the slot replaces the first. Never deleted while
    the workshop lives: a look reads rows by `rev`."""

    __table_args__ = (
        UniqueConstraint("activity_id", "participant_id", "slot"),
        Index("ix_contribution_workshop_rev", "workshop_id", "rev"),
    )

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    activity_id: str = Field(foreign_key="activity.id", ondelete="CASCADE")
    participant_id: str = Field(foreign_key="participant.id", index=True, ondelete="CASCADE")
    slot: str
    entry: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    withdrawn: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)


class Said(NamedTuple):
    """What a contribution says, apart from its row."""

    id: str
    participant_id: str
    slot: str
    entry: dict[str, Any]
    created_at: datetime


class Curation(SQLModel, table=True):
    """What the trainer did to a card. The last row per card and act counts; what was undone is marked `withdrawn`.

    `into` names the card that this one was merged into.
    """

    __table_args__ = (Index("ix_curation_workshop_rev", "workshop_id", "rev"),)

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE")
    contribution_id: str = Field(foreign_key="contribution.id", index=True, ondelete="CASCADE")
    act: str
    text: str = ""
    into: str | None = Field(default=None, foreign_key="contribution.id", ondelete="CASCADE")
    trainer_id: str
    withdrawn: bool = False
    rev: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(default_factory=clock.now)

    def apply(self, state: dict[str, str]) -> None:
        """Fold this act into a card's state: `hidden`, `text`, `into` and `parked`."""
        match self.act:
            case _ if self.withdrawn:
                pass
            case "hide":
                state["hidden"] = "yes"
            case "show":
                state.pop("hidden", None)
            case "edit":
                state["text"] = self.text
            case "restore":
                state.pop("text", None)
            case "merge":
                state["into"] = self.into or ""
            case "part":
                state.pop("into", None)
            case "park":
                state["parked"] = "yes"
            case "take_up":
                state.pop("parked", None)


def folded(curations: Iterable[Curation]) -> dict[str, str]:
    """The state of one card after all that was done to it."""
    state: dict[str, str] = {}
    for curation in sorted(curations, key=lambda one: (one.rev, one.created_at)):
        curation.apply(state)
    return state
