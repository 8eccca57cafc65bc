"""Four weeks later: whom the trainer may call, and what to ask."""

from fastapi import APIRouter, Request, Response

from app import clock
from app.core.sharing import who_may_see
from app.results.success_cases import EACH, QUESTIONS, success_cases
from app.results.workshop_page import FOUR_WEEKS
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/cases")
async def show(request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    """Nothing before the four weeks are over, and nothing for a trainer whom the participants' organisation employs."""
    begins = workshop.starts_at + FOUR_WEEKS
    async with db.read() as session:
        employed = await who_may_see(session, workshop) is None
        early = clock.at(workshop) < begins
        found = None if employed or early else await success_cases(session, workshop)
    return page(
        request,
        "track_record/cases.html",
        language,
        trainer=trainer,
        workshop=workshop,
        cases=found,
        employed=employed,
        begins=begins,
        most=2 * EACH,
        questions=QUESTIONS,
    )
