"""S5: how needed is each need, and how available is it now? Needed but not available is where the work is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.core.drafts import MatrixDraft, Settlement
from app.core.entry import Entry, Grade, Spec
from app.core.errors import Refused
from app.core.examples import grade
from app.core.kind import Kind
from app.core.shown import Shown
from app.core.surroundings import Made
from app.core.text import Text
from app.texts import gettext_noop as N_

MIDDLE = 5.0
"""From here on a need is needed; below it something is hardly available."""
WIDE, HIGH = 0.9, 1.6
"""A dot and its margin on the projector, in steps of the two scales."""


class Item(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    type: str = "ANDERS"


class MatrixSpec(Spec):
    needed: Text = Field(description="How needed is this?")
    available: Text = Field(description="How available is it now?")
    most: int = Field(default=6, ge=1, le=9, description="Needs with most dots that go into the matrix.")
    items: tuple[Item, ...] = Field(default=(), description="Filled when the room arrives.")


class Guess(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    needed: Grade
    available: Grade


class MatrixEntry(Entry):
    guesses: dict[str, Guess] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """One need in the matrix: medians from 0 to 10; `number` is what stands in its dot."""

    number: int
    id: str
    text: str
    type: str
    needed: float
    available: float

    @property
    def is_work(self) -> bool:
        return self.needed >= MIDDLE and self.available < MIDDLE


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a dot is drawn, in hundredths of the picture from its left and its top."""

    placed: Placed
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MatrixTally:
    placed: tuple[Placed, ...]
    count: int

    @property
    def work(self) -> list[Placed]:
        """Where the work is, the largest distance between needed and available first."""
        return sorted((each for each in self.placed if each.is_work), key=lambda each: each.available - each.needed)

    @property
    def spots(self) -> list[Spot]:
        """A dot each; one that would lie on another is put beside it, on its own side of the middle."""
        taken: list[tuple[float, float]] = []
        for each in self.placed:
            taken.append(_free(each, taken))
        return [Spot(each, 5 + 9 * x, 92 - 8.4 * y) for each, (x, y) in zip(self.placed, taken, strict=True)]


class Matrix(Kind[MatrixSpec, MatrixEntry]):
    name = "matrix"
    Spec = MatrixSpec
    Entry = MatrixEntry

    def prepare(self, spec: MatrixSpec, made: Made) -> MatrixSpec:
        """With the needs that have most dots now; where the group named none, what the script names stays."""
        items = [Item(id=need.id, text=need.text, type=need.type) for need in made.needs if need.text]
        return spec.model_copy(update={"items": tuple(items[: spec.most])}) if items else spec

    def allow(self, spec: MatrixSpec, mine: Mapping[str, MatrixEntry], entry: MatrixEntry) -> None:
        known = {item.id for item in spec.items}
        if not set(entry.guesses) <= known:
            raise Refused(N_("The list has changed. Look at it again."), field="guesses")
        if set(entry.guesses) != known:
            raise Refused(N_("Choose two numbers for each of them."), field="guesses")

    def example(self, spec: MatrixSpec, number: int, language: str) -> list[dict[str, Any]]:
        pairs = {
            each.id: (grade(number, 7 - at % 5, 10 - at % 4), grade(number * 2, at * 3 % 7, 3 + at * 3 % 7))
            for at, each in enumerate(spec.items)
        }
        return [{"guesses": {key: {"needed": one, "available": other} for key, (one, other) in pairs.items()}}]

    def tally(self, spec: MatrixSpec, shown: Sequence[Shown[MatrixEntry]]) -> MatrixTally:
        placed = []
        for number, item in enumerate(spec.items, 1):
            guesses = [guess for card in shown if (guess := card.entry.guesses.get(item.id))]
            if guesses:
                needed = float(median(guess.needed for guess in guesses))
                available = float(median(guess.available for guess in guesses))
                placed.append(Placed(number, item.id, item.text, item.type, needed, available))
        return MatrixTally(tuple(placed), len(shown))

    def settle(self, spec: MatrixSpec, tally: MatrixTally) -> Iterable[Settlement]:
        if tally.placed:
            yield MatrixDraft({each.id: (each.needed, each.available) for each in tally.placed})


def _free(each: Placed, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The nearest place that is free: to the right or the left first, then above or below."""
    aside = sorted(range(-6, 7), key=lambda step: (abs(step), -step))
    for up in (0, -1, 1, -2, 2):
        for right in aside:
            x, y = each.available + right * WIDE, each.needed + up * HIGH
            stays = (x >= MIDDLE) is (each.available >= MIDDLE) and (y >= MIDDLE) is (each.needed >= MIDDLE)
            if 0 <= x <= 10 and 0 <= y <= 10 and stays and not any(_touch((x, y), other) for other in taken):
                return x, y
    return each.available, each.needed


def _touch(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < WIDE - 1e-6 and abs(one[1] - other[1]) < HIGH - 1e-6
