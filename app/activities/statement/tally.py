"""The drafts of a room with their dots, how concrete each is, and how many of them the wall shows whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.activities.statement.form import StatementEntry, StatementSpec
from app.core.opgave_hints import Checks, checks
from app.core.shown import Shown

CHECKS = ("where", "who", "when")
TOP = 5
ROOM, ROW, BESIDE, QUESTION_ROW = 28.5, 2.6, 4.2, 4.7
"""In hundredths of the projector's width: what lies under a question of one row, a row of a sentence, what stands under
and between two of them, and each further row of the question. See `statement.css` of the projector."""
CHARACTERS, QUESTION_CHARACTERS = 72, 40


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


def counted(spec: StatementSpec, shown: Sequence[Shown[StatementEntry]]) -> StatementTally:
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


def fitting(tally: StatementTally, question: str) -> list[Drafted]:
    """The strongest sentences that the projector shows whole under the question: it has no scroll bar."""
    room = ROOM - QUESTION_ROW * (_rows(question, QUESTION_CHARACTERS) - 1)
    kept: list[Drafted] = []
    for draft in tally.top:
        room -= ROW * _rows(draft.text, CHARACTERS) + BESIDE
        if room < 0 and kept:
            break
        kept.append(draft)
    return kept


def _rows(text: str, in_one: int) -> int:
    return max(1, -(-len(text) // in_one))
