"""In the room: my own link to keep, and the mail address for who wants mails."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app import render
from app.core.addressing import give_address
from app.core.committing import own_commitment
from app.core.errors import Refused
from app.core.participant import MailAddress, Participant
from app.core.spoken import spoken
from app.core.workshop import Workshop
from app.db import Database
from app.mail.matter import Links
from app.web.deps.forms import Form, is_htmx
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import ThisParticipant, ThisWorkshop
from app.web.pages import base_url, came_from, page

router = APIRouter(prefix="/w/{code}")


@router.get("/me")
async def me(
    request: Request, workshop: ThisWorkshop, participant: ThisParticipant, language: PhoneLanguage, db: Db
) -> Response:
    """The own link (copy, share, QR, print), language, mails, and the way to delete everything."""
    return page(
        request,
        "follow_up/me.html",
        language,
        audience="follow-up",
        workshop=workshop,
        participant=participant,
        spoken=spoken,
        links=Links(base_url(request), workshop, participant),
        **await _own(db, participant),
    )


@router.post("/address")
async def address(
    request: Request, workshop: ThisWorkshop, participant: ThisParticipant, language: PhoneLanguage, db: Db, form: Form
) -> Response:
    """For htmx the form as it is now, with what was typed and why it was refused; else a page or back."""
    typed, refusal = form.get("address", ""), None
    try:
        await db.write(give_address, workshop, participant, typed, "check" in form, "later" in form)
        request.app.state.courier.wake()
    except Refused as refused:
        refusal = refused
    return await _answer(request, workshop, participant, language, db, {"typed": form, "refusal": refusal})


async def _answer(
    request: Request,
    workshop: Workshop,
    participant: Participant,
    language: str,
    db: Database,
    given: dict[str, Any],
) -> Response:
    refusal = given["refusal"]
    context = {"workshop": workshop, "address_form": given, **await _own(db, participant)}
    status = refusal.status if refusal else 200
    if is_htmx(request):
        return HTMLResponse(render.part("follow_up/_address.html", language, **context), status)
    if refusal is None:
        return RedirectResponse(came_from(request) or f"/w/{workshop.code}", 303)
    return page(request, "follow_up/address.html", language, status=status, audience="follow-up", **context)


async def _own(db: Database, participant: Participant) -> dict[str, Any]:
    async with db.read() as session:
        commitment = await own_commitment(session, participant.id)
        return {"own": {"commitment": commitment, "address": await session.get(MailAddress, participant.id)}}
