"""Papers for the organisation that asks for a workshop: filled in, to print or to send on."""

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.errors import NotFound
from app.core.organisation import Organisation
from app.core.organisation_terms import the_organisation
from app.core.trainer import Trainer
from app.core.workshop import WITHOUT_SCRIPT, Workshop
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.pages import page
from app.web.papers.duties import DUTIES
from app.web.papers.notes import NOTES
from app.web.papers.risks import RISKS
from app.web.papers.shape import values

router = APIRouter(prefix="/papers")
PAPERS = {paper.key: paper for paper in (*DUTIES, *RISKS, *NOTES)}


@router.get("")
async def show(request: Request, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    async with db.read() as session:
        found = await _organisations(session, trainer)
    return page(request, "papers/list.html", language, organisations=found, papers=PAPERS.values())


@router.get("/sbom.json")
async def bill_of_materials(trainer: ThisTrainer) -> Response:
    return Response(await asyncio.to_thread(_bill), media_type="application/vnd.cyclonedx+json")


def _bill() -> str:
    from app.web.papers.sbom import sbom

    return sbom()


@router.get("/{organisation_id}/{paper}")
async def print_one(
    request: Request,
    organisation_id: str,
    paper: str,
    trainer: ThisTrainer,
    language: Language,
    db: Db,
    lang: str = "",
    workshop: str = "",
) -> Response:
    """In the language of the page, or in the one asked for. `workshop`: the code of one, for what names it."""
    async with db.read() as session:
        organisation = await the_organisation(session, trainer, organisation_id)
        own = await _workshops(session, trainer, organisation_id)
    if paper not in PAPERS:
        raise NotFound(N_("This page does not exist."))
    chosen = next((each for each in own if each.code == workshop), None)
    language = lang if lang in LANGUAGES else language
    filled = values(request.app.state.settings, organisation, chosen, language)
    return page(
        request,
        "papers/show.html",
        language,
        paper=PAPERS[paper],
        filled=filled,
        organisation=organisation,
        workshops=own,
        chosen=chosen,
    )


async def _organisations(session: AsyncSession, trainer: Trainer) -> Sequence[Organisation]:
    """Where the trainer works, and for whom they made a workshop."""
    made = select(Workshop.organisation_id).where(col(Workshop.trainer_id) == trainer.id)
    own = or_(col(Organisation.id).in_(made), col(Organisation.id) == trainer.organisation_id)
    return (await session.exec(select(Organisation).where(own).order_by(Organisation.name))).all()


async def _workshops(session: AsyncSession, trainer: Trainer, organisation_id: str) -> Sequence[Workshop]:
    statement = (
        select(Workshop)
        .where(col(Workshop.trainer_id) == trainer.id, col(Workshop.organisation_id) == organisation_id)
        .order_by(col(Workshop.starts_at).desc())
        .options(WITHOUT_SCRIPT)
    )
    return (await session.exec(statement)).all()
