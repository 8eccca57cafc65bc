"""Before the letter goes: the mail and the page as the director will read them, the paper, and the one button."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from app import render
from app.core.audit import Act, note
from app.core.conditions_contents import contents_of
from app.core.conditions_writing import send_letter
from app.core.errors import Refused
from app.core.workshop import Workshop
from app.db import Database
from app.mail.conditions import written_preview
from app.web.contact import FIELDS
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/letter/preview")
async def preview(request: Request, workshop: OwnWorkshop, language: Language, db: Db) -> Response:
    """The mail and the page, exactly as the director will read them."""
    return await _preview(request, workshop, language, db)


@router.post("/letter/sending")
async def send(
    request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, language: Language, db: Db, form: Form
) -> Response:
    try:
        await db.write(send_letter, workshop.id, form.get("was_read") == "yes")
    except Refused as refusal:
        return await _preview(request, workshop, language, db, refusal)
    await db.write(note, trainer, Act.LETTER_SENT, workshop.id)
    return RedirectResponse(f"/w/{workshop.code}/conditions?sent=yes", 303)


@router.get("/letter/paper")
async def paper(request: Request, workshop: OwnWorkshop, language: Language, db: Db) -> Response:
    """On paper, with a box for each answer."""
    async with db.read() as session:
        it = await contents_of(session, workshop)
    spoken = it.contact.language if it.contact else workshop.language
    return page(request, "conditions/paper.html", spoken, workshop=workshop, it=it)


async def _preview(
    request: Request, workshop: Workshop, language: str, db: Database, refusal: Refused | None = None
) -> Response:
    async with db.read() as session:
        it = await contents_of(session, workshop)
        mail = await written_preview(session, request.app.state.settings, it)
    spoken = it.contact.language if it.contact else workshop.language
    nothing = dict.fromkeys(FIELDS, "")
    door = Markup(render.part("conditions/_door_part.html", spoken, it=it, nothing=nothing))
    return page(
        request,
        "conditions/preview.html",
        language,
        workshop=workshop,
        it=it,
        mail=mail,
        spoken=spoken,
        door=door,
        refusal=refusal,
    )
