"""A thumb, up or down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.core.entry import Entry, Spec
from app.core.kind import Kind
from app.core.shown import Shown


class ThumbsEntry(Entry):
    thumb: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class ThumbsTally:
    up: int
    down: int


class Thumbs(Kind[Spec, ThumbsEntry]):
    name = "thumbs"
    Entry = ThumbsEntry

    def tally(self, spec: Spec, shown: Sequence[Shown[ThumbsEntry]]) -> ThumbsTally:
        thumbs = [each.entry.thumb for each in shown]
        return ThumbsTally(thumbs.count("up"), thumbs.count("down"))
