"""A list that the trainer fills in with the room: needs with their size, conditions with owner, date and status."""

from typing import Literal

from pydantic import Field

from app.core.kind import Entry, Kind, Spec


class BoardSpec(Spec):
    of: Literal["needs", "conditions"]
    most: int = Field(default=6, ge=1, le=8, description="Lines on the projector, the most important first.")


class Board(Kind[BoardSpec, Entry]):
    """Draws from what lives on; what the trainer types there goes through `board` of the core."""

    name = "board"
    takes_entries = False
    Spec = BoardSpec
