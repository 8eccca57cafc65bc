"""The opgave in one sentence: drafted in parts, chosen with dots, edited on stage by the trainer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from app.core.drafts import NeedDraft, OpgaveDraft, Settlement
from app.core.entry import Entry, Spec
from app.core.errors import Refused
from app.core.kind import Kind
from app.core.opgave_hints import Checks, Hint, checks, hints
from app.core.shown import Shown
from app.core.surroundings import Surroundings
from app.core.text import Line, Prose, Text, many
from app.texts import gettext_noop as N_
from app.texts import say

PARTS = ("when", "who", "where", "what", "now")
CHECKS = ("where", "who", "when")
OPEN = "…"
NOT_KNOWN = N_("not known yet")
INFORMATION = N_("Find out how it is now: %(what)s")
TOP = 5
LONGEST_PART = 120
ROOM, ROW, BESIDE, QUESTION_ROW = 28.5, 2.6, 4.2, 4.7
"""In hundredths of the projector's width: what lies under a question of one row, a row of a sentence, what stands under
and between two of them, and each further row of the question. See `statement.css` of the projector."""
CHARACTERS, QUESTION_CHARACTERS = 72, 40
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
        if any(sorted(place for _, place in _pieces(frame) if place) != asked for frame in frames):
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


@dataclass(frozen=True, slots=True)
class Drafted:
    """One sentence with its dots, and which of where, who and when it names concretely."""

    id: str
    text: str
    dots: int
    checks: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class StatementTally:
    """`drafts` in the order in which they came."""

    drafts: tuple[Drafted, ...]
    votes: int

    @property
    def ballot(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen: (id, text)."""
        return tuple((draft.id, draft.text) for draft in self.drafts)

    @property
    def ranked(self) -> list[Drafted]:
        """Most dots first; of equals the earliest."""
        return sorted(self.drafts, key=lambda draft: -draft.dots)

    @property
    def top(self) -> list[Drafted]:
        return self.ranked[:TOP]


class Statement(Kind[StatementSpec, StatementEntry]):
    name = "statement"
    Spec = StatementSpec
    Entry = StatementEntry

    def slot(self, entry: StatementEntry, key: str) -> str:
        return "vote" if entry.vote else "draft"

    def allow(self, spec: StatementSpec, mine: Mapping[str, StatementEntry], entry: StatementEntry) -> None:
        if entry.vote:
            _allow_vote(spec, entry)
        else:
            _allow_draft(spec, entry)

    def complete(
        self, spec: StatementSpec, mine: Mapping[str, StatementEntry], entry: StatementEntry, around: Surroundings
    ) -> StatementEntry:
        if entry.vote:
            return StatementEntry(vote=True, pick=tuple(dict.fromkeys(entry.pick)))
        return entry.model_copy(update={"text": compose(spec, entry), "pick": ()})

    def needs_pen(self, entry: StatementEntry) -> bool:
        return not entry.vote

    def is_ready(self, entry: StatementEntry, revealed: bool) -> bool:
        """With a sentence; once the sentences can be chosen from, with dots."""
        return entry.vote is revealed

    def example(self, spec: StatementSpec, number: int, language: str) -> list[dict[str, Any]]:
        said: dict[str, Any] = {part.key: part.placeholder.in_(language) for part in spec.parts}
        return [said | {"what": f"{said['what']} ({number + 1})"}]

    def tally(self, spec: StatementSpec, shown: Sequence[Shown[StatementEntry]]) -> StatementTally:
        votes = [card.entry.pick for card in shown if card.entry.vote]
        drafts = tuple(
            Drafted(
                card.id,
                card.text or card.entry.text,
                sum(not {card.id, *card.absorbed}.isdisjoint(picks) for picks in votes),
                tuple(_named(spec, card)),
            )
            for card in shown
            if card.entry.text and not card.entry.vote
        )
        return StatementTally(drafts, len(votes))

    def fitting(self, spec: StatementSpec, tally: StatementTally, language: str) -> list[Drafted]:
        """The strongest sentences that the projector shows whole: it has no scroll bar."""
        room = ROOM - QUESTION_ROW * (_rows(spec.question.in_(language), QUESTION_CHARACTERS) - 1)
        kept: list[Drafted] = []
        for draft in tally.top:
            room -= ROW * _rows(draft.text, CHARACTERS) + BESIDE
            if room < 0 and kept:
                break
            kept.append(draft)
        return kept

    def settle(self, spec: StatementSpec, tally: StatementTally) -> Iterable[Settlement]:
        """The one with most dots. Without dots nobody chose, so only a single draft can be it."""
        best = next(iter(tally.ranked), None)
        if best and (best.dots or len(tally.drafts) == 1):
            yield OpgaveDraft(best.text, best.id)

    def hand_on(self, spec: StatementSpec, entry: StatementEntry) -> NeedDraft | None:
        """What nobody knows yet is a need for information."""
        if not entry.unknown or entry.vote:
            return None
        return NeedDraft("INFORMATIE", say(entry.language, INFORMATION, what=entry.what))

    def card_text(self, entry: StatementEntry) -> str | None:
        return entry.text or None

    def frame(self, spec: StatementSpec, language: str) -> Iterator[tuple[str, Text | None]]:
        """The empty sentence: text, and the label of the place that follows it."""
        labels: dict[str, Text] = {part.key: part.label for part in spec.parts}
        for text, place in _pieces(spec.frame.in_(language)):
            yield text, labels.get(place)

    def advice(self, tally: StatementTally, language: str) -> tuple[Hint, ...]:
        """What would make the leading sentence more concrete, for the trainer."""
        return hints(tally.ranked[0].text, language) if tally.drafts else ()


