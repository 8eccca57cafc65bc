"""The page of an organisation: what holds for all its workshops, its logo and its colours."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.core.errors import NotFound, Refused
from app.core.organisation import Organisation
from app.core.organisation_style import MOST_BYTES, checked_logo, logo_bytes, sheet_of
from app.core.organisation_terms import LEAST_K, MOST_K, PERIODS, STATUSES, change_organisation, set_logo
from app.core.organisation_terms import the_organisation as found_for
from app.core.trainer import Trainer
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.pages import page
from app.web.privacy import STATUS

router = APIRouter(prefix="/organisations/{organisation_id}")
A_DAY = {"Cache-Control": "public, max-age=86400"}
ROOM_FOR_A_FORM = 8 * 1024


@router.get("")
async def show(
    request: Request, organisation_id: str, trainer: ThisTrainer, language: Language, db: Db, saved: str = ""
) -> Response:
    async with db.read() as session:
        organisation = await found_for(session, trainer, organisation_id)
    return _page(request, language, trainer, organisation, typed_of(organisation), saved=bool(saved))


@router.post("")
async def change(
    request: Request, organisation_id: str, trainer: ThisTrainer, language: Language, db: Db, form: Form
) -> Response:
    """The form again with all that was typed and the reason, where something is wrong."""
    try:
        await db.write(change_organisation, trainer, organisation_id, form)
    except NotFound:
        raise
    except Refused as refusal:
        return await _refused(request, language, trainer, db, organisation_id, refusal, form)
    return RedirectResponse(f"/organisations/{organisation_id}?saved=yes", 303)


@router.post("/logo", max_body_size=MOST_BYTES + ROOM_FOR_A_FORM)
async def logo(request: Request, organisation_id: str, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    """A new logo; without a file the old one goes."""
    async with db.read() as session:
        await found_for(session, trainer, organisation_id)
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("logo")
        given = await file.read() if isinstance(file, UploadFile) else b""
    try:
        drawn = await asyncio.to_thread(checked_logo, given) if given else ""
        await db.write(set_logo, trainer, organisation_id, drawn)
    except NotFound:
        raise
    except Refused as refusal:
        return await _refused(request, language, trainer, db, organisation_id, refusal, None)
    return RedirectResponse(f"/organisations/{organisation_id}?saved=yes#style", 303)


@router.get("/logo")
async def show_logo(organisation_id: str, db: Db) -> Response:
    organisation = await _any(db, organisation_id)
    if not organisation.logo:
        raise NotFound(N_("This page does not exist."))
    return Response(logo_bytes(organisation.logo), media_type="image/png", headers=A_DAY)


@router.get("/tokens.css")
async def tokens(organisation_id: str, db: Db) -> Response:
    organisation = await _any(db, organisation_id)
    return Response(sheet_of(organisation.tokens), media_type="text/css; charset=utf-8", headers=A_DAY)


async def _any(db: Database, organisation_id: str) -> Organisation:
    async with db.read() as session:
        organisation = await session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(N_("This page does not exist."))
    return organisation


def typed_of(organisation: Organisation) -> dict[str, Any]:
    """The fields of the form as they would have been typed."""
    return {**organisation.model_dump(), "extra_days_off": "\n".join(organisation.extra_days_off)}


async def _refused(
    request: Request,
    language: str,
    trainer: Trainer,
    db: Database,
    organisation_id: str,
    refusal: Refused,
    form: dict[str, str] | None,
) -> Response:
    async with db.read() as session:
        organisation = await found_for(session, trainer, organisation_id)
    typed = typed_of(organisation) if form is None else {name: form.get(name, "") for name in typed_of(organisation)}
    return _page(request, language, trainer, organisation, typed, refusal=refusal)


def _page(
    request: Request,
    language: str,
    trainer: Trainer,
    organisation: Organisation,
    typed: dict[str, Any],
    saved: bool = False,
    refusal: Refused | None = None,
) -> Response:
    return page(
        request,
        "organisation/show.html",
        language,
        trainer=trainer,
        organisation=organisation,
        typed=typed,
        saved=saved,
        refusal=refusal,
        periods=PERIODS,
        least_k=LEAST_K,
        most_k=MOST_K,
        statuses={status: STATUS.get(status, "") for status in STATUSES if status},
    )
