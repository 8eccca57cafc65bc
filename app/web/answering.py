"""One tap: answer, take back, and the phone's own part."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from sqlmodel import col, select

from app import ids
from app.core.contribute import answer as store
from app.core.contribute import withdraw
from app.core.contribution import Contribution, Said
from app.core.curating import same_as
from app.core.errors import NotFound, Refused
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.live.personal import personal_part, personal_view
from app.texts import gettext_noop as N_
from app.web.deps.forms import Form, is_htmx
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db, LiveRooms
from app.web.deps.visits import ThisParticipant, ThisWorkshop
from app.web.pages import came_from, page

router = APIRouter(prefix="/w/{code}")


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
    said: Sequence[Said] | None = None
    try:
        said = await db.write(store, participant, activity_id, form, key)
    except NotFound:
        raise
    except Refused as refused:
        refusal = refused
    return await _own_part(request, workshop, participant, activity_id, language, db, rooms, form, refusal, said)


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


@router.post("/contributions/{contribution_id}/same")
async def same(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    contribution_id: str,
    language: PhoneLanguage,
    db: Db,
    rooms: LiveRooms,
    form: Form,
) -> Response:
    """*Staat er al?* The own card says what another one says."""
    await db.write(same_as, participant, contribution_id, str(form.get("as", "")))
    async with db.read() as session:
        own = await session.get_one(Contribution, contribution_id)
    return await _own_part(request, workshop, participant, own.activity_id, language, db, rooms, {}, None)


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
    said: Sequence[Said] | None = None,
) -> Response:
    status = refusal.status if refusal else 200
    room = rooms.room(workshop.id)
    if not is_htmx(request):
        if refusal is None:
            return RedirectResponse(came_from(request) or f"/w/{workshop.code}", 303)
        return await _whole_page(request, workshop, participant, activity_id, language, db, room, form, refusal)
    view = personal_view(await room.known(), activity_id)
    text = await personal_part(
        db, view, participant, language, typed=form, refusal=refusal, saved=refusal is None, said=said
    )
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
