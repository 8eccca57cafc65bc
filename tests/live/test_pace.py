"""How long news was under way, as the metrics tell it."""

import pytest

from app.live.pace import Pace
from app.measures import REGISTRY

pytestmark = pytest.mark.one_engine


def noted() -> tuple[float, float]:
    """How many times were noted so far, and their sum in seconds."""
    found = [REGISTRY.get_sample_value(f"morgen_push_seconds_{what}") for what in ("count", "sum")]
    return found[0] or 0, found[1] or 0


def since(before: tuple[float, float]) -> tuple[float, float]:
    count, total = noted()
    return count - before[0], pytest.approx(total - before[1])


def test_news_counts_from_the_oldest_to_when_the_last_was_told() -> None:
    pace, before = Pace(), noted()
    pace.news(10.0)
    pace.news(10.04)
    pace.begin()
    pace.news(10.06)
    pace.end(10.1, spoken=True, waiting=True)
    assert since(before) == (0, 0)
    pace.begin()
    pace.end(10.25, spoken=True, waiting=False)
    assert since(before) == (1, 0.25)


def test_news_that_comes_while_a_beat_looks_counts_from_when_it_came() -> None:
    pace, before = Pace(), noted()
    pace.news(10.0)
    pace.begin()
    pace.news(10.06)
    pace.end(10.1, spoken=True, waiting=False)
    pace.begin()
    pace.end(10.16, spoken=True, waiting=False)
    assert since(before) == (2, 0.2)


def test_news_that_changed_no_screen_does_not_count() -> None:
    pace, before = Pace(), noted()
    pace.news(10.0)
    pace.begin()
    pace.end(99.0, spoken=False, waiting=False)
    pace.news(100.0)
    pace.begin()
    pace.end(100.1, spoken=True, waiting=False)
    assert since(before) == (1, 0.1)
