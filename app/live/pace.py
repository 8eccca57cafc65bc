"""How long news is under way in a room: from the oldest that somebody waits for to the last seat that was told.

Every `now` is in seconds of one monotonic clock.
"""

from dataclasses import dataclass

from app.measures import PUSH


@dataclass(eq=False, slots=True)
class Pace:
    _fresh: float | None = None
    """When the first news came that no beat has looked at."""
    _under_way: float | None = None
    """When the oldest news came that a beat looked at and not everybody was told."""
    _spoken: bool = False

    def news(self, now: float) -> None:
        if self._fresh is None:
            self._fresh = now

    def begin(self) -> None:
        """A beat looks. What comes from now on may not be in it."""
        if self._under_way is None:
            self._under_way = self._fresh
        self._fresh = None

    def end(self, now: float, spoken: bool, waiting: bool) -> None:
        """It has told who was due; `waiting` when others are not yet. News that changed no screen does not count."""
        self._spoken |= spoken
        if waiting:
            return
        if self._spoken and self._under_way is not None:
            PUSH.observe(now - self._under_way)
        self._under_way, self._spoken = None, False
