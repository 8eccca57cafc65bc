"""The front door: type a code, choose a language."""

import re

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.ids import ALPHABET
from app.texts import LANGUAGES
from app.web.deps.forms import Form
from app.web.deps.languages import Language, set_language
from app.web.pages import page

router = APIRouter()
CODE = re.compile(f"[{ALPHABET}]{{6}}")


@router.get("/")
async def home(request: Request, language: Language) -> Response:
    return page(request, "home.html", language, audience="follow-up", typed="", unknown=False)


@router.post("/")
async def enter(request: Request, language: Language, form: Form) -> Response:
    """A typed code, in whatever case and with whatever spaces."""
    typed = form.get("code", "")
    code = re.sub(r"[\s-]", "", typed).upper()
    if CODE.fullmatch(code):
        return RedirectResponse(f"/w/{code}", 303)
    return page(request, "home.html", language, status=422, audience="follow-up", typed=typed[:40], unknown=True)


@router.post("/language")
async def language(request: Request, form: Form) -> Response:
    back = form.get("back", "/")
    safe = back if back.startswith("/") and not back.startswith("//") and "\\" not in back else "/"
    answer = RedirectResponse(safe, 303)
    if form.get("language") in LANGUAGES:
        set_language(request, answer, form["language"])
    return answer


@router.get("/{code}")
async def short(code: str) -> Response:
    """The address in the QR code: as short as can be."""
    return RedirectResponse(f"/w/{code.upper()}", 307)
