"""One tap: answer, take back, and the phone's own part."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from sqlmodel import col, select

from app import ids
from app.core.contribute import answer as store
from app.core.contribute import answer_at, withdraw
from app.core.contribution import Contribution, Said
from app.core.curating import same_as
from app.core.errors import NotFound, Refused
from app.db import Database
from app.live.personal import personal_part, personal_view
from app.live.view import View
from app.texts import gettext_noop as N_
from app.web.deps.cookies import browser_of
from app.web.deps.forms import is_htmx, texts_of, the_fields
from app.web.deps.taps import Tap, ThisTap, a_tap, tap_of
from app.web.pages import came_from, page

router = APIRouter(prefix="/w/{code}")
ANSWERS = "/w/{code}/activities/{activity_id}/contributions"


async def answer(request: Request) -> Response:
    """200 with the own part for htmx, 303 without; a refused text comes back with the reason."""
    activity_id, code = request.path_params["activity_id"], request.path_params["code"]
    form = await the_fields(request)
    key = [ids.random_id(), *texts_of(form.pop("key", ""))][-1][:40]
    db: Database = request.app.state.db
    try:
        kept = await db.write(answer_at, code.upper(), browser_of(request), activity_id, form, key)
        tap = await tap_of(request, kept.workshop, kept.participant, form)
    except NotFound:  # who is not in, and why, takes more than one look
        tap = await a_tap(code, request)
        try:
            kept = await tap.db.write(store, tap.participant, activity_id, form, key)
        except NotFound:
            raise
        except Refused as refused:
            return await _refused(tap, activity_id, refused)
    except Refused as refused:
        return await _refused(await a_tap(code, request), activity_id, refused)
    return await _own_part(tap, activity_id, kept.id, kept.said, form)


# Without what FastAPI resolves for each request: of a tap that is the twentieth part.
router.add_route(ANSWERS, answer, methods=["POST"])


@router.post("/contributions/{contribution_id}/withdrawal")
async def take_back(contribution_id: str, tap: ThisTap) -> Response:
    async with tap.db.read() as session:
        owned = await session.exec(
            select(Contribution.activity_id).where(
                col(Contribution.id) == contribution_id, col(Contribution.participant_id) == tap.participant.id
            )
        )
        activity_id = owned.first()
    if activity_id is None:
        raise NotFound(N_("This answer is not here any more."))
    await tap.db.write(withdraw, tap.participant, contribution_id)
    return await _own_part(tap, activity_id, contribution_id)


@router.post("/contributions/{contribution_id}/same")
async def same(contribution_id: str, tap: ThisTap) -> Response:
    """*Staat er al?* The own card says what another one says."""
    await tap.db.write(same_as, tap.participant, contribution_id, ["", *texts_of(tap.form.get("as"))][-1])
    async with tap.db.read() as session:
        own = await session.get_one(Contribution, contribution_id)
    return await _own_part(tap, own.activity_id, contribution_id)


async def _own_part(
    tap: Tap,
    activity_id: str,
    saved: str,
    said: Sequence[Said] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Response:
    """The contribution `saved` was kept."""
    if not is_htmx(tap.request):
        return RedirectResponse(came_from(tap.request) or f"/w/{tap.workshop.code}", 303)
    view = await _view(tap, activity_id)
    part = await personal_part(tap.db, view, tap.participant, tap.language, typed=typed, saved=saved, said=said)
    return HTMLResponse(part)


async def _view(tap: Tap, activity_id: str) -> View:
    """Raises NotFound for an activity of another workshop."""
    try:
        return personal_view(await tap.room.known(), activity_id)
    except NotFound:  # a question that was put in through another process may be newer than the last look of this one
        return personal_view(await tap.room.present(), activity_id)


async def _refused(tap: Tap, activity_id: str, refusal: Refused) -> Response:
    """The form with what was typed; without JavaScript as a page of its own."""
    view = await _view(tap, activity_id)
    part = await personal_part(tap.db, view, tap.participant, tap.language, typed=tap.form, refusal=refusal)
    if is_htmx(tap.request):
        return HTMLResponse(part, refusal.status)
    return page(
        tap.request,
        "participant/alone.html",
        tap.language,
        status=refusal.status,
        audience="participant",
        workshop=tap.workshop,
        participant=tap.participant,
        view=view,
        own_part=Markup(part),
    )


@router.get("/activities/{activity_id}/mine")
async def mine(activity_id: str, tap: ThisTap) -> Response:
    """The phone's own part, asked for when the stage moved."""
    view = await _view(tap, activity_id)
    return HTMLResponse(await personal_part(tap.db, view, tap.participant, tap.language))
