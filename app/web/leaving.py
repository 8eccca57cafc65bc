"""What a phone may open beside the stage: its commitment at any time, and the screen as text."""

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from app.core.errors import NotFound
from app.core.kind import KINDS
from app.core.workshop import Audience
from app.live.personal import personal_part, personal_view
from app.texts import gettext_noop as N_
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db, LiveRooms
from app.web.deps.visits import ThisParticipant, ThisWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/leaving")
async def leaving(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    language: PhoneLanguage,
    db: Db,
    rooms: LiveRooms,
) -> Response:
    """Who leaves early makes the commitment now; until midnight after the end it can be made and changed."""
    view = await rooms.room(workshop.id).known()
    activity = next((each for each in view.course.activities if KINDS[each.kind].at_any_time), None)
    if activity is None:
        raise NotFound(N_("This workshop does not ask for a commitment."))
    chosen = personal_view(view, activity.id)
    part = await personal_part(db, chosen, participant, language)
    return page(
        request,
        "participant/alone.html",
        language,
        audience="participant",
        workshop=workshop,
        participant=participant,
        view=chosen,
        own_part=Markup(part),
    )


@router.get("/screen")
async def screen(
    request: Request, workshop: ThisWorkshop, participant: ThisParticipant, language: PhoneLanguage, rooms: LiveRooms
) -> Response:
    """What stands on the screen, for who cannot see it: as the projector shows it, so after reveal only."""
    sheet, _ = await rooms.room(workshop.id).fresh((Audience.PROJECTOR, language))
    return page(
        request,
        "participant/screen_as_text.html",
        language,
        audience="participant",
        workshop=workshop,
        stage=Markup(sheet.assemble("stage")) if "stage" in sheet.parts else "",
    )
