"""Before the workshop: the letter that invites, the entry for calendars, and the card for managers."""

from fastapi import APIRouter, Request, Response

from app import clock
from app.core.invitation import Around, facts, invitation
from app.core.lasting import Opgave
from app.core.opgaven import present_opgave
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from app.mail.calendar import CONTENT_TYPE, afspraak
from app.mail.matter import mail_domain
from app.results.manager_card import manager_card
from app.texts import LANGUAGES
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop, ThisWorkshop
from app.web.pages import base_url, page

router = APIRouter(prefix="/w/{code}")


@router.get("/invitation")
async def show(
    request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, language: Language, db: Db, lang: str = ""
) -> Response:
    """The page in the trainer's language, the letter in that of the room or in the one that is asked for."""
    spoken = lang if lang in LANGUAGES else workshop.language
    opgave = await _opgave(db, workshop)
    letter = invitation(workshop, _around(request, workshop, trainer, opgave, spoken), spoken)
    return page(
        request, "before/invitation.html", language, trainer=trainer, workshop=workshop, letter=letter, spoken=spoken
    )


@router.get("/workshop.ics")
async def calendar(request: Request, workshop: ThisWorkshop, db: Db) -> Response:
    """For everybody who was invited, so by the code alone. SEQUENCE is the workshop's revision: it rises with every
    change of the plan, so that a calendar replaces the entry when the workshop moved."""
    file = afspraak(
        uid=f"{workshop.id}@{mail_domain(request.app.state.settings)}",
        sequence=workshop.rev,
        stamp=clock.now(),
        start=workshop.starts_at,
        minutes=max(workshop.minutes, 1),
        summary=workshop.title,
        description="\n".join([*workshop.why.splitlines(), *facts(workshop, workshop.language)]),
        language=workshop.language,
        url=f"{base_url(request)}/{workshop.code}",
    )
    headers = {"Content-Disposition": 'attachment; filename="workshop.ics"'}
    return Response(file, media_type=CONTENT_TYPE, headers=headers)


@router.get("/manager")
async def manager(request: Request, workshop: OwnWorkshop, language: Language, db: Db, lang: str = "") -> Response:
    """Two cards of half an A4: before the workshop and after it."""
    spoken = lang if lang in LANGUAGES else workshop.language
    async with db.read() as session:
        card = await manager_card(session, workshop, spoken)
    opgave = await _opgave(db, workshop)
    return page(
        request,
        "before/manager.html",
        spoken,
        workshop=workshop,
        card=card,
        opgave=opgave.in_(spoken) if opgave else "",
        facts=facts(workshop, spoken),
    )


async def _opgave(db: Database, workshop: Workshop) -> Opgave | None:
    async with db.read() as session:
        return await present_opgave(session, workshop.id)


def _around(request: Request, workshop: Workshop, trainer: Trainer, opgave: Opgave | None, language: str) -> Around:
    base = base_url(request)
    return Around(
        opgave=opgave.in_(language) if opgave else "",
        trainer=trainer.name,
        join=f"{base}/{workshop.code}",
        calendar=f"{base}/w/{workshop.code}/workshop.ics",
        privacy=f"{base}/privacy/{workshop.code}",
    )
