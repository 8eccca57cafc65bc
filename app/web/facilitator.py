"""The trainer's own screen: each door calls one verb; the room hears of it by the beat."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from app import links, render
from app.core import curating, moving
from app.core.errors import Refused
from app.core.opgaven import write_opgave
from app.core.workshop import Audience, Phase, Workshop
from app.texts import gettext_noop as N_
from app.web.deps import Db, Form, LiveRooms, OwnWorkshop, PhoneLanguage, ThisTrainer, is_htmx
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")
PHASES = {"reveal": Phase.REVEALED, "hide": Phase.OPEN, "close": Phase.CLOSED, "reopen": Phase.OPEN}


@router.get("/facilitator")
async def show(request: Request, workshop: OwnWorkshop, language: PhoneLanguage, rooms: LiveRooms) -> Response:
    room = rooms.room(workshop.id)
    sheet, rev = await room.fresh((Audience.FACILITATOR, language))
    return page(
        request,
        "facilitator/show.html",
        language,
        audience="facilitator",
        workshop=workshop,
        projector=links.sign("projector", workshop.id, workshop.link_epoch),
        rev=rev,
        screen=Markup(sheet.assemble("screen")),
    )


@router.get("/parts/facilitator")
async def parts(request: Request, workshop: OwnWorkshop, language: PhoneLanguage, rooms: LiveRooms) -> Response:
    room = rooms.room(workshop.id)
    sheet, rev = await room.fresh((Audience.FACILITATOR, language))
    headers = {"X-Rev": str(rev)}
    if request.query_params.get("rev") == headers["X-Rev"]:
        return Response(status_code=204, headers=headers)
    return HTMLResponse(render.partial("screen", sheet.assemble("screen")), headers=headers)


def _done(request: Request, workshop: Workshop) -> Response:
    """The screen itself follows by the socket; without htmx the page is loaded anew."""
    if is_htmx(request):
        return Response(status_code=204)
    return RedirectResponse(f"/w/{workshop.code}/facilitator", 303)


@router.post("/opening")
async def opening(request: Request, workshop: OwnWorkshop, db: Db) -> Response:
    await db.write(moving.open_workshop, workshop.id)
    return _done(request, workshop)


@router.post("/closing")
async def closing(request: Request, workshop: OwnWorkshop, db: Db) -> Response:
    await db.write(moving.close_workshop, workshop.id)
    return _done(request, workshop)


@router.post("/stage")
async def stage(request: Request, workshop: OwnWorkshop, db: Db, form: Form) -> Response:
    """From one moment to another; a second press of the same button moves nothing."""
    await db.write(moving.move_on, workshop.id, str(form.get("leaves", "")), str(form.get("leads_to", "")))
    return _done(request, workshop)


@router.post("/activities/{activity_id}/phase")
async def phase(request: Request, workshop: OwnWorkshop, activity_id: str, db: Db, form: Form) -> Response:
    act = str(form.get("act", ""))
    if act not in PHASES:
        raise Refused(N_("That does not fit here. Choose one of the answers."))
    await db.write(moving.set_phase, workshop.id, activity_id, PHASES[act])
    return _done(request, workshop)


@router.post("/activities/{activity_id}/question")
async def question(
    request: Request, workshop: OwnWorkshop, activity_id: str, language: PhoneLanguage, db: Db, form: Form
) -> Response:
    await db.write(moving.reword, workshop.id, activity_id, language, str(form.get("question", "")))
    return _done(request, workshop)


@router.post("/timer")
async def timer(request: Request, workshop: OwnWorkshop, db: Db, form: Form) -> Response:
    given = str(form.get("seconds", "60"))
    if not given.lstrip("-").isdigit():
        raise Refused(N_("Choose a number of seconds."))
    await db.write(moving.set_timer, workshop.id, int(given))
    return _done(request, workshop)


@router.post("/blank")
async def blank(request: Request, workshop: OwnWorkshop, db: Db, form: Form) -> Response:
    await db.write(moving.set_blank, workshop.id, form.get("blank") == "yes")
    return _done(request, workshop)


@router.post("/steps/{step}/skipped")
async def skip(request: Request, workshop: OwnWorkshop, step: str, db: Db, form: Form) -> Response:
    await db.write(moving.skip_step, workshop.id, step, form.get("skipped") == "yes")
    return _done(request, workshop)


@router.post("/cards/{contribution_id}/curations")
async def curation(
    request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, contribution_id: str, db: Db, form: Form
) -> Response:
    await db.write(
        curating.curate,
        workshop.id,
        trainer.id,
        contribution_id,
        str(form.get("act", "")),
        str(form.get("text", "")),
    )
    return _done(request, workshop)


@router.post("/opgaven")
async def opgave(request: Request, workshop: OwnWorkshop, language: PhoneLanguage, db: Db, form: Form) -> Response:
    """A new version of the opgave, edited on stage."""
    await db.write(write_opgave, workshop.id, str(form.get("opgave", "")), str(form.get("opgave_en", "")))
    return _done(request, workshop)
