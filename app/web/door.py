"""The trainer's door: who comes in by themselves, who waits, and nobody new."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app import render
from app.core import admitting
from app.core.errors import Refused
from app.core.participant import Newcomer
from app.core.workshop import Workshop
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.deps.cookies import browser_of
from app.web.deps.forms import Form, is_htmx
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import OwnWorkshop, ThisWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/door")
async def show(request: Request, workshop: OwnWorkshop, language: PhoneLanguage, db: Db) -> Response:
    async with db.read() as session:
        waiting = await admitting.newcomers(session, workshop.id)
    return page(
        request,
        "facilitator/door.html",
        language,
        audience="trainer",
        workshop=workshop,
        newcomers=waiting,
    )


@router.post("/door")
async def change(workshop: OwnWorkshop, db: Db, form: Form) -> Response:
    await db.write(admitting.set_door, workshop.id, form.get("door", ""))
    return RedirectResponse(f"/w/{workshop.code}/door", 303)


@router.get("/door/newcomers")
async def waiting_list(workshop: OwnWorkshop, language: PhoneLanguage, db: Db) -> Response:
    """Who waits, for a page that asks again and again."""
    return await _list(workshop, language, db)


@router.post("/door/newcomers")
async def decide(request: Request, workshop: OwnWorkshop, language: PhoneLanguage, db: Db, form: Form) -> Response:
    """Let one in, let all in, or turn one away."""
    act, code = form.get("act"), form.get("code", "")
    if act == "admit_all":
        await db.write(admitting.admit_all, workshop.id)
    elif act == "admit":
        await db.write(admitting.admit, workshop.id, code)
    elif act == "turn_away":
        await db.write(admitting.turn_away, workshop.id, code)
    else:
        raise Refused(N_("That does not fit here. Choose one of the answers."))
    if is_htmx(request):
        return await _list(workshop, language, db)
    return RedirectResponse(f"/w/{workshop.code}/door", 303)


async def _list(workshop: Workshop, language: str, db: Database) -> Response:
    async with db.read() as session:
        waiting = await admitting.newcomers(session, workshop.id)
    return HTMLResponse(render.part("facilitator/_newcomers.html", language, workshop=workshop, newcomers=waiting))


@router.get("/waiting")
async def still_waiting(request: Request, workshop: ThisWorkshop, db: Db) -> Response:
    """204 while this browser waits at the door; else its page loads itself anew."""
    async with db.read() as session:
        found = await session.get(Newcomer, (browser_of(request), workshop.id))
    return Response(status_code=204) if found else Response(headers={"HX-Refresh": "true"})
