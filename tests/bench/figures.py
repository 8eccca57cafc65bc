"""The figures, what each must be and what it aims at."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

__all__ = ["Figure", "bounds", "failing", "median", "percentile"]


class Figure(NamedTuple):
    name: str
    value: float
    unit: str


class Bound(NamedTuple):
    """`least`: the value must be at least this; else at most."""

    least: bool
    must: float | None
    aim: float | None

    def holds(self, value: float) -> bool:
        return self.must is None or (value >= self.must if self.least else value <= self.must)

    def __str__(self) -> str:
        sign = ">=" if self.least else "<="
        must = "report" if self.must is None else f"must {sign} {self.must:g}"
        return must if self.aim is None else f"{must}, aim {sign} {self.aim:g}"


def at_least(must: float | None, aim: float | None = None) -> Bound:
    return Bound(True, must, aim)


def at_most(must: float | None, aim: float | None = None) -> Bound:
    return Bound(False, must, aim)


bounds = {
    "fanout_cpu_vs_websockets_broadcast": at_least(1.0, 1.15),
    "fanout_cpu_vs_bare_loop": at_least(0.55, 0.70),
    "fanout_last_p99_over_p50": at_most(2.5, 1.5),
    "stage_change_1000_last_p99": at_most(100, 50),
    "stage_change_5000_vs_bare_loop": at_least(None, 0.60),
    "stage_change_10000_complete": at_least(None, 100),
    "stage_change_10000_kb_per_seat": at_most(None, 33),
    "post_p99_under_fanout": at_most(20, 10),
    "post_p99_under_fanout_vs_idle": at_most(None, 2),
    "tap_cpu_ms": at_most(3, 2),
    "tap_to_projector_p99": at_most(300, 200),
    "answers_burst_stored": at_least(1000),
    "answers_burst_failed": at_most(0),
    "answers_burst_p99": at_most(None, 500),
    "joins_burst_failed": at_most(0),
    "joins_burst_bytes_per_phone": at_most(60 * 1024),
    "card_cost_1000_vs_10_cpu": at_most(1.3, 1.1),
    "card_cost_1000_vs_10_bytes": at_most(1.3, 1.1),
    "card_cpu_ms": at_most(5, 3),
    "healthy_served_with_stalled": at_least(100, 100),
    "two_processes_cpu": at_most(1.3, 1.15),
    "first_view_bytes": at_most(60 * 1024, 45 * 1024),
    "start_to_first_page": at_most(3, 1.5),
}


def failing(figures: Sequence[Figure]) -> list[Figure]:
    return [each for each in figures if each.name in bounds and not bounds[each.name].holds(each.value)]


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
