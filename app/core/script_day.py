"""The day of a draaiboek: when each step begins and ends, and whether the commitment would be reached."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.core.script_draft import DraftScript, DraftStep
from app.core.script_rules import COMMITMENT
from app.texts import gettext_noop as N_

LAST_STEPS = ("s9", "s10")
"""The commitment and saying it aloud: what the whole day is for."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`begins` and `ends` are minutes after the start."""

    step: DraftStep
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Caution:
    """What would go wrong in the room. `step` is a key, or empty; `mend` the act of the editor that solves it."""

    what: str
    step: str = ""
    mend: str = ""
    values: dict[str, object] = field(default_factory=dict)


def minutes_of(typed: int | str) -> int:
    """0 where no number was typed."""
    return typed if isinstance(typed, int) else 0


def slots(script: DraftScript) -> list[Slot]:
    found, at = [], 0
    for step in script.steps:
        found.append(Slot(step, at, at + minutes_of(step.minutes)))
        at = found[-1].ends
    return found


def total(script: DraftScript) -> int:
    return sum(minutes_of(step.minutes) for step in script.steps)


def place_of(step: DraftStep) -> str:
    """`s9` for `s9-2` too: the place in the method."""
    return step.key.split("-")[0]


def is_last(step: DraftStep) -> bool:
    return step.keep or place_of(step) in LAST_STEPS


def first_of_the_last(script: DraftScript) -> Slot | None:
    """The first step that is never dropped."""
    return next((slot for slot in slots(script) if is_last(slot.step)), None)


def minutes_for_the_last(script: DraftScript) -> int:
    """From that step to the end of the last step; 0 where there is none."""
    first = first_of_the_last(script)
    return total(script) - first.begins if first else 0


def cautions(script: DraftScript) -> Iterator[Caution]:
    planned, took = minutes_of(script.minutes), total(script)
    if took != planned:
        what = N_("The steps take %(sum)s minutes, the draaiboek is planned for %(planned)s.")
        yield Caution(what, mend="sum", values={"sum": took, "planned": planned})
    yield from _cut_off(script, planned)
    yield from _too_late(script, planned)
    yield from _not_kept(script)


def _cut_off(script: DraftScript, planned: int) -> Iterator[Caution]:
    """Kept steps that end after the end."""
    for slot in slots(script):
        if is_last(slot.step) and slot.ends > planned:
            what = N_("%(step)s would end %(late)s minutes after the end: it would be cut.")
            yield Caution(what, slot.step.key, values={"step": slot.step.key.upper(), "late": slot.ends - planned})


def _too_late(script: DraftScript, planned: int) -> Iterator[Caution]:
    """The signal "now to the commitment" leaves the first kept step too little time. It may come after the planned
    start of that step: it is the last moment, not the first."""
    last, needs = first_of_the_last(script), minutes_for_the_last(script)
    if last and minutes_of(script.commit_at) < last.ends - last.begins:
        what = N_("“Now to the commitment” comes %(at)s minutes before the end. From %(step)s on it takes %(needs)s.")
        values: dict[str, object] = {"at": script.commit_at, "step": last.step.key.upper(), "needs": needs}
        yield Caution(what, last.step.key, "commit" if needs < planned else "", values)


def _not_kept(script: DraftScript) -> Iterator[Caution]:
    for place in LAST_STEPS:
        found = [step for step in script.steps if place_of(step) == place]
        if not found:
            yield Caution(N_("There is no step %(step)s. The day is for that moment."), values={"step": place.upper()})
        for step in found:
            if not step.keep:
                what = N_("%(step)s may be dropped when time runs out. Tick “Never drop this step”.")
                yield Caution(what, step.key, values={"step": step.key.upper()})
    for step in script.steps:
        if step.keep and place_of(step) == "s9" and all(each.kind != COMMITMENT for each in step.activities):
            yield Caution(N_("%(step)s asks for no commitment."), step.key, values={"step": step.key.upper()})
