"""The plan of a workshop that stands already: its title, start, tables, opgave and parties."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.contacts import commissioner
from app.core.errors import Refused
from app.core.opgaven import present_opgave
from app.core.remaking import change_plan
from app.core.workshop import Status, Workshop
from app.db import Database
from app.web.copying import named_parties
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop
from app.web.pages import page
from app.web.workshop_form import Typed, plan_of

router = APIRouter(prefix="/w/{code}")


@router.get("/plan")
async def ask(request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    if workshop.status == Status.CLOSED:
        return RedirectResponse(f"/w/{workshop.code}/trainer", 303)
    typed = await _present(db, workshop)
    return page(request, "trainer/plan.html", language, trainer=trainer, workshop=workshop, typed=typed)


@router.post("/plan")
async def change(
    request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, language: Language, db: Db, form: Form
) -> Response:
    """The form again with all that was typed and the reason, where something is wrong."""
    typed = Typed.read(form)
    if workshop.status != Status.DRAFT:
        present = await _present(db, workshop)
        stands = ("date", "time", "time_zone", "opgave", "opgave_en", "parties")
        typed = replace(typed, **{name: getattr(present, name) for name in stands})
    try:
        await db.write(change_plan, workshop.id, plan_of(typed, workshop.organisation_id))
    except Refused as refusal:
        return page(
            request,
            "trainer/plan.html",
            language,
            trainer=trainer,
            workshop=workshop,
            typed=typed,
            refusal=refusal,
        )
    return RedirectResponse(f"/w/{workshop.code}/trainer", 303)


async def _present(db: Database, workshop: Workshop) -> Typed:
    async with db.read() as session:
        opgave = await present_opgave(session, workshop.id)
        parties = await named_parties(session, workshop.id)
        return Typed.of(workshop, opgave, parties, await commissioner(session, workshop.id))
