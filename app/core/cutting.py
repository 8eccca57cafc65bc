"""What goes first when time is short: the script's own cut order, never a step that is kept."""

from collections.abc import Sequence
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
        dropped += found
        late -= timedelta(minutes=_gain(script, cut, activities)) if found else timedelta()
    return dropped


def is_cut(cut: Cut, activity: Activity) -> bool:
    return activity.step == cut.step and cut.activity in (None, activity.key)


def _gain(script: Script, cut: Cut, activities: Sequence[Activity]) -> float:
    """Minutes won: those of the step, or its share of them."""
    minutes = script.step(cut.step).minutes
    own = [activity for activity in activities if activity.step == cut.step]
    return minutes if cut.activity is None else minutes / max(1, len(own))