def _rows(text: str, in_one: int) -> int:
    return max(1, -(-len(text) // in_one))


def compose(spec: StatementSpec, entry: StatementEntry) -> str:
    """The frame with what was typed in its places, never conjugated; an open place shows as …"""
    pieces = _pieces(spec.frame.in_(entry.language))
    return "".join(text + (_filled(entry, place) if place else "") for text, place in pieces)


def _filled(entry: StatementEntry, place: str) -> str:
    if place == "now" and entry.unknown:
        return say(entry.language, NOT_KNOWN)
    return entry.part(place).rstrip(" .") or OPEN


def _pieces(frame: str) -> Iterator[tuple[str, str]]:
    """Each text of the frame with the place that follows it, which is empty at the end."""
    for text, place, _, _ in Formatter().parse(frame):
        yield text, place or ""


def _allow_vote(spec: StatementSpec, entry: StatementEntry) -> None:
    if not entry.pick:
        raise Refused(N_("Choose a sentence first."), field="pick")
    if len(set(entry.pick)) > spec.dots:
        raise Refused(N_("Choose at most %(dots)s sentences."), field="pick", dots=spec.dots)


def _allow_draft(spec: StatementSpec, entry: StatementEntry) -> None:
    asked = {part.key for part in spec.parts}
    filled = {key for key in PARTS if entry.part(key)}
    if not filled <= asked:
        raise Refused(N_("That does not fit here. Choose one of the answers."))
    if "what" not in filled or len(filled) < 2:
        raise Refused(N_("Say what will be different, and fill in at least one more place."), field="what")
    if len(compose(spec, entry).split()) > spec.max_words:
        raise Refused(
            N_("That is too long to remember. Use at most %(words)s words."), field="what", words=spec.max_words
        )


def _named(spec: StatementSpec, card: Shown[StatementEntry]) -> Iterator[tuple[str, bool]]:
    """A part counts when it is concrete by itself; in the trainer's wording the whole sentence is looked at."""
    entry = card.entry
    asked = {part.key for part in spec.parts}
    whole = checks(card.text or entry.text, entry.language)
    for key in CHECKS:
        by_parts = key in asked and not card.text
        yield key, getattr(_of_part(entry, key) if by_parts else whole, key)


def _of_part(entry: StatementEntry, key: str) -> Checks:
    """A place is read after a preposition, as it stands in the frame."""
    return checks(f"in {entry.part(key)}" if key == "where" else entry.part(key), entry.language)
