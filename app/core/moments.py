"""The moments of a workshop in order: open, reveal (where the spec hides), next activity, next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.kind import KINDS, Kind
from app.core.workshop import Activity, Phase, Stage


@dataclass(frozen=True, slots=True)
class Moment:
    """One place to be: an activity in a phase. The lobby before the first activity has no activity."""

    activity_id: str = ""
    phase: str = Phase.WAITING

    def __str__(self) -> str:
        return f"{self.activity_id}:{self.phase}"

    @classmethod
    def read(cls, text: str) -> "Moment":
        activity_id, _, phase = text.partition(":")
        return cls(activity_id, phase or Phase.WAITING)


def present(stage: Stage, activities: Sequence[Activity]) -> Moment:
    for activity in activities:
        if activity.id == stage.activity_id:
            return Moment(activity.id, activity.phase)
    return Moment()


def hides(activity: Activity) -> bool:
    kind: Kind[Any, Any] = KINDS[activity.kind]
    return kind.takes_entries and bool(activity.spec.get("hide"))


def following(stage: Stage, activities: Sequence[Activity]) -> Moment | None:
    """Where the trainer's one button leads; None at the end."""
    at = _index(stage, activities)
    if at is not None:
        activity = activities[at]
        if hides(activity) and activity.phase == Phase.OPEN:
            return Moment(activity.id, Phase.REVEALED)
    for activity in activities[0 if at is None else at + 1 :]:
        if not activity.skipped:
            return Moment(activity.id, Phase.OPEN if activity.phase == Phase.WAITING else activity.phase)
    return None


def preceding(stage: Stage, activities: Sequence[Activity]) -> Moment | None:
    """The activity before this one, in the phase it is in: going back empties nothing."""
    at = _index(stage, activities)
    for activity in reversed(activities[: at or 0]):
        if not activity.skipped:
            return Moment(activity.id, activity.phase)
    return None


def to_commitment(stage: Stage, activities: Sequence[Activity], kept: Sequence[str]) -> Moment | None:
    """The first activity of the steps that may never be dropped, when the stage stands before it."""
    at = _index(stage, activities)
    for index, activity in enumerate(activities):
        if activity.step in kept:
            if at is not None and at >= index:
                return None
            return Moment(activity.id, Phase.OPEN if activity.phase == Phase.WAITING else activity.phase)
    return None


def _index(stage: Stage, activities: Sequence[Activity]) -> int | None:
    for index, activity in enumerate(activities):
        if activity.id == stage.activity_id:
            return index
    return None
