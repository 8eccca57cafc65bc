"""What goes first when time is short: the script's own cut order, never a step that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.core.opening import begins_at
from app.core.script import Cut, Script
from app.core.workshop import Activity, Workshop


def cut_for_a_late_start(workshop: Workshop, activities: Sequence[Activity]) -> list[Activity]:
    """The activities to drop so that the room still ends in time; none when it starts in time."""
    if workshop.opened_at is None:
        return []
    late = workshop.opened_at - begins_at(workshop)
    script = Script.model_validate(workshop.script)
    dropped: list[Activity] = []
    for cut in script.cut_order:
        if late < timedelta(minutes=1):
            break
        found = [activity for activity in activities if is_cut(cut, activity)]
        gain = timedelta(minutes=_gain(script, cut, activities))
        if found and late >= gain * WORTH:
            dropped += found
            late -= gain
    return dropped


WORTH = 0.5
"""A late start takes what it costs at least half of: one minute late does not cost a step of fifteen."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What is still to come after the present step, in minutes; what the script says to cut first, and its gain."""

    later: float
    cut: Cut | None = None
    gain: float = 0.0


def guard(script: Script, activities: Sequence[Activity], present: Activity | None) -> Guard:
    """The end is fixed: who is behind drops what the cut order names, never a step that is kept, nor one that began."""
    at = present.position if present else -1
    to_come = [each for each in activities if each.position > at and not (present and each.step == present.step)]
    left = [each for each in to_come if not each.skipped]
    later = sum(_share(script, step, left, activities) for step in dict.fromkeys(each.step for each in left))
    for cut in script.cut_order:
        found = [each for each in left if is_cut(cut, each)]
        if found:
            return Guard(later, cut, _gain(script, cut, activities))
    return Guard(later)


def _share(script: Script, step: str, left: Sequence[Activity], activities: Sequence[Activity]) -> float:
    """The minutes of a step, less those of its activities that were dropped."""
    own = [each for each in activities if each.step == step]
    return script.step(step).minutes * sum(each.step == step for each in left) / len(own)


def is_cut(cut: Cut, activity: Activity) -> bool:
    return activity.step == cut.step and cut.activity in (None, activity.key)


def _gain(script: Script, cut: Cut, activities: Sequence[Activity]) -> float:
    """Minutes won: those of the step, or its share of them."""
    minutes = script.step(cut.step).minutes
    own = [activity for activity in activities if activity.step == cut.step]
    return minutes if cut.activity is None else minutes / max(1, len(own))
