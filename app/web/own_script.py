"""What the doors of the editor share: the trainer's own draaiboek of the address, and saving a changed one."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse

from app import render
from app.core.errors import Refused
from app.core.own_scripts import own_script, save_document
from app.core.script_draft import DraftScript
from app.core.trainer import OwnScript
from app.db import Database
from app.web.deps.forms import is_htmx
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.field_labels import field_called
from app.web.pages import page

HOME = "/trainer/own-scripts/"


async def this_own_script(own_id: str, trainer: ThisTrainer, db: Db) -> OwnScript:
    async with db.read() as session:
        return await own_script(session, trainer.id, own_id)


ThisOwnScript = Annotated[OwnScript, Depends(this_own_script)]


async def store(db: Database, own: OwnScript, version: object, draft: DraftScript) -> Refused | None:
    """Save what was changed in the window that saw `version`. Afterwards `own` is what is stored: where it was refused
    that is what another window saved."""
    seen = int(version) if isinstance(version, str) and version.isdecimal() and len(version) < 10 else 0
    document = draft.document()
    try:
        own.version = await db.write(save_document, own.trainer_id, own.id, seen, document)
        own.document = document
    except Refused as refusal:
        async with db.read() as session:
            stored = await own_script(session, own.trainer_id, own.id)
        own.version, own.document = stored.version, stored.document
        return refusal
    return None


def answer(request: Request, name: str, language: str, refusal: Refused | None, **context: Any) -> Response:
    """The page `name`, or only its editor where htmx asked."""
    status = refusal.status if refusal else 200
    context |= {"refusal": refusal, "field_called": field_called}
    if is_htmx(request):
        return HTMLResponse(render.part(f"trainer/script_editor/_{name}.html", language, **context), status)
    return page(request, f"trainer/script_editor/{name}.html", language, status=status, **context)
