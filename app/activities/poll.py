"""One question, some answers, one tap. An option may ask for a line of text ("which word should change?")."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.core.entry import Entry, Spec
from app.core.errors import Refused
from app.core.examples import grade, sentence
from app.core.kind import Kind
from app.core.shown import Shown
from app.core.text import Line, Text
from app.texts import gettext_noop as N_

MOST_ASKED = 120
MOST_WORDS, WORD_ROWS, IN_ONE_ROW, AROUND_A_WORD, REST = 20, 2, 70, 4, 12
"""Of the words under the bars of the projector: how many at most, their rows, the signs in a row, what the edge of one
takes of it, and what tells that there are more. Measured; see `poll.css`."""


class Option(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")
    label: Text
    ask: Text | None = Field(default=None, description="A line of text that this answer asks for.")


class PollSpec(Spec):
    options: tuple[Option, ...] = Field(min_length=2, max_length=12)
    literal: bool = Field(default=False, description="The question itself is the picture.")


class PollEntry(Entry):
    pick: str = Field(max_length=41)
    words: dict[str, Line] = Field(default_factory=dict, description="Lines of text by option.")


@dataclass(frozen=True, slots=True)
class Bar:
    key: str
    label: Text
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class PollTally:
    """`share` is 0 to 1 of all answers; `words` are (contribution id, text) in the order in which they came."""

    bars: tuple[Bar, ...]
    words: tuple[tuple[str, str], ...]
    count: int


class Poll(Kind[PollSpec, PollEntry]):
    name = "poll"
    Spec = PollSpec
    Entry = PollEntry

    def allow(self, spec: PollSpec, mine: Mapping[str, PollEntry], entry: PollEntry) -> None:
        if all(option.key != entry.pick for option in spec.options):
            raise Refused(N_("Choose one of the answers."), field="pick")
        if len(entry.words.get(entry.pick, "")) > MOST_ASKED:
            raise Refused(
                N_("That is too long. Use at most %(max_length)s signs."),
                field="words",
                max_length=MOST_ASKED,
            )

    def example(self, spec: PollSpec, number: int, language: str) -> list[dict[str, Any]]:
        option = spec.options[grade(number, 0, len(spec.options) - 1)]
        return [{"pick": option.key, "words": {option.key: sentence(number, language)} if option.ask else {}}]

    def tally(self, spec: PollSpec, shown: Sequence[Shown[PollEntry]]) -> PollTally:
        count = len(shown)
        picks = [card.entry.pick for card in shown]
        bars = tuple(
            Bar(
                option.key,
                option.label,
                picks.count(option.key),
                picks.count(option.key) / count if count else 0.0,
            )
            for option in spec.options
        )
        asks = {option.key for option in spec.options if option.ask}
        words = tuple(
            (card.id, card.text or card.entry.words[card.entry.pick])
            for card in shown
            if card.entry.pick in asks and card.entry.words.get(card.entry.pick)
        )
        return PollTally(bars, words, count)

    def fitting(self, words: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
        """The newest, as many as the projector shows whole: it has no scroll bar. One at least."""
        for count in range(min(len(words), MOST_WORDS), 1, -1):
            lengths = [len(text) for _, text in words[-count:]] + ([REST] if count < len(words) else [])
            if _rows(lengths) <= WORD_ROWS:
                return words[-count:]
        return words[-1:]

    def card_text(self, entry: PollEntry) -> str | None:
        return entry.words.get(entry.pick) or None


def _rows(lengths: Iterable[int]) -> int:
    """Words stand beside each other while they fit; one that is longer than a row takes rows of its own."""
    rows, left = 0, 0
    for length in lengths:
        wide = length + AROUND_A_WORD
        if wide > left:
            rows, left = rows + ceil(wide / IN_ONE_ROW), IN_ONE_ROW
        left = max(0, left - wide)
    return rows
