"""One to three answers from 0 to 10, drawn as a gap between now and wanted, as a grid of two, or as clouds of dots."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.drafts import GapDraft, Settlement
from app.core.errors import Refused
from app.core.kind import Entry, Kind, Shown, Spec
from app.core.text import Text
from app.texts import gettext_noop as N_

WIDE = 4.0
SMALL = 2.0
Grade = Annotated[int, Field(ge=0, le=10)]


class Point(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")
    label: Text


class ScaleSpec(Spec):
    points: tuple[Point, ...] = Field(min_length=1, max_length=3)
    low: Text = Field(description="What 0 means.")
    high: Text = Field(description="What 10 means.")
    picture: Literal["gap", "grid", "dots"] = "dots"
    settles: bool = Field(default=False, description="The medians of now and wanted live on as the gap.")


class ScaleEntry(Entry):
    values: dict[str, Grade]


@dataclass(frozen=True, slots=True)
class Cloud:
    """The answers to one point. `counts[n]` people said n; median and quartiles are 0 where nobody answered."""

    key: str
    label: Text
    counts: tuple[int, ...]
    median: float
    q1: float
    q3: float

    @property
    def spread(self) -> float:
        return self.q3 - self.q1


@dataclass(frozen=True, slots=True)
class ScaleTally:
    """`pairs` are (first point, second point, people), for the grid."""

    clouds: tuple[Cloud, ...]
    pairs: tuple[tuple[int, int, int], ...]
    count: int

    def cloud(self, key: str) -> Cloud | None:
        return next((each for each in self.clouds if each.key == key), None)

    @property
    def gap(self) -> float:
        now, wanted = self.cloud("now"), self.cloud("wanted")
        return wanted.median - now.median if now and wanted else 0.0


class Scale(Kind[ScaleSpec, ScaleEntry]):
    name = "scale"
    Spec = ScaleSpec
    Entry = ScaleEntry

    def allow(self, spec: ScaleSpec, mine: Mapping[str, ScaleEntry], entry: ScaleEntry) -> None:
        if set(entry.values) != {point.key for point in spec.points}:
            raise Refused(N_("Choose a number on each line."), field="values")

    def tally(self, spec: ScaleSpec, shown: Sequence[Shown[ScaleEntry]]) -> ScaleTally:
        answers = [card.entry.values for card in shown if {p.key for p in spec.points} <= set(card.entry.values)]
        clouds = tuple(cloud(point, [each[point.key] for each in answers]) for point in spec.points)
        found: dict[tuple[int, int], int] = {}
        if len(spec.points) > 1:
            first, second = spec.points[0].key, spec.points[1].key
            for each in answers:
                at = each[first], each[second]
                found[at] = found.get(at, 0) + 1
        pairs = tuple((x, y, people) for (x, y), people in sorted(found.items()))
        return ScaleTally(clouds, pairs, len(answers))

    def settle(self, spec: ScaleSpec, tally: ScaleTally) -> Iterable[Settlement]:
        now, wanted = tally.cloud("now"), tally.cloud("wanted")
        if spec.settles and tally.count and now and wanted:
            yield GapDraft(now.median, wanted.median, tally.count)

    def advice(self, spec: ScaleSpec, tally: ScaleTally) -> list[str]:
        """What the trainer may talk about first, as English messages."""
        if not tally.count or spec.picture != "gap":
            return []
        wanted = tally.cloud("wanted")
        said = []
        if any(each.spread >= WIDE for each in tally.clouds):
            said.append(N_("Answers lie far apart. Talk about that first: who is low, and what do you see?"))
        if tally.gap < SMALL:
            said.append(N_("The gap is small. Is this an opgave?"))
        if wanted and wanted.counts[10] == tally.count:
            said.append(N_("Everybody wants a ten. Ask for a nearer date."))
        return said


def cloud(point: Point, values: Sequence[int]) -> Cloud:
    counts = tuple(values.count(number) for number in range(11))
    if not values:
        return Cloud(point.key, point.label, counts, 0.0, 0.0, 0.0)
    ordered = sorted(values)
    half = len(ordered) // 2
    low, high = ordered[: half or 1], ordered[-(half or 1) :]
    return Cloud(point.key, point.label, counts, float(median(ordered)), float(median(low)), float(median(high)))
