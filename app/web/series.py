"""After this workshop another one: for the next team, or for the same people a month on."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from app.core.errors import NotFound
from app.core.making import Plan
from app.core.opgaven import present_opgave
from app.core.series import COMES_BACK, NEXT_TEAM, copy_for_next_team, later, plan_return
from app.core.workshop import Workshop
from app.db import Database
from app.scripts import shipped
from app.texts import gettext_noop as N_
from app.web.copying import named_parties, plan_like
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop

router = APIRouter(prefix="/w/{code}")
RETURN = "terugkom-kwartier"
"""The draaiboek of a return; without it the button is not there."""


@router.post("/copies")
async def copy(workshop: OwnWorkshop, trainer: ThisTrainer, db: Db) -> Response:
    script, plan = await plan_like(db, workshop, later(workshop, NEXT_TEAM))
    made = await db.write(copy_for_next_team, trainer, workshop.id, script, plan)
    return RedirectResponse(f"/w/{made.code}/trainer", 303)


@router.post("/return")
async def come_back(workshop: OwnWorkshop, trainer: ThisTrainer, db: Db) -> Response:
    script = shipped().get(RETURN)
    if script is None:
        raise NotFound(N_("This draaiboek does not exist."))
    title = f"{script.title.in_(workshop.language)}: {workshop.title}"[:200]
    made = await db.write(plan_return, trainer, workshop.id, script, await _return(db, workshop, title))
    return RedirectResponse(f"/w/{made.code}/trainer", 303)


async def _return(db: Database, workshop: Workshop, title: str) -> Plan:
    """With the opgave as the room left it."""
    async with db.read() as session:
        opgave = await present_opgave(session, workshop.id)
        parties = await named_parties(session, workshop.id)
    return Plan(
        organisation_id=workshop.organisation_id,
        title=title,
        starts_at=later(workshop, COMES_BACK),
        time_zone=workshop.time_zone,
        language=workshop.language,
        opgave=opgave.text if opgave else "",
        opgave_en=opgave.text_en if opgave else "",
        parties=tuple((party.name, party.goal) for party in parties),
        place=workshop.place,
        why=workshop.why,
    )
