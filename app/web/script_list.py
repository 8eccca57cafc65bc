"""All draaiboeken of a trainer: copy, import, export, delete."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app import ids
from app.core.audit import Act, note
from app.core.errors import NotFound
from app.core.kind import discover
from app.core.marked_yaml import read
from app.core.own_scripts import copied, copy_script, delete_own_script, own_script, own_scripts
from app.core.script_draft import DraftScript
from app.core.script_file import LARGEST, Mistake, check_text
from app.core.script_mistakes import mistakes_in
from app.core.script_yaml import to_yaml
from app.core.trainer import OwnScript
from app.scripts import shipped
from app.texts import gettext_noop as N_
from app.texts import say
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.own_script import HOME, ThisOwnScript
from app.web.pages import page

router = APIRouter(prefix="/trainer")
OWN = "own:"
"""Before the id of an own draaiboek, where a form takes the key of a shipped one too."""


@router.get("/scripts")
async def scripts(request: Request, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    async with db.read() as session:
        found = await own_scripts(session, trainer.id)
    own = [(each, DraftScript.model_validate(each.document), len(mistakes_in(each.document))) for each in found]
    context: dict[str, Any] = {"own": own, "shipped": list(shipped().values()), "fresh_key": ids.random_id()}
    return page(request, "trainer/script_editor/list.html", language, **context)


@router.post("/own-scripts")
async def copy(trainer: ThisTrainer, db: Db, form: Form) -> Response:
    """A copy of a shipped draaiboek, or of an own one; two presses on one page make one."""
    chosen, key = form.get("script", ""), form.get("key", "")
    if chosen.startswith(OWN):
        async with db.read() as session:
            former = await own_script(session, trainer.id, chosen.removeprefix(OWN))
        document, based_on = former.document, former.based_on
    elif chosen in shipped():
        document, based_on = shipped()[chosen].model_dump(mode="json"), chosen
    else:
        raise NotFound(N_("This draaiboek does not exist."))
    made = await db.write(copy_script, trainer.id, copied(document), based_on, f"{chosen} {key}" if key else "")
    return RedirectResponse(HOME + made.id, 303)


@router.get("/own-scripts/import")
async def ask_import(request: Request, trainer: ThisTrainer, language: Language) -> Response:
    return _import_page(request, language, "", [])


@router.post("/own-scripts/import", max_body_size=2 * LARGEST + 65536)
async def import_text(request: Request, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    """A new own draaiboek from a file or from typed text; or the text again, with all its mistakes by line."""
    text, name, flaw = "", say(language, N_("the text")), None
    async with request.form(max_files=1, max_fields=10, max_part_size=2 * LARGEST) as form:
        file, typed = form.get("file"), form.get("text")
        text = typed if isinstance(typed, str) else ""
        if isinstance(file, UploadFile) and file.filename:
            data, name = await file.read(), file.filename[:80]
            text, flaw = data.decode("utf-8-sig", "replace"), _not_utf8(data, name, language)
    mistakes = [flaw] if flaw else check_text(text, name, language)
    if mistakes:
        return _import_page(request, language, text, mistakes)
    discover()
    document = DraftScript.model_validate(read(text).value).document()
    made = await db.write(copy_script, trainer.id, document)
    return RedirectResponse(HOME + made.id, 303)


def _not_utf8(data: bytes, name: str, language: str) -> Mistake | None:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what, mend = N_("This file is not written in UTF-8."), N_("Save it as UTF-8 in your editor.")
        return Mistake(name, data.count(b"\n", 0, error.start) + 1, say(language, what), say(language, mend))
    return None


def _import_page(request: Request, language: str, text: str, mistakes: list[Mistake]) -> Response:
    context: dict[str, Any] = {"text": text, "mistakes": mistakes, "status": 422 if mistakes else 200}
    return page(request, "trainer/script_editor/import.html", language, **context)


@router.get("/own-scripts/{own_id}/export")
async def export(own: ThisOwnScript) -> Response:
    """As a YAML file, also while it still has mistakes."""
    script = _draft(own)
    headers = {"Content-Disposition": f'attachment; filename="{script.key or "draaiboek"}.yaml"'}
    return Response(to_yaml(script.document()), media_type="application/yaml; charset=utf-8", headers=headers)


@router.get("/own-scripts/{own_id}/deletion")
async def ask_deletion(request: Request, own: ThisOwnScript, language: Language) -> Response:
    return page(request, "trainer/script_editor/delete.html", language, own=own, script=_draft(own))


@router.post("/own-scripts/{own_id}/deletion")
async def delete(own: ThisOwnScript, trainer: ThisTrainer, db: Db) -> Response:
    await db.write(note, trainer, Act.DELETION, own.id)
    await db.write(delete_own_script, own.trainer_id, own.id)
    return RedirectResponse("/trainer/scripts", 303)


def _draft(own: OwnScript) -> DraftScript:
    return DraftScript.model_validate(own.document)
