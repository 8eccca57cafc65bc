"""A contribution as the room may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from app.core.entry import Entry

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Shown(Generic[E]):
    """One contribution as the room may see it. `text` is the trainer's wording where it was edited, else empty; `into`
    the card that it was merged into; `absorbed` those that were merged into it; `at` when it was first sent."""

    id: str
    participant_id: str
    slot: str
    entry: E
    text: str = ""
    hidden: bool = False
    parked: bool = False
    into: str = ""
    absorbed: tuple[str, ...] = ()
    name: str = ""
    at: datetime | None = None

    @property
    def merged(self) -> int:
        """How many say the same."""
        return len(self.absorbed)
