"""What a kind may look at beside its own entries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.core.lasting import Need, Party
from app.core.workdays import DaysOff


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an entry is judged by, beside the spec: the phone's language, the room's present opgave, local time."""

    language: str = "nl"
    opgave: str = ""
    now: datetime = datetime(2000, 1, 3, tzinfo=UTC)
    days_off: DaysOff = field(default_factory=DaysOff)


@dataclass(frozen=True, slots=True)
class Made:
    """What the group made so far, in the order in which it counts: for a spec that asks about it."""

    needs: Sequence[Need] = ()
    parties: Sequence[Party] = ()
