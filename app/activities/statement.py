"""The opgave in one sentence: drafted in parts, chosen with dots, edited on stage by the trainer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.core.drafts import OpgaveDraft, Settlement
from app.core.errors import Refused
from app.core.kind import Entry, Kind, Shown, Spec
from app.core.text import Line, Text, many
from app.texts import gettext_noop as N_

PARTS = ("when", "who", "where", "what", "now")
CHECKS = ("where", "who", "when")
OPEN = "…"
TOP = 5


class StatementPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Literal["when", "who", "where", "what", "now"]
    label: Text
    placeholder: Text


class StatementSpec(Spec):
    parts: tuple[StatementPart, ...] = Field(min_length=2, max_length=5)
    frame: Text = Field(description="The sentence with {when} {who} {where} {what} {now} in it.")
    dots: int = Field(default=2, ge=1, le=5)
    max_words: int = Field(default=35, ge=10, le=60)


class StatementEntry(Entry):
    """A draft, or a vote: `pick` names the drafts that got a dot."""

    when: Line = ""
    who: Line = ""
    where: Line = ""
    what: Line = ""
    now: Line = ""
    vote: bool = False
    pick: Annotated[tuple[str, ...], BeforeValidator(many)] = ()

    def part(self, key: str) -> str:
        return str(getattr(self, key))


@dataclass(frozen=True, slots=True)
class Drafted:
    """One sentence with its dots, and which of where, who and when it names."""

    id: str
    text: str
    dots: int
    checks: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class StatementTally:
    """Most dots first, then in the order in which they came."""

    drafts: tuple[Drafted, ...]
    votes: int

    @property
    def top(self) -> tuple[Drafted, ...]:
        return self.drafts[:TOP]


class Statement(Kind[StatementSpec, StatementEntry]):
    name = "statement"
    ready_slot = "draft"
    Spec = StatementSpec
    Entry = StatementEntry

    def slot(self, entry: StatementEntry, key: str) -> str:
        return "vote" if entry.vote else "draft"

    def allow(self, spec: StatementSpec, mine: Mapping[str, StatementEntry], entry: StatementEntry) -> None:
        if entry.vote:
            if not 1 <= len(set(entry.pick)) <= spec.dots:
                raise Refused(N_("Choose at most %(dots)s sentences."), field="pick", dots=spec.dots)
            return
        if not entry.what or not any(entry.part(key) for key in ("when", "who", "where")):
            raise Refused(N_("Say what will be different, and at least where, for whom or when."), field="what")
        if len(compose(spec, entry, "nl").split()) > spec.max_words:
            raise Refused(
                N_("That is too long to remember. Use at most %(words)s words."), field="what", words=spec.max_words
            )

    def tally(self, spec: StatementSpec, shown: Sequence[Shown[StatementEntry]]) -> StatementTally:
        votes = [card.entry.pick for card in shown if card.entry.vote]
        drafts = [
            Drafted(
                card.id,
                card.text or compose(spec, card.entry, "nl"),
                sum(card.id in picks for picks in votes),
                tuple((key, bool(card.entry.part(key))) for key in CHECKS),
            )
            for card in shown
            if not card.entry.vote
        ]
        return StatementTally(tuple(sorted(drafts, key=lambda draft: -draft.dots)), len(votes))

    def settle(self, spec: StatementSpec, tally: StatementTally) -> Iterable[Settlement]:
        if tally.drafts:
            best = tally.drafts[0]
            yield OpgaveDraft(best.text, best.id)

    def card_text(self, entry: StatementEntry) -> str | None:
        return None if entry.vote else " · ".join(entry.part(key) for key in PARTS if entry.part(key))


def compose(spec: StatementSpec, entry: StatementEntry, language: str) -> str:
    """The frame with what was typed in its places, never conjugated; an open place shows as …"""
    text = spec.frame.in_(language)
    for key in PARTS:
        text = text.replace("{" + key + "}", entry.part(key) or OPEN)
    return text
