"""What happened in a rehearsal: counted, and how long taps took."""

import re
from collections import Counter

REASON = re.compile(r'role="alert"[^>]*>([^<]*)<')


class Happened(Counter[str]):
    """Counts by their name; `taps` are seconds from sending an answer to its reply; `reasons` why answers were refused,
    counted; `waiting` how many answers people are still thinking about."""

    def __init__(self) -> None:
        super().__init__()
        self.taps: list[float] = []
        self.reasons: Counter[str] = Counter()
        self.waiting = 0

    def tap(self, status: int, page: str, seconds: float, wise: bool) -> None:
        """Count the reply to one answer."""
        self.taps.append(seconds)
        if status < 400:
            self["answers kept"] += 1
        elif status >= 500:
            self["server errors"] += 1
        else:
            self["answers refused"] += 1
            self["refused though wise"] += wise
            reason = REASON.search(page)
            self.reasons[reason[1].strip() if reason else f"{status} without a reason"] += 1

    def slowest(self, share: float = 0.01) -> float:
        """The seconds within which all but this share of the taps were answered; 0 without taps."""
        ordered = sorted(self.taps)
        return ordered[int(len(ordered) * (1 - share))] if ordered else 0.0
