"""Where the workshop stands in its script: the moments around this one, the clock, and what can be taken back."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.core.cutting import Guard, guard
from app.core.deed import Deed
from app.core.deeds import LABELS
from app.core.moments import Moment, following, preceding, present, to_commitment
from app.core.opening import planned_end
from app.core.script import Script, Step, number_of
from app.core.workshop import Activity, Stage, Workshop
from app.live.mirror import Mirror


@dataclass(frozen=True)
class Course:
    mirror: Mirror
    workshop: Workshop
    stage: Stage
    script: Script
    activity: Activity | None

    @cached_property
    def activities(self) -> list[Activity]:
        return self.mirror.in_order()

    @cached_property
    def step(self) -> Step | None:
        return self.script.step(self.activity.step) if self.activity else None

    @property
    def step_number(self) -> int:
        """0 to 11, the place of the present step in the method: S0 is dusk, S11 morning. A pause is as far as the step
        before it."""
        if self.activity is None:
            return 0
        own = number_of(self.activity.step)
        if own is not None:
            return own
        before = (number_of(each.step) for each in self.activities if each.position < self.activity.position)
        return max((number for number in before if number is not None), default=0)

    def is_skipped(self, step: str) -> bool:
        return step in self._skipped

    @cached_property
    def _skipped(self) -> set[str]:
        """The steps of which every activity is skipped."""
        return {each.step for each in self.activities} - {each.step for each in self.activities if not each.skipped}

    @property
    def agenda(self) -> tuple[str, set[str]]:
        """The present step and the skipped ones: with these the list of steps is as it was."""
        return self.step.key if self.step else "", self._skipped

    @cached_property
    def moment(self) -> Moment:
        return present(self.stage, self.activities)

    @cached_property
    def next(self) -> Moment | None:
        return following(self.stage, self.activities)

    @cached_property
    def previous(self) -> Moment | None:
        return preceding(self.stage, self.activities)

    @cached_property
    def commitment_moment(self) -> Moment | None:
        return to_commitment(self.stage, self.activities, [step.key for step in self.script.steps if step.keep])

    @cached_property
    def ends_at(self) -> datetime:
        return planned_end(self.workshop)

    @cached_property
    def guard(self) -> Guard:
        return guard(self.script, self.activities, self.activity)

    @cached_property
    def undoable(self) -> Deed | None:
        """What the next undo takes back."""
        deeds = [deed for deed in self.mirror.rows(Deed) if not deed.undone]
        return max(deeds, key=lambda deed: deed.rev, default=None)

    @property
    def undo_label(self) -> str:
        """An English message, to be translated."""
        return LABELS.get(self.undoable.verb, self.undoable.verb) if self.undoable else ""
