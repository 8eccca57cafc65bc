"""One step of an own draaiboek: its texts in both languages, minutes, rescue moves, and what each kind is asked."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from app.core.errors import NotFound, Refused
from app.core.kind import discover
from app.core.pictures import MOST_SENT, slide_picture
from app.core.script_draft import MOST_STEPS, DraftActivity, DraftScript, DraftStep, DraftText, free_key
from app.core.script_file import LARGEST
from app.core.script_mistakes import PlacedFlaw, mistakes_in
from app.core.text import whole
from app.core.trainer import OwnScript
from app.live.preview import has_examples
from app.scripts import shipped
from app.texts import gettext_noop as N_
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.field_labels import choice_called, kind_called
from app.web.form_tree import MOST_FIELDS, Tree, act_on, grown, tree_of
from app.web.own_script import ThisOwnScript, answer, store
from app.web.spec_forms import Input, example_of, inputs_of, items, number_of, picture_of, read_model, text_of

router = APIRouter(prefix="/trainer/own-scripts/{own_id}/steps/{step}")
WHENS = ("always", "given", "draft")


@router.get("")
async def show(request: Request, step: str, own: ThisOwnScript, language: Language) -> Response:
    draft = DraftScript.model_validate(own.document)
    found = draft.step(step)
    if found is None:
        raise NotFound(N_("This step is no longer in the draaiboek."))
    return _answer(request, own, language, draft, found)


@router.post("", max_body_size=LARGEST)
async def change(request: Request, step: str, own: ThisOwnScript, language: Language, db: Db) -> Response:
    """Every button saves what was typed, mistakes and all; what is wrong is said at the field."""
    tree = await tree_of(request)
    act = str(tree.get("act", ""))
    dropped = _dropped(act, tree) if act.startswith("less:activities.") else ""
    act_on(tree, act)
    draft = DraftScript.model_validate(own.document)
    made = read_step(step, tree, draft.step(step))
    _add_activity(made, act, tree)
    draft.put_step(step, made)
    refusal = await store(db, own, tree.get("version"), draft)
    return _answer(request, own, language, draft, made, refusal, "" if refusal else dropped, saved=not refusal)


@router.post("/picture/{number}", max_body_size=LARGEST + MOST_SENT)
async def picture(request: Request, step: str, number: int, own: ThisOwnScript, language: Language, db: Db) -> Response:
    """The form with a file beside it: the file becomes the own picture of the activity at this number, and all is
    saved. What is no picture saves nothing: the form comes back as it was typed."""
    async with request.form(max_fields=MOST_FIELDS, max_files=MOST_STEPS, max_part_size=LARGEST) as form:
        file = form.get(f"picture.{number}")
        given = await file.read() if isinstance(file, UploadFile) else b""
        tree = grown(form)
    draft = DraftScript.model_validate(own.document)
    made = read_step(step, tree, draft.step(step))
    draft.put_step(step, made)
    try:
        await asyncio.to_thread(_give_picture, made, number, given)
    except NotFound:
        raise
    except Refused as refused:
        refusal: Refused | None = refused
    else:
        refusal = await store(db, own, tree.get("version"), draft)
    return _answer(request, own, language, draft, made, refusal, saved=not refusal)


def _give_picture(step: DraftStep, number: int, file: bytes) -> None:
    activity = step.activities[number] if 0 <= number < len(step.activities) else None
    kinds = discover()
    found = activity and activity.kind in kinds and picture_of(kinds[activity.kind].Spec)
    if not activity or not found:
        raise NotFound(N_("This step is no longer in the draaiboek."))
    activity.spec[found] = slide_picture(file, field=found)


def read_step(key: str, tree: Tree, former: DraftStep | None) -> DraftStep:
    return DraftStep(
        key=key,
        minutes=number_of(tree.get("minutes", "")),
        keep=bool(tree.get("keep")),
        rescue=[DraftText(**text_of(each)) for each in items(tree.get("rescue"))],
        activities=[_activity(each, former) for each in items(tree.get("activities"))],
        **{name: DraftText(**text_of(tree.get(name))) for name in ("title", "goal", "say", "watch")},
    )


def _activity(tree: Tree, former: DraftStep | None) -> DraftActivity:
    key, kind = str(tree.get("key", "")), str(tree.get("kind", ""))
    kinds = discover()
    if kind in kinds:
        spec = read_model(kinds[kind].Spec, tree.get("spec"))
    else:  # of a release that had this kind: it stays as it was
        spec = next((each.spec for each in former.activities if each.key == key), {}) if former else {}
    return DraftActivity(key=key, kind=kind, when=str(tree.get("when", WHENS[0])), spec=spec)


def _add_activity(step: DraftStep, act: str, tree: Tree) -> None:
    keys = [each.key for each in step.activities]
    kind = str(tree.get("new_kind", ""))
    if act == "activity" and kind in discover():
        step.activities.append(DraftActivity(key=free_key(kind, keys), kind=kind, spec=example_spec(kind)))
    elif act == "restore":
        at, found = _read_dropped(tree.get("dropped"))
        if found:
            step.activities.insert(at, found.model_copy(update={"key": free_key(found.key, keys)}))


def example_spec(kind: str) -> dict[str, Any]:
    """What the first activity of this kind in the shipped draaiboeken asks; else the least that the kind takes."""
    for script in shipped().values():
        for step in script.steps:
            for activity in step.activities:
                if activity.kind == kind:
                    return activity.model_dump(mode="json")["spec"]  # type: ignore[no-any-return]
    return example_of(discover()[kind].Spec)


def _dropped(act: str, tree: Tree) -> str:
    """The activity that a button takes out, as JSON: it travels in the form, so that it can be put back."""
    at = act.rpartition(".")[2]
    found, place = tree.get("activities"), whole(at)
    if not isinstance(found, dict) or not isinstance(found.get(at), dict) or place is None:
        return ""
    return json.dumps({"at": place, "activity": _activity(found[at], None).model_dump()}, ensure_ascii=False)


def _read_dropped(text: object) -> tuple[int, DraftActivity | None]:
    try:
        found = json.loads(str(text))
        return max(0, min(int(found["at"]), MOST_STEPS)), DraftActivity.model_validate(found["activity"])
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return 0, None


@dataclass(frozen=True, slots=True)
class Form:
    """One activity with the inputs of its kind; none where the kind is not known any more."""

    activity: DraftActivity
    name: str
    inputs: tuple[Input, ...]
    sound: bool
    has_examples: bool = False


def _answer(
    request: Request,
    own: OwnScript,
    language: str,
    draft: DraftScript,
    step: DraftStep,
    refusal: Refused | None = None,
    dropped: str = "",
    saved: bool = False,
) -> Response:
    at = draft.index(step.key)
    flaws = [flaw for flaw in mistakes_in(draft.document()) if flaw.step == at]
    problems: dict[str, list[PlacedFlaw]] = {}
    for flaw in flaws:
        problems.setdefault(".".join(str(part) for part in flaw.place[2:]), []).append(flaw)
    kinds = discover()
    context: dict[str, Any] = {
        "own": own,
        "script": draft,
        "step": step,
        "forms": [_form(number, each, problems) for number, each in enumerate(step.activities)],
        "flaws": flaws,
        "problems": problems,
        "kinds": sorted(kinds),
        "kind_called": kind_called,
        "choice_called": choice_called,
        "whens": WHENS,
        "dropped": dropped,
        "saved": saved,
        "previous": draft.steps[at - 1] if at else None,
        "next": draft.steps[at + 1] if at is not None and at + 1 < len(draft.steps) else None,
    }
    return answer(request, "step", language, refusal, **context)


def _form(number: int, activity: DraftActivity, problems: dict[str, list[PlacedFlaw]]) -> Form:
    kinds, name = discover(), f"activities.{number}"
    inputs = inputs_of(kinds[activity.kind].Spec, activity.spec, f"{name}.spec") if activity.kind in kinds else ()
    sound = not any(f"{each}.".startswith(f"{name}.") for each in problems)
    return Form(activity, name, inputs, sound, activity.kind in kinds and has_examples(activity.kind))
