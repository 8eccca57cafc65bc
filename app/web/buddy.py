"""Buddies: two people who read their codes aloud to each other."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app import render
from app.core.errors import Refused
from app.core.grouping import pair, part
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.live.personal import own
from app.web.deps.forms import Form, is_htmx
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import ThisParticipant, ThisWorkshop
from app.web.pages import came_from, page

router = APIRouter(prefix="/w/{code}")


@router.post("/buddy")
async def buddy(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    language: PhoneLanguage,
    db: Db,
    form: Form,
) -> Response:
    """Type the code of the other, or part."""
    refusal: Refused | None = None
    typed = form.get("code", "")[:8]
    try:
        if form.get("act") == "part":
            await db.write(part, participant)
        else:
            await db.write(pair, participant, typed)
    except Refused as refused:
        refusal = refused
    status = refusal.status if refusal else 200
    values = await _values(db, workshop, participant, typed, refusal)
    if is_htmx(request):
        return HTMLResponse(render.part("participant/_buddy.html", language, **values), status)
    if refusal is None:
        return RedirectResponse(came_from(request) or f"/w/{workshop.code}", 303)
    return page(request, "participant/buddy.html", language, status=status, audience="participant", **values)


async def _values(
    db: Database, workshop: Workshop, participant: Participant, typed: str, refusal: Refused | None
) -> dict[str, Any]:
    return {
        "workshop": workshop,
        "participant": participant,
        "own": await own(db, participant),
        "buddy_form": {"typed": typed if refusal else "", "refusal": refusal},
    }
