"""The phone's doors: come in, answer, take back, look again."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from sqlmodel import col, select

from app import ids, render
from app.core.contribute import contribute, withdraw
from app.core.contribution import Contribution
from app.core.errors import NotFound, Refused
from app.core.joining import be, come_back, join, speak
from app.core.participant import Participant
from app.core.workshop import Audience, Workshop
from app.db import Database
from app.live.personal import personal_part, personal_view
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_
from app.web.deps import (
    Db,
    Form,
    LiveRooms,
    MaybeParticipant,
    PhoneLanguage,
    ThisParticipant,
    ThisWorkshop,
    browser_of,
    cookie,
    is_htmx,
    set_cookie,
)
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("")
async def show(
    request: Request,
    workshop: ThisWorkshop,
    participant: MaybeParticipant,
    language: PhoneLanguage,
    rooms: LiveRooms,
    db: Db,
) -> Response:
    """The room, for who is in; else the door."""
    if participant is None:
        return page(
            request,
            "participant/join.html",
            language,
            audience="participant",
            workshop=workshop,
            refusal=None,
        )
    room = rooms.room(workshop.id)
    sheet, rev = await room.fresh((Audience.PARTICIPANT, language))
    own = {}
    view = await room.known()
    if view.activity is not None:
        own[view.mine_id] = await personal_part(db, view, participant, language)
    return page(
        request,
        "participant/show.html",
        language,
        audience="participant",
        workshop=workshop,
        participant=participant,
        rev=rev,
        screen=Markup(sheet.assemble("screen", own)),
    )


@router.post("/participants")
async def come_in(request: Request, workshop: ThisWorkshop, language: PhoneLanguage, db: Db, form: Form) -> Response:
    """Join, or come back with a personal code."""
    token = cookie(request, "morgen") or ids.random_id()
    browser = browser_of(request) or ids.hashed(token)
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    try:
        if form.get("code"):
            await db.write(come_back, workshop.id, browser, str(form["code"]))
        else:
            await db.write(join, workshop.id, browser, language)
    except Refused as refusal:
        return page(
            request,
            "participant/join.html",
            language,
            status=refusal.status,
            audience="participant",
            workshop=workshop,
            refusal=refusal,
        )
    if not browser_of(request):
        set_cookie(request, answer, "morgen", token)
    return answer


@router.post("/language")
async def speak_language(
    request: Request, workshop: ThisWorkshop, participant: MaybeParticipant, db: Db, form: Form
) -> Response:
    language = str(form.get("language", ""))
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    if language in LANGUAGES:
        answer.set_cookie("lang", language, max_age=365 * 24 * 3600, samesite="lax", path="/")
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
    room = rooms.room(workshop.id)
    sheet, rev = await room.fresh((Audience.PARTICIPANT, language))
    headers = {"X-Rev": str(rev)}
    if request.query_params.get("rev") == headers["X-Rev"]:
        return Response(status_code=204, headers=headers)
    return HTMLResponse(render.partial("screen", sheet.assemble("screen")), headers=headers)


@router.post("/activities/{activity_id}/contributions")
async def answer(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    activity_id: str,
    language: PhoneLanguage,
    db: Db,
    rooms: LiveRooms,
    form: Form,
) -> Response:
    """One tap. 200 with the own part for htmx, 303 without; a refused text comes back with the reason."""
    key = str(form.pop("key", "") or ids.random_id())[:40]
    refusal: Refused | None = None
    try:
        await db.write(contribute, participant, activity_id, form, key)
    except NotFound:
        raise
    except Refused as refused:
        refusal = refused
    return await _own_part(request, workshop, participant, activity_id, language, db, rooms, form, refusal)


@router.post("/contributions/{contribution_id}/withdrawal")
async def take_back(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    contribution_id: str,
    language: PhoneLanguage,
    db: Db,
    rooms: LiveRooms,
) -> Response:
    async with db.read() as session:
        owned = await session.exec(
            select(Contribution.activity_id).where(
                col(Contribution.id) == contribution_id, col(Contribution.participant_id) == participant.id
            )
        )
        activity_id = owned.first()
    if activity_id is None:
        raise NotFound(N_("This answer is not here any more."))
    await db.write(withdraw, participant, contribution_id)
    return await _own_part(request, workshop, participant, activity_id, language, db, rooms, {}, None)


async def _own_part(
    request: Request,
    workshop: Workshop,
    participant: Participant,
    activity_id: str,
    language: str,
    db: Database,
    rooms: Any,
    form: dict[str, Any],
    refusal: Refused | None,
) -> Response:
    status = refusal.status if refusal else 200
    room = rooms.room(workshop.id)
    if not is_htmx(request):
        if refusal is None:
            return RedirectResponse(request.headers.get("referer") or f"/w/{workshop.code}", 303)
        return await _whole_page(request, workshop, participant, activity_id, language, db, room, form, refusal)
    view = personal_view(await room.known(), activity_id)
    text = await personal_part(db, view, participant, language, typed=form, refusal=refusal, saved=refusal is None)
    return HTMLResponse(text, status)


async def _whole_page(
    request: Request,
    workshop: Workshop,
    participant: Participant,
    activity_id: str,
    language: str,
    db: Database,
    room: Any,
    form: dict[str, Any],
    refusal: Refused,
) -> Response:
    """Without JavaScript a refused form comes back as a page of its own, with what was typed."""
    view = personal_view(await room.known(), activity_id)
    own = await personal_part(db, view, participant, language, typed=form, refusal=refusal)
    return page(
        request,
        "participant/alone.html",
        language,
        status=refusal.status,
        audience="participant",
        workshop=workshop,
        participant=participant,
        view=view,
        own_part=Markup(own),
    )


@router.get("/activities/{activity_id}/mine")
async def mine(
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    activity_id: str,
    language: PhoneLanguage,
    db: Db,
    rooms: LiveRooms,
) -> Response:
    """The phone's own part, asked for when the stage moved."""
    view = personal_view(await rooms.room(workshop.id).known(), activity_id)
    return HTMLResponse(await personal_part(db, view, participant, language))


@router.get("/me/{token}")
async def go_on(request: Request, workshop: ThisWorkshop, token: str, language: PhoneLanguage, db: Db) -> Response:
    """A personal link opened in another browser: asks, and changes nothing."""
    someone = await _by_link(db, workshop, token)
    return page(
        request,
        "participant/go_on.html",
        language,
        audience="participant",
        workshop=workshop,
        someone=someone,
        token=token,
    )


@router.post("/me/{token}")
async def go_on_as(request: Request, workshop: ThisWorkshop, token: str, db: Db) -> Response:
    someone = await _by_link(db, workshop, token)
    token_of_browser = cookie(request, "morgen") or ids.random_id()
    await db.write(be, someone, browser_of(request) or ids.hashed(token_of_browser))
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    if not browser_of(request):
        set_cookie(request, answer, "morgen", token_of_browser)
    return answer


async def _by_link(db: Database, workshop: Workshop, token: str) -> Participant:
    from app import links

    async with db.read() as session:
        someone = await session.get(Participant, links.subject_of(token))
    if (
        someone is None
        or someone.workshop_id != workshop.id
        or someone.removed_at is not None
        or not links.holds(token, "person", someone.link_epoch)
    ):
        raise NotFound(N_("This link does not work any more."))
    return someone
