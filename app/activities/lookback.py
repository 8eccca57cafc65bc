"""A group that comes back sees first what it left behind: its number, obstacles, conditions and commitments."""

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any, Literal

from pydantic import Field

from app.core.entry import Entry, Spec
from app.core.kind import Kind
from app.core.obstacles import OBSTACLES

Kept = Literal["now", "obstacles", "conditions", "commitments"]
ROOM, QUESTION_ROW, QUOTE, AROUND, LINE = 31.5, 4.7, 6.8, 5.0, 2.87
"""The heights on the projector, in hundredths of its width: under a question of one row, of each further row, of the
former opgave, of the heading of a part, and of a line in it. Measured; see `lookback.css`."""
IN_ONE_ROW, TWO_ROWS = 2, 1.9
"""So many parts stand beside each other and no others below; then a line of a list may have two rows of text."""
QUESTION_CHARACTERS, MOST_LINES = 40, 6
K = 5
"""The smallest group that is counted before everybody, where the former workshop does not say it."""


class LookbackSpec(Spec):
    show: tuple[Kept, ...] = Field(default=("now", "obstacles", "conditions", "commitments"), min_length=1)


class Lookback(Kind[LookbackSpec, Entry]):
    """Draws from `Workshop.before`, which was counted when this workshop was opened: names and acts are not in it."""

    name = "lookback"
    takes_entries = False
    Spec = LookbackSpec

    def parts(self, spec: LookbackSpec, before: Mapping[str, Any], for_trainer: bool = False) -> list[Kept]:
        """What of `show` there is to show, in its order. What would point at persons is for the trainer only."""
        return [part for part in dict.fromkeys(spec.show) if self._is_there(part, before, for_trainer)]

    def _is_there(self, part: Kept, before: Mapping[str, Any], for_trainer: bool) -> bool:
        if part == "now":
            return before.get("now") is not None and before.get("wanted") is not None
        if part == "commitments":
            due = before.get("commitments", {}).get("due", 0)
            return bool(due) and (for_trainer or due >= before.get("k", K))
        if part == "obstacles":
            return bool(self.obstacles(before)) and (for_trainer or self.obstacles(before)[0][1] is not None)
        return bool(before.get(part))

    def obstacles(self, before: Mapping[str, Any]) -> list[tuple[str, int | None]]:
        """(English label, how many or None) of what came between."""
        return [(OBSTACLES[code], count) for code, count in before.get("obstacles", ()) if code in OBSTACLES]

    def lines(self, parts: int, has_quote: bool, question: str) -> int:
        """How many lines of a list the projector shows whole beside the other parts, which stand two by two."""
        room = ROOM - QUESTION_ROW * (ceil(len(question) / QUESTION_CHARACTERS) - 1) - (QUOTE if has_quote else 0)
        line = LINE * TWO_ROWS if parts <= IN_ONE_ROW else LINE
        return max(1, min(MOST_LINES, int((room / ceil(parts / 2) - AROUND) / line)))

    def held_on(self, before: Mapping[str, Any]) -> date | None:
        return date.fromisoformat(before["held_on"]) if before.get("held_on") else None
