"""The trainer's own track record, over workshops and months."""

from fastapi import APIRouter, Request, Response

from app.results.track_record import ENOUGH_FOR_ORDER, track_record
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.pages import page

router = APIRouter()


@router.get("/record")
async def show(request: Request, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    async with db.read() as session:
        record = await track_record(session, trainer.id)
    return page(
        request,
        "track_record/record.html",
        language,
        trainer=trainer,
        record=record,
        enough_for_order=ENOUGH_FOR_ORDER,
    )
