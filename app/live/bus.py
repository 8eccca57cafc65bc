"""Between processes: that a workshop moved, and who is present where. Hints, never content: truth is in the database.

A hint that is lost costs only latency: every process compares its revs with the database each two seconds. No tap ever
waits for the bus.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

Hear = Callable[[str], None]


@dataclass(eq=False, slots=True)
class Known:
    """What one process and the bus have told each other of who is present in one workshop."""

    told: dict[str, float] = field(default_factory=dict)
    """Until when somebody was seen here, as far as the bus knows, by the monotonic clock."""
    state: str = ""
    present: set[str] = field(default_factory=set)


class Bus(Protocol):
    def start(self, hear: Hear) -> None:
        """From now on `hear` is called with the id of every workshop that moved in another process."""

    async def close(self) -> None: ...

    def moved(self, workshop_id: str) -> None:
        """Tell the other processes, without waiting."""

    async def present(self, workshop_id: str, here: Mapping[str, float], known: Known) -> set[str] | None:
        """Tell who was seen here how many seconds ago; hear who is present in any process. None: no answer. As long as
        nobody comes or goes it is the same set."""

    @property
    def is_well(self) -> bool | None:
        """Whether it answered when it was last needed. None: there is no bus."""


class Alone:
    """There is one process."""

    def start(self, hear: Hear) -> None: ...

    async def close(self) -> None: ...

    def moved(self, workshop_id: str) -> None: ...

    async def present(self, workshop_id: str, here: Mapping[str, float], known: Known) -> set[str] | None:
        return None

    @property
    def is_well(self) -> bool | None:
        return None


def bus(url: str) -> Bus:
    if not url:
        return Alone()
    from app.live.redis_bus import Redis  # here, for only several processes need the library

    return Redis(url)
