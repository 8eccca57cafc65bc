"""The morgen-rate: what was said against what was done.

Rate A, the headline, is strict: *gelukt* out of all saved commitments whose day has come; no answer is not
done. Rate B looks only at the answered ones, without who was off and what was no longer needed. *Deels*
stands apart and is never added. Every rate goes with its count; one page shows A, B, the response and n
together. All of it is self-report.

What may be shown is decided here, not in templates: below 20 no percentage, below `k` no breakdown and no
counts per obstacle. No value in this module is about one person.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import NormalDist
from typing import Literal

Answer = Literal["gelukt", "deels", "niet"]
EXCUSED = frozenset({"AFWEZIG", "ACHTERHAALD"})
ENOUGH_FOR_PERCENTAGE = 20
K = 5
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Row:
    """One saved commitment and what was reported about its due day.

    An answer that came after the deadline for late answers counts no more and is None here. Planning the
    act again does not change what became of this day.
    """

    due_day: date
    answer: Answer | None
    obstacle: str | None
    late: bool
    has_address: bool
    replanned: bool

    @property
    def missed(self) -> bool:
        return self.answer in ("deels", "niet")


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` out of `n` (at least 1). A percentage needs `has_percentage`, and the words beside it."""

    count: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.n or self.n < 1:
            raise ValueError(f"{self.count} of {self.n} is no rate.")

    @property
    def value(self) -> float:
        return self.count / self.n

    @property
    def has_percentage(self) -> bool:
        return self.n >= ENOUGH_FOR_PERCENTAGE

    @property
    def percentage(self) -> int:
        """Rounded half up; 0 and 100 are kept for none and all."""
        rounded = (200 * self.count + self.n) // (2 * self.n)
        if 0 < self.count < self.n:
            return min(max(rounded, 1), 99)
        return rounded

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (JASA 22, 1927), as shares from 0 to 1; it contains `value`."""
        p, n, z2 = self.value, self.n, _Z * _Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        # At none and at all the bound equals the value; floating point would miss it by a hair.
        low = 0.0 if self.count == 0 else middle - half
        high = 1.0 if self.count == self.n else middle + half
        return low, high


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many commitments ended how; `excused` are those partly or not done with a code in EXCUSED."""

    done: int = 0
    partly: int = 0
    not_done: int = 0
    unanswered: int = 0
    excused: int = 0

    def __post_init__(self) -> None:
        counts = (self.done, self.partly, self.not_done, self.unanswered, self.excused)
        if min(counts) < 0 or self.excused > self.missed:
            raise ValueError(f"{self} does not add up.")

    @property
    def missed(self) -> int:
        """Answered, and not (wholly) done."""
        return self.partly + self.not_done

    @property
    def answered(self) -> int:
        return self.done + self.missed

    @property
    def n(self) -> int:
        return self.answered + self.unanswered

    @property
    def rate_a(self) -> Rate | None:
        """Done out of all commitments; None when there are none."""
        return Rate(self.done, self.n) if self.n else None

    @property
    def rate_b(self) -> Rate | None:
        """Done out of the answered ones that were not excused; None when there are none."""
        n = self.answered - self.excused
        return Rate(self.done, n) if n else None

    @property
    def response(self) -> Rate | None:
        return Rate(self.answered, self.n) if self.n else None

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.done + other.done,
            self.partly + other.partly,
            self.not_done + other.not_done,
            self.unanswered + other.unanswered,
            self.excused + other.excused,
        )

    def hides_persons(self, k: int) -> bool:
        """Whether totals tell what nobody did: at least `k` answered, and not all did it, nor none."""
        return self.answered >= k and 0 < self.done < self.n

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Outcome":
        rows = list(rows)
        answers = Counter(row.answer for row in rows)
        excused = sum(row.missed and row.obstacle in EXCUSED for row in rows)
        return cls(answers["gelukt"], answers["deels"], answers["niet"], answers[None], excused)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A code of method E4; `count` is None where counting would point at persons."""

    code: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the commitments of one workshop stand on one day: for a page and for the trainer's letter."""

    outcome: Outcome
    not_yet_due: int
    without_address: int  # of the commitments that are due
    late: int  # answered late; in `outcome` too
    replanned: int
    k: int
    _obstacles: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, rows: Iterable[Row], today: date, k: int = K) -> "Standing":
        """Count the rows due up to and including `today`; the others are not yet due.

        A page passes the present day. The trainer's letter passes the day that it covers, so that its update in the
        afternoon is about the same commitments. `k` is the smallest group, as the organisation set it.
        """
        rows = list(rows)
        due = [row for row in rows if row.due_day <= today]
        obstacles = Counter(row.obstacle for row in due if row.obstacle and row.missed)
        return cls(
            outcome=Outcome.of(due),
            not_yet_due=len(rows) - len(due),
            without_address=sum(not row.has_address for row in due),
            late=sum(row.late and row.answer is not None for row in due),
            replanned=sum(row.replanned for row in due),
            k=k,
            _obstacles=tuple(sorted(obstacles.items(), key=lambda item: (-item[1], item[0]))),
        )

    @property
    def shows_outcome(self) -> bool:
        """Whether a page, a letter or a file may tell how many acts were done."""
        return self.outcome.hides_persons(self.k)

    def obstacles(self, viewer: Literal["trainer", "other"]) -> tuple[Obstacle, ...]:
        """What stopped people, most frequent first, once `k` people told that they were stopped.

        Below that the trainer sees the codes without counts, in an order that tells nothing; others see nothing.
        """
        if self.outcome.missed >= self.k:
            return tuple(Obstacle(code, count) for code, count in self._obstacles)
        if viewer == "trainer":
            return tuple(Obstacle(code, None) for code in sorted(code for code, _ in self._obstacles))
        return ()
