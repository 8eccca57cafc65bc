"""The trainer's pages: workshops, draaiboeken, a new workshop."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import render
from app.core.errors import NotFound, Refused
from app.core.example_opgaven import example_opgaven
from app.core.making import make_workshop
from app.core.opgave_hints import checks, hints
from app.core.organisation import Organisation
from app.core.own_scripts import own_script, sound_script
from app.core.script import Script
from app.core.series import grouped
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from app.scripts import shipped
from app.texts import gettext_noop as N_
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.pages import page
from app.web.script_list import OWN
from app.web.workshop_form import Typed, plan_of

router = APIRouter(prefix="/trainer")


@router.get("")
async def workshops(request: Request, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    async with db.read() as session:
        statement = (
            select(Workshop).where(col(Workshop.trainer_id) == trainer.id).order_by(col(Workshop.starts_at).desc())
        )
        own = (await session.exec(statement)).all()
    return page(
        request,
        "trainer/workshops.html",
        language,
        trainer=trainer,
        groups=grouped(own),
        scripts=list(shipped().values()),
    )


@router.get("/scripts/{key}")
async def script(request: Request, key: str, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    return page(request, "trainer/script.html", language, trainer=trainer, script=await _script(key, trainer, db))


async def _script(key: str, trainer: Trainer, db: Database) -> Script:
    """A shipped draaiboek by its key, or an own one, as `own:` and its id, once it is without mistakes."""
    if key.startswith(OWN):
        async with db.read() as session:
            return sound_script(await own_script(session, trainer.id, key.removeprefix(OWN)))
    found = shipped().get(key)
    if found is None:
        raise NotFound(N_("This draaiboek does not exist."))
    return found


@router.get("/workshops/new")
async def new(
    request: Request, trainer: ThisTrainer, language: Language, db: Db, script: str = "", example: str = ""
) -> Response:
    chosen = script or next(iter(shipped()))
    typed = Typed.fresh(language, await _organisation_name(db, trainer), request.app.state.settings.time_zone)
    typed = typed.with_example(example)
    return await _form(request, trainer, language, db, await _script(chosen, trainer, db), chosen, typed)


@router.post("/workshops")
async def make(request: Request, trainer: ThisTrainer, language: Language, db: Db, form: Form) -> Response:
    """A new workshop, or the form again with all that was typed and the reason."""
    key = form.get("script", "")
    chosen = await _script(key, trainer, db)
    typed = Typed.read(form)
    try:
        organisation = await db.write(_organisation, trainer, typed.organisation)
        workshop = await db.write(make_workshop, trainer, chosen, plan_of(typed, organisation.id))
    except Refused as refusal:
        return await _form(request, trainer, language, db, chosen, key, typed, refusal)
    return RedirectResponse(f"/w/{workshop.code}/trainer", 303)


@router.post("/opgave-hints")
async def opgave_hints(trainer: ThisTrainer, language: Language, form: Form) -> Response:
    """What makes a sentence a concrete opgave: shown beside the field while it is being written."""
    text = form.get("opgave", "")
    return HTMLResponse(
        render.part("trainer/_opgave_hints.html", language, hints=hints(text, language), checks=checks(text, language))
    )


async def _form(
    request: Request,
    trainer: Trainer,
    language: str,
    db: Database,
    script: Script,
    key: str,
    typed: Typed,
    refusal: Refused | None = None,
) -> Response:
    return page(
        request,
        "trainer/new.html",
        language,
        trainer=trainer,
        script=script,
        script_key=key,
        typed=typed,
        refusal=refusal,
        examples=example_opgaven(),
        organisations=await _organisations(db, trainer),
    )


async def _organisation_name(db: Database, trainer: Trainer) -> str:
    async with db.read() as session:
        own = await session.get(Organisation, trainer.organisation_id)
    return own.name if own else ""


async def _organisations(db: Database, trainer: Trainer) -> Sequence[str]:
    """Names of the clients this trainer worked for."""
    async with db.read() as session:
        statement = (
            select(Organisation.name)
            .join(Workshop, col(Workshop.organisation_id) == col(Organisation.id))
            .where(col(Workshop.trainer_id) == trainer.id)
            .distinct()
        )
        return (await session.exec(statement)).all()


async def _organisation(session: AsyncSession, trainer: Trainer, name: str) -> Organisation:
    """The client of this name among this trainer's own, or a new one."""
    if not name:
        raise Refused(N_("Fill in which organisation this is for."), field="organisation")
    known = select(Organisation).where(col(Organisation.name) == name)
    for organisation in (await session.exec(known)).all():
        used = select(Workshop.id).where(
            col(Workshop.organisation_id) == organisation.id, col(Workshop.trainer_id) == trainer.id
        )
        if organisation.id == trainer.organisation_id or (await session.exec(used)).first():
            return organisation
    made = Organisation(name=name)
    session.add(made)
    await session.flush()
    return made
