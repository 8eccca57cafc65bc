"""The rules of a draaiboek that no field shows alone. They look at raw values: all flaws appear at once."""

from collections.abc import Iterator
from typing import Any, TypeGuard

from app.core.flaw import Flaw
from app.core.kind import discover
from app.core.marked_yaml import Marked, Place
from app.core.model_flaws import nearest, of_model
from app.texts import gettext_noop as N_

COMMITMENT = "commitment"
"""The one kind that the core knows by name: without it there is nothing to keep, mail or count."""

_NO_KIND = N_("There is no kind '%(kind)s'.")
_SUM = (
    N_("The steps take %(sum)s minutes together, but the draaiboek says %(planned)s."),
    N_("Write 'minutes: %(sum)s' here, or change the minutes of the steps."),
)
_COMMIT_AT = (
    N_("'commit_at' does not fit in a draaiboek of %(planned)s minutes."),
    N_("Give the minutes before the end: at least 1 and at most %(most)s."),
)
_NOT_KEPT = (
    N_("No step with 'keep: true' has a commitment."),
    N_("Give the step with the kind 'commitment' the line 'keep: true'."),
)
_CUT_STEP = N_("The cut order names step '%(step)s', which is not there.")
_CUT_ACTIVITY = N_("The cut order names activity '%(activity)s', which step '%(step)s' does not have.")
_CUT_KEPT = (
    N_("The cut order names step '%(step)s', which has 'keep: true'."),
    N_("Remove it from the cut order: this step is never dropped."),
)
_TWICE = (N_("The key '%(key)s' is used twice."), N_("Give it another name: line %(first)s has it already."))


def broken_rules(marked: Marked) -> Iterator[Flaw]:
    script = _mapping(marked.value)
    yield from _kinds(script, marked)
    yield from _keys_used_twice(script, marked)
    yield from _minutes(script, marked)
    yield from _cuts(script, marked)
    yield from _keeps_the_commitment(script, marked)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The mappings in a list, with their index."""
    found = value if isinstance(value, list) else []
    return [(index, item) for index, item in enumerate(found) if isinstance(item, dict)]


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _kinds(script: dict[str, Any], marked: Marked) -> Iterator[Flaw]:
    kinds = discover()
    for number, step in _items(script.get("steps")):
        for index, activity in _items(step.get("activities")):
            at: Place = ("steps", number, "activities", index)
            name = activity.get("kind")
            if not isinstance(name, str) or not name:
                continue
            if name not in kinds:
                mend, more = nearest(name, sorted(kinds))
                yield Flaw(marked.line((*at, "kind")), _NO_KIND, mend, {"kind": name, **more})
            elif isinstance(activity.get("spec"), dict):
                yield from of_model(kinds[name].Spec, activity["spec"], marked, (*at, "spec"))


def _keys_used_twice(script: dict[str, Any], marked: Marked) -> Iterator[Flaw]:
    steps = _items(script.get("steps"))
    yield from _twice([(("steps", number, "key"), step.get("key")) for number, step in steps], marked)
    for number, step in steps:
        at: Place = ("steps", number, "activities")
        keys = [((*at, index, "key"), one.get("key")) for index, one in _items(step.get("activities"))]
        yield from _twice(keys, marked)


def _twice(keys: list[tuple[Place, Any]], marked: Marked) -> Iterator[Flaw]:
    first: dict[str, int] = {}
    for place, key in keys:
        if isinstance(key, str) and key:
            line = marked.line(place)
            if key in first:
                yield Flaw(line, *_TWICE, {"key": key, "first": first[key]})
            first.setdefault(key, line)


def _minutes(script: dict[str, Any], marked: Marked) -> Iterator[Flaw]:
    planned = script.get("minutes")
    if not _is_number(planned):
        return
    steps = _items(script.get("steps"))
    each = [minutes for _, step in steps if _is_number(minutes := step.get("minutes")) and minutes > 0]
    if each and len(each) == len(steps) and sum(each) != planned:
        yield Flaw(marked.line(("minutes",)), *_SUM, {"sum": sum(each), "planned": planned})
    commit_at = script.get("commit_at")
    if _is_number(commit_at) and not 1 <= commit_at < planned:
        yield Flaw(marked.line(("commit_at",)), *_COMMIT_AT, {"planned": planned, "most": planned - 1})


def _cuts(script: dict[str, Any], marked: Marked) -> Iterator[Flaw]:
    steps: dict[str, dict[str, Any]] = {}
    for _, step in _items(script.get("steps")):
        steps.setdefault(str(step.get("key")), step)
    for index, cut in _items(script.get("cut_order")):
        key, activity = cut.get("step"), cut.get("activity")
        if not isinstance(key, str) or not key:
            continue
        at: Place = ("cut_order", index)
        if key not in steps:
            mend, more = nearest(key, list(steps))
            yield Flaw(marked.line((*at, "step")), _CUT_STEP, mend, {"step": key, **more})
        elif steps[key].get("keep") is True:
            yield Flaw(marked.line((*at, "step")), *_CUT_KEPT, {"step": key})
        elif activity and activity not in (known := _activity_keys(steps[key])):
            mend, more = nearest(str(activity), known)
            values = {"step": key, "activity": activity, **more}
            yield Flaw(marked.line((*at, "activity")), _CUT_ACTIVITY, mend, values)


def _activity_keys(step: dict[str, Any]) -> list[str]:
    return [str(one.get("key")) for _, one in _items(step.get("activities"))]


def _keeps_the_commitment(script: dict[str, Any], marked: Marked) -> Iterator[Flaw]:
    kept = [step for _, step in _items(script.get("steps")) if step.get("keep") is True]
    if not any(one.get("kind") == COMMITMENT for step in kept for _, one in _items(step.get("activities"))):
        yield Flaw(marked.line(("steps",), key=True), *_NOT_KEPT)
