"""The phone's doors: come in, see the room, choose a language, look again."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from app import ids
from app.core.admitting import knock
from app.core.errors import NotFound, Refused
from app.core.joining import come_back, speak
from app.core.organisation import Organisation
from app.core.participant import Newcomer, Participant
from app.core.workshop import Audience, Door, Workshop
from app.db import Database
from app.live.asking import own_ask, own_group
from app.live.personal import personal_part
from app.sheet import partial
from app.texts import LANGUAGES
from app.web.deps.cookies import browser_of, cookie, set_cookie
from app.web.deps.forms import Form
from app.web.deps.guests import Guest, ThisGuest
from app.web.deps.languages import PhoneLanguage, set_language
from app.web.deps.state import Db, LiveRooms
from app.web.deps.visits import MaybeParticipant, ThisParticipant, ThisWorkshop
from app.web.limiting import CAME_IN, NEWCOMERS, PERSONAL_CODES, count, ensure_room, place_of
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("")
async def show(request: Request, guest: ThisGuest) -> Response:
    """The room, for who is in; else the door."""
    workshop, participant, language, db = guest.workshop, guest.participant, guest.language, guest.db
    if participant is None:
        return await _at_the_door(request, guest)
    room = guest.rooms.room(workshop.id)
    sheet, rev = await room.fresh((Audience.PARTICIPANT, language))
    own = {}
    view = await room.known()
    if view.activity is not None:
        own[view.mine_id] = await personal_part(db, view, participant, language)
    async with db.read() as session:
        organisation = await session.get_one(Organisation, workshop.organisation_id)
    return page(
        request,
        "participant/show.html",
        language,
        audience="participant",
        workshop=workshop,
        participant=participant,
        organisation=organisation,
        rev=rev,
        screen=Markup(sheet.assemble("screen", own)),
    )


async def _at_the_door(request: Request, guest: Guest, refusal: Refused | None = None) -> Response:
    """The button to come in, or the page of who waits to be let in; with the logo and colours of the organisation."""
    workshop, waiting = guest.workshop, None
    async with guest.db.read() as session:
        if refusal is None and workshop.door != Door.OPEN:
            waiting = await session.get(Newcomer, (browser_of(request), workshop.id))
        organisation = await session.get_one(Organisation, workshop.organisation_id)
    template = "participant/waiting.html" if waiting else "participant/join.html"
    answer = page(
        request,
        template,
        guest.language,
        audience="participant",
        workshop=workshop,
        organisation=organisation,
        newcomer=waiting,
        refusal=refusal,
    )
    if refusal is None and not browser_of(request):  # before the button: two taps on it come from one browser
        set_cookie(request, answer, "morgen", ids.random_id())
    return answer


@router.post("/participants")
async def come_in(request: Request, guest: ThisGuest, form: Form) -> Response:
    """Join, or come back with a personal code."""
    workshop = guest.workshop
    token = cookie(request, "morgen") or ids.random_id()
    browser = browser_of(request) or ids.hashed(token)
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    try:
        if form.get("code"):
            await _come_back(request, workshop, browser, form["code"], guest.db)
        else:
            await _come_in(request, guest, browser)
    except Refused as refusal:
        return await _at_the_door(request, guest, refusal)
    if not browser_of(request):
        set_cookie(request, answer, "morgen", token)
    return answer


async def _come_back(request: Request, workshop: Workshop, browser: str, code: str, db: Database) -> None:
    await ensure_room(request, PERSONAL_CODES, workshop.id)
    try:
        await db.write(come_back, workshop.id, browser, code)
    except NotFound:
        await count(request, PERSONAL_CODES, workshop.id)
        raise


async def _come_in(request: Request, guest: Guest, browser: str) -> None:
    who = f"{guest.workshop.id} {place_of(request)}"
    await ensure_room(request, NEWCOMERS, who)
    await count(request, NEWCOMERS, who)
    came = await guest.db.write(knock, guest.workshop.id, browser, guest.language)
    if guest.participant is None and isinstance(came, Participant):
        await count(request, CAME_IN, place_of(request))


@router.post("/language")
async def speak_language(
    request: Request, workshop: ThisWorkshop, participant: MaybeParticipant, db: Db, form: Form
) -> Response:
    language = form.get("language", "")
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    if language in LANGUAGES:
        set_language(request, answer, language)
        if participant is not None:
            await db.write(speak, participant.id, language)
    return answer


@router.get("/parts/participant")
async def parts(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    language: PhoneLanguage,
    rooms: LiveRooms,
) -> Response:
    """The snapshot for a phone whose socket is blocked; 204 when it has this rev already."""
    had = request.query_params.get("rev")
    if had == str(workshop.rev):
        return Response(status_code=204, headers={"X-Rev": had})
    room = rooms.room(workshop.id)
    sheet, rev = await room.fresh((Audience.PARTICIPANT, language))
    headers = {"X-Rev": str(rev)}
    if had == headers["X-Rev"]:
        return Response(status_code=204, headers=headers)
    view = await room.known()
    # The own part is fetched when it has another place, as by who has a socket; else a poll would take away "Saved".
    ask = own_ask(view, sheet, participant.id) if request.query_params.get("mine") != view.shown_mine_id else ""
    screen = partial("screen", sheet.assemble("screen", {"ask": ask}))
    return HTMLResponse(own_group(view, participant.id, language).text + screen, headers=headers)
