"""`/scherm`: the projector on any PC of a room, without signing in there. The trainer types its code on the phone."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import ids, links
from app.core.errors import NotFound, Refused
from app.core.pairing import new_screen, pair_screen, screen_of
from app.core.workshop import Workshop
from app.db import Database
from app.web.deps.cookies import cookie, set_cookie
from app.web.deps.forms import Form
from app.web.deps.languages import Language, PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import OwnWorkshop
from app.web.limiting import ALL_SCREENS, PAIRINGS, SCREENS, count, ensure_room, place_of
from app.web.pages import base_url, page

router = APIRouter()
SECRET = "morgen_screen"
ONE_DAY = 24 * 3600


@router.get("/scherm")
async def wait(request: Request, language: Language, db: Db) -> Response:
    """The code to type; the page looks by itself whether somebody did."""
    secret = cookie(request, SECRET) or ids.random_id()
    async with db.read() as session:
        screen = await screen_of(session, secret)
    if screen is not None and screen.workshop_id:
        return RedirectResponse(await _projector(db, screen.workshop_id), 303)
    if screen is None:
        for limit, who in ((SCREENS, place_of(request)), (ALL_SCREENS, "")):
            await ensure_room(request, limit, who)
            await count(request, limit, who)
        screen = await db.write(new_screen, secret)
    answer = page(request, "projector/pairing.html", language, audience="projector", code=screen.code)
    set_cookie(request, answer, SECRET, secret, ONE_DAY)
    return answer


@router.get("/scherm/state")
async def state(request: Request, db: Db) -> Response:
    """204 while the screen waits; else where to go."""
    async with db.read() as session:
        screen = await screen_of(session, cookie(request, SECRET))
    if screen is None:
        return Response(status_code=200, headers={"HX-Refresh": "true"})
    if not screen.workshop_id:
        return Response(status_code=204)
    return Response(status_code=200, headers={"HX-Redirect": await _projector(db, screen.workshop_id)})


async def _projector(db: Database, workshop_id: str) -> str:
    async with db.read() as session:
        workshop = await session.get_one(Workshop, workshop_id)
    return f"/w/{workshop.code}/projector/{links.sign('projector', workshop.id, workshop.link_epoch)}"


@router.get("/w/{code}/screens")
async def ask_code(request: Request, workshop: OwnWorkshop, language: PhoneLanguage) -> Response:
    return _code_page(request, workshop, language, "", None)


@router.post("/w/{code}/screens")
async def pair(request: Request, workshop: OwnWorkshop, language: PhoneLanguage, db: Db, form: Form) -> Response:
    typed = form.get("screen", "")[:12]
    await ensure_room(request, PAIRINGS, workshop.trainer_id)
    try:
        await db.write(pair_screen, workshop.id, typed)
    except NotFound as refusal:
        await count(request, PAIRINGS, workshop.trainer_id)
        return _code_page(request, workshop, language, typed, refusal)
    except Refused as refusal:
        return _code_page(request, workshop, language, typed, refusal)
    return RedirectResponse(f"/w/{workshop.code}/facilitator", 303)


def _code_page(request: Request, workshop: Workshop, language: str, typed: str, refusal: Refused | None) -> Response:
    return page(
        request,
        "facilitator/pair_screen.html",
        language,
        audience="trainer",
        workshop=workshop,
        address=f"{base_url(request)}/scherm",
        typed=typed,
        refusal=refusal,
    )
