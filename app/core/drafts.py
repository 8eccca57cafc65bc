"""What a kind hands on, as plain values. `contribute` makes lasting rows of a draft, and `settling` of a settlement."""

from dataclasses import dataclass, field
from datetime import date, time

from app.core.text import Text


@dataclass(frozen=True, slots=True)
class NeedDraft:
    type: str
    text: str
    size: str = ""


@dataclass(frozen=True, slots=True)
class PartyDraft:
    name: str
    goal: str


@dataclass(frozen=True, slots=True)
class ObstacleDraft:
    """What this person expects to come between: a code of `obstacles`, and own words."""

    code: str
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
    serves: str = ""
    """The id of the need that this act serves."""


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
    """The needs of a list with the dots they got: key in the script, or id of a need → (type, text, dots)."""

    needs: dict[str, tuple[str, str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatrixDraft:
    """How needed and how available the needs are, medians from 0 to 10: id → (needed, available)."""

    needs: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class StandsDraft:
    """Whether each party can stand under the flag: id → (`yes`, `not_yet` or `unknown`, only an estimate)."""

    parties: dict[str, tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Turned:
    """The matter that somebody wants to steer less from tomorrow. `leave` is a code of what may then stay undone, as
    the commitment asks it; empty where none follows."""

    matter: Text
    leave: str = ""


Draft = NeedDraft | PartyDraft | ObstacleDraft | ConditionDraft | CommitmentDraft | WallDraft
Settlement = OpgaveDraft | GapDraft | NeedsDraft | MatrixDraft | StandsDraft
