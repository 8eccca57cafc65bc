"""What is kept of people, and how accessible this is: filled from the organisation and from who runs the server."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.core.organisation import Organisation
from app.core.workshop import Workshop
from app.db import Database
from app.settings import Settings
from app.texts import gettext_noop as N_
from app.web.deps.languages import Language, PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import ThisWorkshop
from app.web.pages import page

router = APIRouter()
STATUS = {
    "A": N_("A: it meets all requirements."),
    "B": N_("B: it meets part of the requirements."),
    "C": N_("C: the first measures were taken."),
    "D": N_("D: it does not meet the requirements."),
    "E": N_("E: there is no statement yet."),
}
"""The five of the Dutch statement."""


@router.get("/privacy")
async def privacy(request: Request, language: Language) -> Response:
    return _page(request, "organisation/privacy.html", language)


@router.get("/privacy/{code}")
async def privacy_of(request: Request, workshop: ThisWorkshop, language: PhoneLanguage, db: Db) -> Response:
    return _page(request, "organisation/privacy.html", language, workshop, await _organisation(db, workshop))


@router.get("/accessibility")
async def accessibility(request: Request, language: Language) -> Response:
    return _page(request, "organisation/accessibility.html", language)


@router.get("/accessibility/{code}")
async def accessibility_of(request: Request, workshop: ThisWorkshop, language: PhoneLanguage, db: Db) -> Response:
    return _page(request, "organisation/accessibility.html", language, workshop, await _organisation(db, workshop))


async def _organisation(db: Database, workshop: Workshop) -> Organisation:
    async with db.read() as session:
        return await session.get_one(Organisation, workshop.organisation_id)


def _page(
    request: Request,
    template: str,
    language: str,
    workshop: Workshop | None = None,
    organisation: Organisation | None = None,
) -> Response:
    settings: Settings = request.app.state.settings
    context: dict[str, Any] = {"workshop": workshop, "organisation": organisation, "statuses": STATUS}
    return page(
        request,
        template,
        language,
        audience="follow-up",
        operator=settings.operator,
        operator_contact=settings.operator_contact,
        has_mail=bool(settings.smtp_host),
        **context,
    )
