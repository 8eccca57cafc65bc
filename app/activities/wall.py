"""S10: the wall of volunteers. Each phone chooses how its own commitment may stand there; else it does not."""

from typing import Literal

from pydantic import Field

from app.core.drafts import WallDraft
from app.core.kind import Entry, Kind, Spec


class WallSpec(Spec):
    most: int = Field(default=12, ge=1, le=40, description="Lines at most; the rest is counted.")


class WallEntry(Entry):
    show: Literal["name", "anonymous", "no"]


class Wall(Kind[WallSpec, WallEntry]):
    name = "wall"
    personal = True
    Spec = WallSpec
    Entry = WallEntry

    def hand_on(self, spec: WallSpec, entry: WallEntry) -> WallDraft:
        return WallDraft(entry.show)
