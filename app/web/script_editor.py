"""An own draaiboek as a whole: title, length, the clock of the day, the order of its steps and what is cut first."""

import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from app.core.errors import Refused
from app.core.script_day import cautions, minutes_for_the_last, minutes_of, slots, total
from app.core.script_draft import DraftActivity, DraftCut, DraftScript, DraftStep, move
from app.core.script_file import LARGEST
from app.core.script_mistakes import mistakes_in
from app.core.trainer import OwnScript
from app.scripts import shipped
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.form_tree import Tree, tree_of
from app.web.own_script import ThisOwnScript, answer, store
from app.web.spec_forms import items, number_of, text_of

router = APIRouter(prefix="/trainer/own-scripts/{own_id}")
START = "13:00"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a button took out, so that the next one can put it back: it travels in the form."""

    at: int
    step: DraftStep

    def __str__(self) -> str:
        return json.dumps({"at": self.at, "step": self.step.document()}, ensure_ascii=False)

    @classmethod
    def read(cls, text: object) -> "Dropped | None":
        try:
            found = json.loads(str(text))
            return cls(int(found["at"]), DraftStep.model_validate(found["step"]))
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
            return None


@router.get("")
async def show(request: Request, own: ThisOwnScript, language: Language, start: str = START) -> Response:
    return _answer(request, own, language, DraftScript.model_validate(own.document), start)


@router.post("/look")
async def look(request: Request, own: ThisOwnScript, language: Language) -> Response:
    """The clock with the minutes that stand in the form, without saving them."""
    tree = await tree_of(request)
    return _answer(request, own, language, typed(own, tree), tree.get("start"), unsaved=True)


@router.post("", max_body_size=2 * LARGEST)  # a step that was dropped travels in it, with its pictures
async def change(request: Request, own: ThisOwnScript, language: Language, db: Db) -> Response:
    """Every button saves what was typed beside it."""
    tree = await tree_of(request)
    draft = typed(own, tree)
    dropped = carry_out(draft, str(tree.get("act", "")), tree)
    refusal = await store(db, own, tree.get("version"), draft)
    if refusal:
        draft, dropped = typed(own, tree), None
    return _answer(request, own, language, draft, tree.get("start"), refusal, dropped, saved=not refusal)


def typed(own: OwnScript, tree: Tree) -> DraftScript:
    """What is stored, with what stands in the form."""
    draft = DraftScript.model_validate(own.document)
    for name in ("title", "summary"):
        if name in tree:
            setattr(draft, name, type(draft.title)(**text_of(tree[name])))
    for name in ("minutes", "commit_at"):
        if name in tree:
            setattr(draft, name, number_of(tree[name]))
    for row in items(tree.get("steps")):
        step = draft.step(str(row.get("key")))
        if step and "minutes" in row:
            step.minutes = number_of(row["minutes"])
    return draft


def carry_out(draft: DraftScript, act: str, tree: Tree) -> Dropped | None:
    """What a button says: `up:s5`, `drop:s5`, `add`, `sum`, …; anything else only saves."""
    verb, _, key = act.partition(":")
    if verb in ("up", "down"):
        draft.move_step(key, -1 if verb == "up" else 1)
    elif verb == "drop":
        gone = draft.drop_step(key)
        return Dropped(*gone) if gone else None
    elif verb == "restore" and (back := Dropped.read(tree.get("dropped"))):
        draft.add_step(back.step, min(max(back.at, 0), len(draft.steps)))
    elif verb == "add":
        after = draft.index(str(tree.get("add_after")))
        draft.add_step(_new_step(str(tree.get("add_from", ""))), 0 if after is None else after + 1)
    elif verb == "sum":
        draft.minutes = total(draft)
    elif verb == "commit":
        draft.commit_at = minutes_for_the_last(draft)
    else:
        _change_cuts(draft, verb, key, str(tree.get("cut", "")))
    return None


def _change_cuts(draft: DraftScript, verb: str, at: str, chosen: str) -> None:
    number = int(at) if at.isdecimal() and len(at) < 4 else -1
    if verb == "cut-add" and chosen:
        step, _, activity = chosen.partition("/")
        draft.cut_order.append(DraftCut(step=step, activity=activity or None))
    elif verb == "cut-up":
        move(draft.cut_order, number, -1)
    elif verb == "cut-drop" and 0 <= number < len(draft.cut_order):
        del draft.cut_order[number]


def _new_step(source: str) -> DraftStep:
    """A copy of a step of a shipped draaiboek (`script/step`), or an empty one."""
    script, _, key = source.partition("/")
    if script in shipped() and (found := [step for step in shipped()[script].steps if step.key == key]):
        return DraftStep.model_validate(found[0].model_dump(mode="json"))
    place = key if script == "" and key[:1] == "s" and key[1:].isdecimal() and len(key) < 4 else "s1"
    return DraftStep(key=place)


def clock_of(start: object, minutes: int) -> str:
    """The time of day so many minutes after `start` (`13:00`)."""
    hour, _, minute = (start if isinstance(start, str) else START).partition(":")
    first = int(hour) * 60 + int(minute) if hour.isdecimal() and minute.isdecimal() and len(hour + minute) < 5 else 780
    at = (first + minutes) % 1440
    return f"{at // 60}:{at % 60:02}"


def _answer(
    request: Request,
    own: OwnScript,
    language: str,
    draft: DraftScript,
    start: object,
    refusal: Refused | None = None,
    dropped: Dropped | None = None,
    **told: bool,
) -> Response:
    mistakes = mistakes_in(draft.document())
    begin = start if isinstance(start, str) and start else START
    context: dict[str, Any] = {
        "own": own,
        "script": draft,
        "slots": slots(draft),
        "sum": total(draft),
        "start": begin,
        "clock_of": clock_of,
        "ends": clock_of(begin, minutes_of(draft.minutes)),
        "cautions": list(cautions(draft)),
        "mistakes": mistakes,
        "count_in": [sum(flaw.step == at for flaw in mistakes) for at in range(len(draft.steps))],
        "shipped": list(shipped().values()),
        "places": [f"s{number}" for number in range(12)],
        "may_cut": _may_cut(draft),
        "dropped": dropped,
        "saved": told.get("saved", False),
        "unsaved": told.get("unsaved", False),
    }
    return answer(request, "overview", language, refusal, **context)


def _may_cut(draft: DraftScript) -> list[tuple[DraftStep, DraftActivity | None]]:
    """What may still be put in the cut order: steps that are not kept, and their activities where there are more."""
    taken = {(cut.step, cut.activity) for cut in draft.cut_order}
    found: list[tuple[DraftStep, DraftActivity | None]] = []
    for step in draft.steps:
        if not step.keep:
            found.append((step, None))
            found += [(step, each) for each in step.activities if len(step.activities) > 1]
    return [(step, each) for step, each in found if (step.key, each.key if each else None) not in taken]
