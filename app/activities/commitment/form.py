"""What the form of S9 asks, and what is typed in it."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from app.core.entry import Entry, Spec
from app.core.text import Line, Text, many

Verdicts = Literal["", "concreet", "bijna", "vrijblijvend"]

Asked = Literal[
    "serves",
    "act",
    "day",
    "time",
    "minutes",
    "place",
    "who",
    "evidence",
    "leave",
    "obstacle",
    "then",
    "confidence",
    "mail",
]


class CommitmentSpec(Spec):
    fields: tuple[Asked, ...] = Field(
        default=("act", "day", "time", "who", "evidence", "leave", "obstacle", "then", "mail"),
        description="What is asked, by name; the rest gets its default.",
    )
    example: Text = Field(description="A worked example, built live by the trainer.")
    starters: dict[str, Text] = Field(default_factory=dict, description="First words of *then*, by obstacle code.")


class CommitmentEntry(Entry):
    stage: Literal["draft", "check", "edit", "seal"] = "draft"
    act: Line = ""
    day: date | None = None
    at: time | None = None
    at_other: time | None = None
    minutes: int = Field(default=30, ge=5, le=480)
    place: Line = ""
    who: Line = ""
    alone: bool = False
    serves: str = Field(default="", max_length=40)
    evidence: Line = ""
    leave: Literal["", "meeting", "mail", "chore", "nothing"] = ""
    obstacle: str = Field(default="", max_length=20)
    obstacle_text: Line = ""
    then: Line = ""
    confidence: int | None = Field(default=None, ge=0, le=10)
    name: Line = ""
    days_off: Annotated[tuple[int, ...], BeforeValidator(many)] = ()
    verdict: Verdicts = ""
    first_verdict: Verdicts = ""
    rules: tuple[str, ...] = ()
    day_is_next: bool = True

    @property
    def clock(self) -> time | None:
        """The time typed by hand wins over the one that was picked."""
        return self.at_other or self.at


FOUND = {"stage", "verdict", "first_verdict", "rules", "day_is_next"}
"""What is not typed but found."""


def says_the_same(entry: CommitmentEntry, before: CommitmentEntry) -> bool:
    return entry.model_dump(exclude=FOUND) == before.model_dump(exclude=FOUND)
