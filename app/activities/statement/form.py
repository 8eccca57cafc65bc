"""What is asked of a draft, part by part, and what one tap says: a draft or a vote."""

from collections.abc import Iterator
from string import Formatter
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from app.core.entry import Entry, Spec
from app.core.text import Line, Prose, Text, many
from app.texts import gettext_noop as N_

PARTS = ("when", "who", "where", "what", "now")
LONGEST_PART = 120
PartKey = Literal["when", "who", "where", "what", "now"]
Pick = Annotated[str, StringConstraints(max_length=40)]


class StatementPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: PartKey
    label: Text
    placeholder: Text


class StatementSpec(Spec):
    parts: tuple[StatementPart, ...] = Field(min_length=2, max_length=5)
    frame: Text = Field(description="The sentence with {when} {who} {where} {what} {now} in it.")
    dots: int = Field(default=2, ge=1, le=5)
    max_words: int = Field(default=35, ge=10, le=60)

    @model_validator(mode="after")
    def _fits(self) -> "StatementSpec":
        asked = sorted(part.key for part in self.parts)
        if "what" not in asked:
            raise ValueError(N_("A part with the key 'what' is missing."))
        frames = (self.frame.nl, self.frame.en)
        if any(sorted(place for _, place in pieces(frame) if place) != asked for frame in frames):
            raise ValueError(N_("The frame needs a place in braces for each part, once."))
        return self


class StatementEntry(Entry):
    """A draft, or a vote: `pick` names the drafts that got a dot. `language` is the workshop's: the one of the frame.
    `text` is the composed sentence; whatever a phone sends there is overwritten. `unknown`: nobody knows yet how it is
    now, which is a need for information."""

    when: Line = Field(default="", max_length=LONGEST_PART)
    who: Line = Field(default="", max_length=LONGEST_PART)
    where: Line = Field(default="", max_length=LONGEST_PART)
    what: Line = Field(default="", max_length=LONGEST_PART)
    now: Line = Field(default="", max_length=LONGEST_PART)
    language: Literal["nl", "en"] = "nl"
    text: Prose = ""
    unknown: bool = False
    vote: bool = False
    pick: Annotated[tuple[Pick, ...], BeforeValidator(many)] = Field(default=(), max_length=20)

    def part(self, key: str) -> str:
        return str(getattr(self, key))


def pieces(frame: str) -> Iterator[tuple[str, str]]:
    """Each text of the frame with the place that follows it, which is empty at the end."""
    for text, place, _, _ in Formatter().parse(frame):
        yield text, place or ""
