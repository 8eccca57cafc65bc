"""What a kind hands on: plain values that the verb `contribute` or a settlement turns into lasting rows."""

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True, slots=True)
class NeedDraft:
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class ConditionDraft:
    text: str
    type: str = "ANDERS"
    owner: str = ""
    by_date: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentDraft:
    """The whole form of S9. `at` is local time in the workshop's zone."""

    act: str
    day: date
    at: time
    minutes: int
    place: str
    who: str
    alone: bool
    evidence: str
    leave: str
    obstacle: str
    obstacle_text: str
    then: str
    confidence: int | None
    name: str
    days_off: tuple[int, ...]
    day_chosen: bool
    verdict: str
    first_verdict: str
    rules: tuple[str, ...]
    overruled: bool


@dataclass(frozen=True, slots=True)
class WallDraft:
    """How a participant's commitment may stand on the wall: `name`, `anonymous` or `no`."""

    show: str


@dataclass(frozen=True, slots=True)
class OpgaveDraft:
    """A new version of the opgave, from a tally."""

    text: str
    contribution_id: str | None = None


@dataclass(frozen=True, slots=True)
class GapDraft:
    now: float
    wanted: float
    count: int


@dataclass(frozen=True, slots=True)
class NeedsDraft:
    """The needs of a list with the dots they got: key → (type, text, dots)."""

    needs: dict[str, tuple[str, str, int]] = field(default_factory=dict)


Draft = NeedDraft | ConditionDraft | CommitmentDraft | WallDraft
Settlement = OpgaveDraft | GapDraft | NeedsDraft
