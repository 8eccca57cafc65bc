"""What the room sees from ten metres. Its link only shows."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from app.core.organisation import Organisation
from app.core.workshop import Audience
from app.sheet import partial
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db, LiveRooms
from app.web.deps.visits import ShownWorkshop
from app.web.facilitating import MaybeFacilitator
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/projector/{token}")
async def show(
    request: Request,
    workshop: ShownWorkshop,
    token: str,
    someone: MaybeFacilitator,
    language: PhoneLanguage,
    rooms: LiveRooms,
    db: Db,
) -> Response:
    room = rooms.room(workshop.id)
    sheet, rev = await room.fresh((Audience.PROJECTOR, language))
    async with db.read() as session:
        organisation = await session.get_one(Organisation, workshop.organisation_id)
    return page(
        request,
        "projector/show.html",
        language,
        audience="projector",
        workshop=workshop,
        organisation=organisation,
        token=token,
        keys=someone is not None,
        rev=rev,
        screen=Markup(sheet.assemble("screen")),
    )


@router.get("/parts/projector/{token}")
async def parts(request: Request, workshop: ShownWorkshop, language: PhoneLanguage, rooms: LiveRooms) -> Response:
    room = rooms.room(workshop.id)
    sheet, rev = await room.fresh((Audience.PROJECTOR, language))
    headers = {"X-Rev": str(rev)}
    if request.query_params.get("rev") == headers["X-Rev"]:
        return Response(status_code=204, headers=headers)
    return HTMLResponse(partial("screen", sheet.assemble("screen")), headers=headers)
