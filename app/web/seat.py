"""Where somebody sits: the table, the pen, online."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.errors import Refused
from app.core.people import sit_at
from app.core.text import whole
from app.web.deps.forms import Form
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import ThisParticipant, ThisWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/seat")
async def show(
    request: Request, workshop: ThisWorkshop, participant: ThisParticipant, language: PhoneLanguage
) -> Response:
    return page(
        request,
        "participant/seat.html",
        language,
        audience="participant",
        workshop=workshop,
        participant=participant,
    )


@router.post("/seat")
async def sit(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    language: PhoneLanguage,
    db: Db,
    form: Form,
) -> Response:
    table = form.get("table", "0")
    online = table == "online"
    try:
        await db.write(sit_at, participant, whole(table) or 0, form.get("pen") == "yes", online)
    except Refused as refusal:
        return page(
            request,
            "participant/seat.html",
            language,
            audience="participant",
            workshop=workshop,
            participant=participant,
            refusal=refusal,
        )
    return RedirectResponse(f"/w/{workshop.code}", 303)
