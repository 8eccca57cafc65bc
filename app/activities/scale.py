"""One to three answers from 0 to 10, drawn as a gap between now and wanted, as a grid of two, or as clouds of dots."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.core.drafts import GapDraft, Settlement
from app.core.entry import Entry, Grade, Spec
from app.core.errors import Refused
from app.core.examples import grade
from app.core.kind import Kind
from app.core.shown import Shown
from app.core.text import Text
from app.texts import gettext_noop as N_

WIDE = 4.0
"""A spread (third quartile minus first) from which the answers are talked about before the gap is."""
SMALL = 2.0
"""A gap below this hardly asks for an opgave."""
GROUP = 0.25
"""From this share of the answers on, people in one corner of the grid are a group."""
LOW, HIGH = 4, 6
"""On the grid, at most LOW is left or bottom and at least HIGH is right or top; a five is neither."""


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

    @model_validator(mode="after")
    def _fits(self) -> "ScaleSpec":
        keys = [point.key for point in self.points]
        if len(set(keys)) < len(keys):
            raise ValueError(N_("Two points have the same key."))
        if self.picture == "gap" and set(keys) != {"now", "wanted"}:
            raise ValueError(N_("The picture 'gap' needs two points with the keys 'now' and 'wanted'."))
        if self.picture == "grid" and len(keys) < 2:
            raise ValueError(N_("The picture 'grid' needs two points."))
        if self.settles and not {"now", "wanted"} <= set(keys):
            raise ValueError(N_("Only points with the keys 'now' and 'wanted' can settle the gap."))
        return self


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

    def example(self, spec: ScaleSpec, number: int, language: str) -> list[dict[str, Any]]:
        return [
            {
                "values": {
                    each.key: grade(number + at, 1 + 4 * (at > 0), 6 + 3 * (at > 0))
                    for at, each in enumerate(spec.points)
                }
            }
        ]

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

    def measured(self, spec: ScaleSpec, tally: ScaleTally, name: str) -> float | None:
        cloud = tally.cloud(name)
        return cloud.median if cloud and tally.count else None

    def advice(self, spec: ScaleSpec, tally: ScaleTally) -> list[str]:
        """What the trainer may talk about first, as English messages."""
        if not tally.count:
            return []
        if spec.picture == "gap":
            return list(_about_the_gap(tally))
        if [point.key for point in spec.points[:2]] == ["want", "can"]:
            return list(_about_wanting(tally))
        return []


def _about_the_gap(tally: ScaleTally) -> Iterator[str]:
    wanted = tally.cloud("wanted")
    if any(each.spread >= WIDE for each in tally.clouds):
        yield N_("Answers lie far apart. Talk about that first: who is low, and what do you see?")
    if tally.gap < SMALL:
        yield N_("The gap is small. Is this an opgave?")
    if wanted and wanted.counts[10] == tally.count:
        yield N_("Everybody wants a ten. Ask for a nearer date.")


def _about_wanting(tally: ScaleTally) -> Iterator[str]:
    """S7: the right bottom of the grid works on conditions; who stands left is asked, not pushed."""
    unable = sum(people for want, can, people in tally.pairs if want >= HIGH and can <= LOW)
    unwilling = sum(people for want, _, people in tally.pairs if want <= LOW)
    if unable >= GROUP * tally.count:
        yield N_("A group at the right bottom wants to but cannot. Work on the conditions.")
    if unwilling >= GROUP * tally.count:
        yield N_("A group at the left finds it less important. Ask why, and do not push.")


def cloud(point: Point, values: Sequence[int]) -> Cloud:
    counts = tuple(values.count(number) for number in range(11))
    if not values:
        return Cloud(point.key, point.label, counts, 0.0, 0.0, 0.0)
    ordered = sorted(values)
    half = len(ordered) // 2
    low, high = ordered[: half or 1], ordered[-(half or 1) :]
    return Cloud(point.key, point.label, counts, float(median(ordered)), float(median(low)), float(median(high)))
