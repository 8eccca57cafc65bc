"""The only source of time. Code about a workshop takes `at(workshop)`: a rehearsal's tomorrow can come."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol


class HasShift(Protocol):
    clock_shift: int


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present as an aware UTC datetime."""
    return _source()


def at(workshop: HasShift) -> datetime:
    """The present as this workshop knows it: now plus its `clock_shift` in seconds."""
    return now() + timedelta(seconds=workshop.clock_shift)


@contextmanager
def fixed(source: Callable[[], datetime]) -> Iterator[None]:
    """Let `source` tell the time (tests)."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
