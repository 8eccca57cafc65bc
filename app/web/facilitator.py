"""The trainer's own screen: each door calls one verb; the room hears of it by the beat."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from app import links
from app.core import curating, deeds, inserting, moving, staging
from app.core.errors import Refused
from app.core.opgaven import write_opgave
from app.core.text import whole
from app.core.workshop import Audience, Phase, Workshop
from app.sheet import partial
from app.texts import gettext_noop as N_
from app.web.deps.forms import Fields, Form, is_htmx, texts_of
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import LiveRooms
from app.web.facilitating import ThisFacilitator
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")
PHASES = {"reveal": Phase.REVEALED, "hide": Phase.OPEN, "close": Phase.CLOSED, "reopen": Phase.OPEN}


@router.get("/facilitator")
async def show(request: Request, who: ThisFacilitator, language: PhoneLanguage, rooms: LiveRooms) -> Response:
    room = rooms.room(who.workshop.id)
    sheet, rev = await room.fresh((Audience.FACILITATOR, language))
    return page(
        request,
        "facilitator/show.html",
        language,
        audience="facilitator",
        workshop=who.workshop,
        projector=links.sign("projector", who.workshop.id, who.workshop.link_epoch),
        is_trainer=who.is_trainer,
        rev=rev,
        screen=Markup(sheet.assemble("screen")),
    )


@router.get("/parts/facilitator")
async def parts(request: Request, who: ThisFacilitator, language: PhoneLanguage, rooms: LiveRooms) -> Response:
    room = rooms.room(who.workshop.id)
    sheet, rev = await room.fresh((Audience.FACILITATOR, language))
    headers = {"X-Rev": str(rev)}
    if request.query_params.get("rev") == headers["X-Rev"]:
        return Response(status_code=204, headers=headers)
    return HTMLResponse(partial("screen", sheet.assemble("screen")), headers=headers)


def done(request: Request, workshop: Workshop) -> Response:
    """The screen itself follows by the socket; without htmx the page is loaded anew."""
    if is_htmx(request):
        return Response(status_code=204)
    return RedirectResponse(f"/w/{workshop.code}/facilitator", 303)


@router.post("/stage")
async def stage(request: Request, who: ThisFacilitator, form: Form) -> Response:
    """From one moment to another; a second press of the same button moves nothing."""
    await who.do(moving.move_on, form.get("leaves", ""), form.get("leads_to", ""))
    return done(request, who.workshop)


@router.post("/activities/{activity_id}/phase")
async def phase(request: Request, who: ThisFacilitator, activity_id: str, form: Form) -> Response:
    act = form.get("act", "")
    if act not in PHASES:
        raise Refused(N_("That does not fit here. Choose one of the answers."))
    await who.do(moving.set_phase, activity_id, PHASES[act])
    return done(request, who.workshop)


@router.post("/activities/{activity_id}/question")
async def question(
    request: Request, who: ThisFacilitator, activity_id: str, language: PhoneLanguage, form: Form
) -> Response:
    await who.do(moving.reword, activity_id, language, form.get("question", ""))
    return done(request, who.workshop)


@router.post("/questions")
async def insert(request: Request, who: ThisFacilitator, form: Form) -> Response:
    """A question that the script does not have, after the present one."""
    given = [form.get(name, "") for name in ("shape", "question", "answers")]
    await who.do(inserting.insert_question, *given)
    return done(request, who.workshop)


@router.post("/timer")
async def timer(request: Request, who: ThisFacilitator, form: Form) -> Response:
    given = form.get("seconds", "60")
    seconds = whole(given.removeprefix("-"))
    if seconds is None:
        raise Refused(N_("Choose a number of seconds."))
    await who.do(staging.set_timer, -seconds if given.startswith("-") else seconds)
    return done(request, who.workshop)


@router.post("/blank")
async def blank(request: Request, who: ThisFacilitator, form: Form) -> Response:
    await who.do(staging.set_blank, form.get("blank") == "yes")
    return done(request, who.workshop)


@router.post("/still")
async def still(request: Request, who: ThisFacilitator, form: Form) -> Response:
    await who.do(staging.set_still, form.get("still") == "yes")
    return done(request, who.workshop)


@router.post("/look-up")
async def look_up(request: Request, who: ThisFacilitator, form: Form) -> Response:
    await who.do(staging.set_look_up, form.get("look_up") == "yes")
    return done(request, who.workshop)


@router.post("/spotlight")
async def spotlight(request: Request, who: ThisFacilitator, form: Form) -> Response:
    await who.do(staging.spotlight, form.get("card", ""))
    return done(request, who.workshop)


@router.post("/page")
async def turn_page(request: Request, who: ThisFacilitator, form: Form) -> Response:
    await who.do(staging.turn_page, whole(form.get("page")) or 0)
    return done(request, who.workshop)


@router.post("/steps/{step}/skipped")
async def skip(request: Request, who: ThisFacilitator, step: str, form: Form) -> Response:
    await who.do(moving.skip_step, step, form.get("skipped") == "yes")
    return done(request, who.workshop)


@router.post("/cuts")
async def cut(request: Request, who: ThisFacilitator, form: Form) -> Response:
    """What the script says to drop first when time is short."""
    await who.do(moving.cut, form.get("step", ""), form.get("activity", ""))
    return done(request, who.workshop)


@router.post("/cards/{contribution_id}/curations")
async def curation(request: Request, who: ThisFacilitator, contribution_id: str, form: Form) -> Response:
    act, text, into = (form.get(name, "") for name in ("act", "text", "into"))
    await who.do(curating.curate, who.id, contribution_id, act, text, into)
    return done(request, who.workshop)


@router.post("/merges")
async def merges(request: Request, who: ThisFacilitator, form: Fields) -> Response:
    """The cards that were ticked become one: the first of them."""
    await who.do(curating.merge_all, who.id, texts_of(form.get("card")))
    return done(request, who.workshop)


@router.post("/opgaven")
async def opgave(request: Request, who: ThisFacilitator, form: Form) -> Response:
    """A new version of the opgave, edited on stage."""
    await who.do(write_opgave, form.get("opgave", ""), form.get("opgave_en", ""))
    return done(request, who.workshop)


@router.post("/undo")
async def undo(request: Request, who: ThisFacilitator, form: Form) -> Response:
    """Take back the last thing that was done, if it still is the one this screen showed."""
    await who.db.write(deeds.undo, who.workshop.id, form.get("deed", ""), who.id)
    return done(request, who.workshop)
