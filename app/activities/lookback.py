"""A group that comes back sees first what it left behind: its number, obstacles, conditions and commitments."""

from typing import Literal

from pydantic import Field

from app.core.kind import Entry, Kind, Spec

Kept = Literal["now", "obstacles", "conditions", "commitments"]


class LookbackSpec(Spec):
    show: tuple[Kept, ...] = Field(default=("now", "obstacles", "conditions", "commitments"), min_length=1)


class Lookback(Kind[LookbackSpec, Entry]):
    """Draws from `Workshop.before`, which was counted when this workshop was opened: names and acts are not in it."""

    name = "lookback"
    takes_entries = False
    Spec = LookbackSpec
