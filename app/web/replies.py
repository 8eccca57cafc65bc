"""Answers that came by reply: the trainer types them in, and sees nothing of what stands there already."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.errors import Refused
from app.core.obstacles import OBSTACLES
from app.core.reply import enter_reply
from app.core.workshop import Workshop
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.visits import OwnWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/replies")
async def ask(request: Request, workshop: OwnWorkshop, language: Language) -> Response:
    return _page(request, workshop, language)


@router.post("/replies")
async def enter(request: Request, workshop: OwnWorkshop, language: Language, db: Db, form: Form) -> Response:
    given = {name: form.get(name, "") for name in ("address", "answer", "obstacle")}
    try:
        await db.write(enter_reply, workshop.id, **given)
    except Refused as refusal:
        return _page(request, workshop, language, refusal, given)
    return RedirectResponse(f"/w/{workshop.code}/replies?saved=yes", 303)


def _page(
    request: Request,
    workshop: Workshop,
    language: str,
    refusal: Refused | None = None,
    typed: dict[str, Any] | None = None,
) -> Response:
    return page(
        request,
        "follow_up/replies.html",
        language,
        workshop=workshop,
        obstacles=OBSTACLES,
        refusal=refusal,
        typed=typed or {},
        saved="saved" in request.query_params,
    )
