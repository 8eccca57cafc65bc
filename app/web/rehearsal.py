"""Dry practice: make a rehearsal, fill its room, let its tomorrow come, read its mails."""

import asyncio
from dataclasses import replace
from random import Random
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select

from app.core.errors import NotFound, Refused
from app.core.letter import OutgoingMail
from app.core.making import make_workshop
from app.core.rehearsing import let_time_pass, next_moment
from app.core.text import whole
from app.core.workshop import Workshop
from app.db import Database
from app.rehearsal.answering import answer_mails
from app.rehearsal.play import Company, fill_room
from app.texts import gettext_noop as N_
from app.web.copying import plan_like
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop
from app.web.pages import page

log = structlog.get_logger()
router = APIRouter(prefix="/w/{code}")
MOST_PLAYERS = 60
STAYS = 3 * 3600.0


@router.post("/rehearsals")
async def make(workshop: OwnWorkshop, trainer: ThisTrainer, db: Db) -> Response:
    """The same workshop once more, as a rehearsal of now."""
    script, plan = await plan_like(db, workshop)
    made = await db.write(make_workshop, trainer, script, replace(plan, is_rehearsal=True))
    return RedirectResponse(f"/w/{made.code}/trainer#rehearsal", 303)


@router.post("/players")
async def fill(request: Request, workshop: OwnWorkshop, form: Form) -> Response:
    """Players come in by the real doors and stay for the length of the workshop."""
    _ensure_rehearsal(workshop)
    given = whole(form.get("participants", "24"))
    if given is None or not 1 <= given <= MOST_PLAYERS:
        raise Refused(N_("Choose a number from 1 to %(most)s."), field="participants", most=MOST_PLAYERS)
    company = Company(given, patience=4.0, seed=sum(workshop.id.encode()))
    _in_background(request, _stay(_loopback(request), workshop.code, company))
    return _back(workshop)


async def _stay(address: str, code: str, company: Company) -> None:
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(STAYS, over.set)
    happened = await fill_room(address, code, company, over)
    log.info("players left", **{name.replace(" ", "_"): count for name, count in happened.items()})


@router.post("/clock")
async def pass_time(request: Request, workshop: OwnWorkshop, db: Db) -> Response:
    """To the next letter; it is written at once, and the players answer what asks them something."""
    _ensure_rehearsal(workshop)
    await db.write(let_time_pass, workshop.id)
    await request.app.state.courier.once()
    bodies = await _unanswered(db, workshop)
    if bodies:
        await answer_mails(_loopback(request), bodies, Random(len(bodies)))
    return _back(workshop)


async def _unanswered(db: Database, workshop: Workshop) -> list[str]:
    """The newest letters of this workshop that ask whether it was done."""
    async with db.read() as session:
        statement = select(OutgoingMail).where(
            col(OutgoingMail.workshop_id) == workshop.id, col(OutgoingMail.letter).in_(("m2", "m2r"))
        )
        mails = (await session.exec(statement.order_by(col(OutgoingMail.created_at).desc()))).all()
    newest = max((mail.created_at for mail in mails), default=None)
    return [mail.text for mail in mails if newest and (newest - mail.created_at).total_seconds() < 30]


@router.get("/mails/{mail_id}")
async def mail(request: Request, workshop: OwnWorkshop, mail_id: str, language: Language, db: Db) -> Response:
    """A mail of a rehearsal, as it would have come. Letters to real people are private."""
    _ensure_rehearsal(workshop)
    async with db.read() as session:
        found = await session.get(OutgoingMail, mail_id)
    if found is None or found.workshop_id != workshop.id:
        raise NotFound(N_("This mail does not exist."))
    return page(request, "trainer/mail.html", language, workshop=workshop, mail=found)


async def rehearsal_context(db: Database, workshop: Workshop) -> dict[str, Any]:
    """What the workshop's page shows of a rehearsal: its clock, the next letter, the mails."""
    async with db.read() as session:
        statement = select(OutgoingMail).where(col(OutgoingMail.workshop_id) == workshop.id)
        mails = (await session.exec(statement.order_by(col(OutgoingMail.created_at).desc()).limit(100))).all()
        return {"mails": mails, "next_letter": await next_moment(session, workshop.id)}


def _ensure_rehearsal(workshop: Workshop) -> None:
    if not workshop.is_rehearsal:
        raise NotFound(N_("This is not a rehearsal."))


def _loopback(request: Request) -> str:
    """This very server, from inside: players need no name in any network."""
    host, port = request.scope["server"]
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"


def _back(workshop: Workshop) -> Response:
    return RedirectResponse(f"/w/{workshop.code}/trainer#rehearsal", 303)


def _in_background(request: Request, work: Any) -> None:
    tasks: set[asyncio.Task[Any]] = request.app.state.tasks
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
