"""One workshop as its trainer prepares and follows it: code, QR, links, poster, what came of it, deletion."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, func, select

from app import links
from app.core.audit import Act
from app.core.deleting import delete_workshop
from app.core.lacking import lacks_parties
from app.core.lasting import FIRST, Commitment, Party
from app.core.opgaven import present_opgave
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.workshop import Status, Workshop
from app.mail.planned import waiting_reason
from app.results.series import series_of
from app.results.workshop_page import workshop_page
from app.scripts import shipped
from app.web.deps.languages import Language, PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop
from app.web.noting import noted
from app.web.pages import base_url, page
from app.web.rehearsal import rehearsal_context
from app.web.series import RETURN

router = APIRouter(prefix="/w/{code}")


@router.get("/trainer")
async def show(request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    async with db.read() as session:
        came = select(func.count()).select_from(Participant).where(col(Participant.workshop_id) == workshop.id)
        committed = (
            select(func.count())
            .select_from(Commitment)
            .where(
                col(Commitment.workshop_id) == workshop.id,
                col(Commitment.withdrawn).is_(False),
                *FIRST,
            )
        )
        parties = (
            select(Party)
            .where(col(Party.workshop_id) == workshop.id, col(Party.withdrawn).is_(False))
            .order_by(col(Party.position))
        )
        found = await workshop_page(session, workshop)
        context: dict[str, Any] = {
            "after": found,
            "opgave": await present_opgave(session, workshop.id),
            "organisation": await session.get(Organisation, workshop.organisation_id),
            "parties": (await session.exec(parties)).all(),
            "came": (await session.exec(came)).one(),
            "committed": (await session.exec(committed)).one(),
            "standing": found.standing,
            "line": found.line,
            "lacks_parties": workshop.status != Status.CLOSED and await lacks_parties(session, workshop),
            "series": await series_of(session, workshop),
            "can_return": RETURN in shipped(),
        }
    return page(
        request,
        "trainer/workshop.html",
        language,
        trainer=trainer,
        workshop=workshop,
        projector=_projector(request, workshop),
        join=f"{base_url(request)}/{workshop.code}",
        waiting=waiting_reason(request.app.state.settings),
        **(await rehearsal_context(db, workshop) if workshop.is_rehearsal else {}),
        **context,
    )


def _projector(request: Request, workshop: Workshop) -> str:
    token = links.sign("projector", workshop.id, workshop.link_epoch)
    return f"{base_url(request)}/w/{workshop.code}/projector/{token}"


@router.get("/poster")
async def poster(request: Request, workshop: OwnWorkshop, language: PhoneLanguage) -> Response:
    """One A4 with the QR code, for the door and the tables."""
    return page(
        request,
        "trainer/poster.html",
        language,
        workshop=workshop,
        join=f"{base_url(request)}/{workshop.code}",
    )


@router.get("/deletion")
async def ask_deletion(request: Request, workshop: OwnWorkshop, language: Language) -> Response:
    return page(request, "trainer/delete.html", language, workshop=workshop)


@router.post("/deletion", dependencies=[noted(Act.DELETION)])
async def delete(workshop: OwnWorkshop, db: Db) -> Response:
    """The workshop and all that was said in it, its plans and its mails."""
    await db.write(delete_workshop, workshop.id)
    return RedirectResponse("/trainer", 303)
