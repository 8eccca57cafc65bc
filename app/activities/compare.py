"""A list in which every item gets two numbers from 0 to 5, how it is now and how it should be, and one last pick."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.core.drafts import Turned
from app.core.entry import Entry, Spec
from app.core.errors import Refused
from app.core.examples import grade
from app.core.kind import Kind
from app.core.shown import Shown
from app.core.text import Text
from app.texts import gettext_noop as N_

MOST_LINES = 8
"""Lines on the projector at most; the smallest differences stay off it."""
TOP = 3
MOST_PICKED = 3
"""Where more items than these share the first place, no choice has been made yet."""
ROOM, LINE, ROW, QUESTION_ROW = 30.6, 0.27, 2.45, 4.7
"""In hundredths of the projector's width at 16:9: the room under a question of one row, a line without its text, a row
of text, and each further row of the question. Measured; see `compare.css`."""
LABEL_CHARACTERS, LEGEND_CHARACTERS, PICKED_CHARACTERS, QUESTION_CHARACTERS = 33, 56, 46, 40
"""In one row: of a label, of the texts of the legend, of the labels that were picked, of the question."""
Grade = Annotated[int, Field(ge=0, le=5)]


class Item(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")
    label: Text
    leave: Literal["", "meeting", "mail", "chore"] = Field(
        default="", description="What may stay undone when this is picked: the commitment suggests it."
    )


class CompareSpec(Spec):
    items: tuple[Item, ...] = Field(min_length=2, max_length=10)
    low: Text = Field(description="What 0 means.")
    high: Text = Field(description="What 5 means.")
    first: Text = Field(description="The question that the first number answers: now.")
    second: Text = Field(description="The question that the second number answers: should be.")
    pick: Text | None = Field(default=None, description="A last question, answered with one of the items.")

    @model_validator(mode="after")
    def _fits(self) -> "CompareSpec":
        if len({item.key for item in self.items}) < len(self.items):
            raise ValueError(N_("Two items have the same key."))
        return self


class Pair(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    now: Grade
    should: Grade


class CompareEntry(Entry):
    values: dict[str, Pair]
    pick: str = Field(default="", max_length=41)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answers to one item: medians, 0 where nobody answered, and how many people picked it."""

    key: str
    label: Text
    now: float
    should: float
    picks: int = 0

    @property
    def difference(self) -> float:
        return self.should - self.now


@dataclass(frozen=True, slots=True)
class CompareTally:
    """`lines` by the size of the difference, biggest first; equal ones in the order of the script."""

    lines: tuple[Comparison, ...]
    count: int

    @property
    def top(self) -> tuple[Comparison, ...]:
        """The biggest differences, three at most."""
        return tuple(line for line in self.lines[:TOP] if line.difference)

    @property
    def picked(self) -> tuple[Comparison, ...]:
        """What most people picked: up to three items that share the first place, else none."""
        most = max(line.picks for line in self.lines)
        first = tuple(line for line in self.lines if line.picks == most)
        return first if most and len(first) <= MOST_PICKED else ()


class Compare(Kind[CompareSpec, CompareEntry]):
    name = "compare"
    Spec = CompareSpec
    Entry = CompareEntry

    def allow(self, spec: CompareSpec, mine: Mapping[str, CompareEntry], entry: CompareEntry) -> None:
        keys = {item.key for item in spec.items}
        if set(entry.values) != keys:
            raise Refused(N_("Give both numbers on each line."), field="values")
        if entry.pick and (spec.pick is None or entry.pick not in keys):
            raise Refused(N_("Choose one of the answers."), field="pick")

    def turned(self, spec: CompareSpec, entry: CompareEntry) -> Turned | None:
        picked = [item for item in spec.items if spec.pick and item.key == entry.pick]
        return Turned(picked[0].label, picked[0].leave) if picked else None

    def example(self, spec: CompareSpec, number: int, language: str) -> list[dict[str, Any]]:
        keys = [item.key for item in spec.items]
        values = {
            key: {"now": grade(number, at % 3, 3 + at % 3), "should": grade(number, at * 2 % 4, 2 + at * 2 % 4)}
            for at, key in enumerate(keys)
        }
        return [{"values": values, "pick": keys[grade(number, 0, len(keys) - 1)] if spec.pick else ""}]

    def tally(self, spec: CompareSpec, shown: Sequence[Shown[CompareEntry]]) -> CompareTally:
        keys = {item.key for item in spec.items}
        entries = [card.entry for card in shown if keys <= set(card.entry.values)]
        picks = Counter(entry.pick for entry in entries if spec.pick)
        lines = [_comparison(item, [entry.values[item.key] for entry in entries], picks) for item in spec.items]
        return CompareTally(tuple(sorted(lines, key=lambda line: -abs(line.difference))), len(entries))

    def fitting(self, spec: CompareSpec, tally: CompareTally) -> tuple[Comparison, ...]:
        """The first lines that the projector shows whole, one at least: it has no scroll bar."""
        lines = tally.lines[:MOST_LINES]
        room = ROOM - QUESTION_ROW * (_rows([spec.question], QUESTION_CHARACTERS) - 1)
        room -= ROW * _rows([spec.first, spec.second, spec.low, spec.high], LEGEND_CHARACTERS)
        if tally.picked:
            room -= ROW * _rows([line.label for line in tally.picked], PICKED_CHARACTERS)
        kept = _first_within(room, lines)
        return kept if len(kept) == len(tally.lines) else _first_within(room - ROW, lines)

    def advice(self, tally: CompareTally) -> list[str]:
        """What the trainer may ask, as English messages."""
        return [N_("Ask: what do you decide yourself?")] if tally.count else []


def _comparison(item: Item, pairs: Sequence[Pair], picks: Mapping[str, int]) -> Comparison:
    if not pairs:
        return Comparison(item.key, item.label, 0.0, 0.0)
    now, should = (float(median(values)) for values in ([p.now for p in pairs], [p.should for p in pairs]))
    return Comparison(item.key, item.label, now, should, picks.get(item.key, 0))


def _first_within(room: float, lines: Sequence[Comparison]) -> tuple[Comparison, ...]:
    for at, line in enumerate(lines):
        room -= LINE + ROW * _rows([line.label], LABEL_CHARACTERS)
        if room < 0:
            return tuple(lines[: max(at, 1)])
    return tuple(lines)


def _rows(texts: Sequence[Text], in_one: int) -> int:
    """Rows of text in the language that takes more of them."""
    longest = max(sum(len(text.in_(language)) for text in texts) for language in ("nl", "en"))
    return max(1, -(-longest // in_one))
