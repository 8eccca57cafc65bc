"""What of one workshop goes when, and the two things a trainer may do about it: take it along, delete it."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.core.audit import Act
from app.core.organisation import Organisation
from app.core.retention import what_goes_when
from app.core.workshop_export import export_workshop
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop
from app.web.noting import noted
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/data")
async def show(request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    async with db.read() as session:
        going = await what_goes_when(session, workshop)
        organisation = await session.get_one(Organisation, workshop.organisation_id)
    return page(
        request,
        "organisation/data.html",
        language,
        trainer=trainer,
        workshop=workshop,
        organisation=organisation,
        going=going,
    )


@router.get("/data.json", dependencies=[noted(Act.EXPORT)])
async def export(workshop: OwnWorkshop, db: Db) -> Response:
    async with db.read() as session:
        made = await export_workshop(session, workshop)
    headers = {"Content-Disposition": f'attachment; filename="workshop-{workshop.code}.json"'}
    return JSONResponse(made, headers=headers)
