"""A list that the trainer fills in with the room: needs with their size, conditions with owner, date and status."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Literal, TypeVar

from pydantic import Field

from app.core.board import NOBODY, owners
from app.core.entry import Entry, Spec
from app.core.kind import Kind
from app.core.lasting import Condition, Need
from app.core.text import Text
from app.core.workshop import Activity

Row = TypeVar("Row", Need, Condition)
ROOM, LINE, ROW, QUESTION_ROW = 56.0, 1.1, 4.35, 8.2
"""The heights on the projector, in hundredths of its own: of the list under a question of one row, of what lies around
the text of a line, of each row of text, and of each further row of the question. Measured; see `board.css`."""
ROWS, CHARACTERS, QUESTION_CHARACTERS = 2, 56, 40
"""Rows of a line at most, and what stands in one row on the shape of screen that takes fewest."""
AROUND_A_FACT = 12
FIRST = ("promised", "met", "refused", "open")
"""What was just settled with the room stands on top, where the room sees it."""


class BoardSpec(Spec):
    of: Literal["needs", "conditions"]
    most: int = Field(default=6, ge=1, le=8, description="Lines on the projector, the most important first.")


class Board(Kind[BoardSpec, Entry]):
    """Draws from what lives on; what the trainer types there goes through `board` of the core."""

    name = "board"
    takes_entries = False
    Spec = BoardSpec

    def needs(self, rows: Iterable[Need]) -> list[Need]:
        """Most dots first; of as many dots, what the room worked on."""
        return sorted((row for row in rows if row.text), key=lambda row: (-row.dots, not _is_worked_on(row)))

    def conditions(self, rows: Iterable[Condition]) -> list[Condition]:
        """What has an answer first, then what has an owner."""
        told = [row for row in rows if row.text]
        return sorted(told, key=lambda row: (FIRST.index(row.status), row.owner in ("", NOBODY)))

    def fitting(self, spec: BoardSpec, lines: Sequence[Row], question: str) -> list[Row]:
        """The first lines, at most `spec.most`, that the projector shows whole: it has no scroll bar."""
        room = ROOM - QUESTION_ROW * (ceil(len(question) / QUESTION_CHARACTERS) - 1)
        kept = _first_within(room, lines[: spec.most])
        return kept if len(kept) == len(lines) else _first_within(room - LINE - ROW, lines[: spec.most])

    def owner(self, condition: Condition, activities: Iterable[Activity]) -> Text | str:
        """In words: the label that was chosen on the card, or what the trainer typed."""
        label = owners(activities).get(condition.owner)
        return Text.model_validate(label) if label else condition.owner


def _is_worked_on(need: Need) -> bool:
    return need.settled or bool(need.size or need.source or need.stops)


def _first_within(room: float, lines: Sequence[Row]) -> list[Row]:
    kept = []
    for line in lines:
        room -= LINE + ROW * min(ROWS, ceil(_signs(line) / CHARACTERS))
        if room < 0:
            break
        kept.append(line)
    return kept


def _signs(line: Need | Condition) -> int:
    facts = (line.size, line.source, line.stops) if isinstance(line, Need) else (line.owner, line.by_date)
    return len(line.text) + sum(len(fact) + AROUND_A_FACT for fact in facts if fact)
