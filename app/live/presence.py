"""Who is in the room: with a seat in this process, or gone less than a minute, or seated in another process."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from app.live.bus import Known

LINGER = 60.0
"""Seconds that a phone counts as present after its last socket went."""


@dataclass(eq=False)
class Presence:
    left: dict[str, float] = field(default_factory=dict)
    """When the last seat of somebody went, by the loop's clock."""
    elsewhere: set[str] = field(default_factory=set)
    """Who is present, by all processes together, at the last count."""
    seated: Counter[str] = field(default_factory=Counter)
    """How many seats somebody has here."""
    known: Known = field(default_factory=Known)
    _here: frozenset[str] = frozenset()
    _counted: set[str] | None = None
    """What `elsewhere` was when it was counted; None: somebody came or went since."""

    def comes(self, participant_id: str) -> bool:
        """Somebody sits down; True when a seat of theirs went within the last minute."""
        self.seated[participant_id] += 1
        self._counted = None
        left = self.left.pop(participant_id, None)
        return left is not None and _now() - left < LINGER

    def goes(self, participant_id: str) -> None:
        """One seat of somebody went."""
        self.seated[participant_id] -= 1
        if self.seated[participant_id] <= 0:
            del self.seated[participant_id]
            self.left[participant_id] = _now()
            self._counted = None

    def here(self) -> frozenset[str]:
        """People with a seat alive in the last minute. Every beat asks: as long as they are the same, it is the same
        object."""
        if self.left or self._counted is not self.elsewhere:
            found = frozenset(self.last_seen()) | self.elsewhere
            self._here = self._here if found == self._here else found
            self._counted = self.elsewhere
        return self._here

    def last_seen(self) -> dict[str, float]:
        """Who had a seat in this process within the last minute, and how many seconds ago."""
        now = _now()
        self.left = {who: when for who, when in self.left.items() if now - when < LINGER}
        return {who: now - when for who, when in self.left.items()} | dict.fromkeys(self.seated, 0.0)

    def is_empty(self) -> bool:
        """Nobody sits here, and everybody who did is gone for longer than a minute."""
        return not self.last_seen()


def _now() -> float:
    return asyncio.get_running_loop().time()
