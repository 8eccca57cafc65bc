"""A break: when we go on, how long that is, and what comes then. It takes no entries."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pydantic import Field

from app.core.entry import Entry, Spec
from app.core.kind import Kind
from app.core.workshop import Activity, Stage


class PauseSpec(Spec):
    minutes: int = Field(ge=1, le=60, description="How long the break is.")


class Pause(Kind[PauseSpec, Entry]):
    name = "pause"
    takes_entries = False
    Spec = PauseSpec

    def ends_at(self, spec: PauseSpec, stage: Stage) -> datetime | None:
        """When the room goes on. A timer that the trainer sets makes the break longer or shorter: the screen tells one
        time. None while the step has not begun."""
        if stage.timer_ends_at or stage.step_began_at is None:
            return stage.timer_ends_at
        return stage.step_began_at + timedelta(minutes=spec.minutes)

    def next_step(self, here: Activity, activities: Iterable[Activity]) -> str | None:
        """The key of the step after this one that is not skipped; `activities` in their order. None at the end."""
        later = (each for each in activities if each.position > here.position and each.step != here.step)
        return next((each.step for each in later if not each.skipped), None)
