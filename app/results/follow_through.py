"""What was said, done, repeated and closed, as section E5 of the method counts it. Pure; all of it is self-report.

Words come before percentages (`rates.Rate`); what would point at persons is None here, not hidden by a template.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from statistics import median
from typing import Literal

from app.results.rates import Outcome, Rate


@dataclass(frozen=True, slots=True)
class Wall:
    """One mark a commitment, in an order that is stable and tells nothing. `marks`: True where it is full."""

    marks: tuple[bool, ...]

    @property
    def full(self) -> int:
        return sum(self.marks)

    @classmethod
    def of(cls, outcome: Outcome, made: int, k: int, seed: str) -> "Wall":
        """`made` marks, of which as many are full as acts were done: none while fewer than `k` answered. Which mark
        fills belongs to the seed and its place, not to a commitment: so it cannot tell whose it is."""
        done = outcome.done if outcome.answered >= k else 0
        order = sorted(range(made), key=lambda at: sha256(f"{seed}:{at}".encode()).digest())
        full = set(order[:done])
        return cls(tuple(at in full for at in range(made)))


@dataclass(frozen=True, slots=True)
class Said:
    """The answers to *will you apply this way of working tomorrow?*: `differently` (yes, but differently) is no plain
    yes and stands apart."""

    yes: int = 0
    differently: int = 0
    answers: int = 0

    def __add__(self, other: "Said") -> "Said":
        return Said(self.yes + other.yes, self.differently + other.differently, self.answers + other.answers)

    @property
    def score(self) -> Rate | None:
        """The say-score; None where nobody was asked."""
        return Rate(self.yes, self.answers) if self.answers else None

    def gap(self, done: Rate | None) -> int | None:
        """The *zeg-doe-kloof* in percentage points, below zero where more was done than said. None where either of the
        two is too small for a percentage."""
        said = self.score
        if said is None or done is None or not (said.has_percentage and done.has_percentage):
            return None
        return said.percentage - done.percentage


@dataclass(frozen=True, slots=True)
class Later:
    """What was told after a week or four weeks. `people` committed themselves, `asked` got the letter or answered
    without one, `answered` told whether they still work this way, `yes` do."""

    people: int = 0
    asked: int = 0
    answered: int = 0
    yes: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.yes <= self.answered <= self.asked:
            raise ValueError(f"{self} does not add up.")

    def __add__(self, other: "Later") -> "Later":
        sums = (self.people + other.people, self.asked + other.asked)
        return Later(*sums, self.answered + other.answered, self.yes + other.yes)

    @property
    def rate(self) -> Rate | None:
        """Strict, as morgen-rate A: no answer is no yes. None before anybody was asked."""
        return Rate(self.yes, self.people) if self.asked and self.people >= self.yes and self.people else None

    @property
    def of_answered(self) -> Rate | None:
        return Rate(self.yes, self.answered) if self.answered else None

    @property
    def response(self) -> Rate | None:
        return Rate(self.answered, self.asked) if self.asked else None


@dataclass(frozen=True, slots=True)
class Sharpened:
    """*Vrijblijvendheid eruit*: how many commitments were concrete as a first draft, and as they were sealed."""

    first: Rate
    final: Rate

    @classmethod
    def of(cls, verdicts: Iterable[tuple[str, str]], k: int) -> "Sharpened | None":
        """From (first, final) verdicts; None below `k`, and without those whose first draft was not judged."""
        judged = [(first, final) for first, final in verdicts if first and final]
        if len(judged) < max(k, 1):
            return None
        first, final = (sum(pair[at] == "concreet" for pair in judged) for at in (0, 1))
        return cls(Rate(first, len(judged)), Rate(final, len(judged)))


@dataclass(frozen=True, slots=True)
class GapAgain:
    """The opgave from 0 to 10, as medians: in the workshop and four weeks later. `same`: both are of the same `count`
    people, so that `closed` may be read; otherwise `count` people told it later and others stand in the first."""

    then: float
    now: float
    wanted: float
    count: int
    same: bool

    @property
    def closed(self) -> float | None:
        return self.now - self.then if self.same else None

    @classmethod
    def of(
        cls, room: tuple[float, float], before: Mapping[str, int], after: Mapping[str, int], k: int
    ) -> "GapAgain | None":
        """`room`: the medians of now and wanted as they were settled. `before` and `after`: now, by person. None below
        `k` later answers."""
        both = before.keys() & after.keys()
        if both and len(both) >= k:
            then, now = (float(median(each[who] for who in both)) for each in (before, after))
            return cls(then, now, room[1], len(both), True)
        if len(after) < max(k, 1):
            return None
        return cls(room[0], float(median(after.values())), room[1], len(after), False)


Moment = Literal["before", "today", "after", "later"]
