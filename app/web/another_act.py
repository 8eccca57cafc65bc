"""One more act, on a day and a time: the same one again or smaller, or the next step after *gelukt*."""

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import links
from app.core.act import Hint, Verdict, hints
from app.core.another_act import days_to_choose
from app.core.errors import Refused
from app.core.lasting import Commitment
from app.core.next_step import judge, may_take_next, next_of, take_next
from app.core.planning import asks_by_mail
from app.core.replanning import replan
from app.core.spoken import spoken
from app.core.text import one_line
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.by_link import Asked, Visitor
from app.web.deps.forms import Form
from app.web.deps.state import Db
from app.web.pages import page

router = APIRouter(prefix="/a/{token}")
Judged = tuple[Verdict, tuple[Hint, ...]]


@router.get("/again")
async def ask_again(request: Request, token: str, visitor: Asked, db: Db) -> Response:
    return await _again_page(request, token, visitor, db)


@router.post("/again")
async def again(request: Request, token: str, visitor: Asked, db: Db, form: Form) -> Response:
    """The same or a smaller act on another moment: a commitment of its own, with its own link."""
    try:
        day, at = _moment_of(form)
        made: Commitment = await db.write(replan, visitor.act.id, day, at, form.get("act", ""))
    except Refused as refusal:
        return await _again_page(request, token, visitor, db, refusal, form)
    return RedirectResponse(f"/a/{links.sign('answer', made.id, visitor.person.link_epoch)}", 303)


@router.get("/next")
async def ask_next(request: Request, token: str, visitor: Asked, db: Db) -> Response:
    return await _next_page(request, token, visitor, db)


@router.post("/next")
async def next_step(request: Request, token: str, visitor: Asked, db: Db, form: Form) -> Response:
    """A good intention is told so once, and stored all the same when the person leaves it as it is."""
    act = str(one_line(form.get("act", "")))
    try:
        day, at = _moment_of(form)
        judged = await _judge(db, visitor, act) if act and form.get("keep") != act else None
        if judged is not None and judged[1]:
            return await _next_page(request, token, visitor, db, None, form | {"act": act}, judged)
        made: Commitment = await db.write(take_next, visitor.act.id, act, day, at)
    except Refused as refusal:
        return await _next_page(request, token, visitor, db, refusal, form)
    return RedirectResponse(f"/a/{links.sign('answer', made.id, visitor.person.link_epoch)}", 303)


def _moment_of(form: dict[str, str]) -> tuple[date, time]:
    """The day and the time that were chosen. Raises Refused where one lacks."""
    try:
        return date.fromisoformat(form["day"]), time.fromisoformat(form["at"])
    except (KeyError, ValueError) as error:
        raise Refused(N_("Choose a day and a time."), field="day") from error


async def _judge(db: Database, visitor: Visitor, act: str) -> Judged:
    async with db.read() as session:
        verdict = await judge(session, visitor.workshop, act)
    return verdict, hints(verdict)


async def _next_page(
    request: Request,
    token: str,
    visitor: Visitor,
    db: Database,
    refusal: Refused | None = None,
    typed: dict[str, Any] | None = None,
    judged: Judged | None = None,
) -> Response:
    async with db.read() as session:
        days = await days_to_choose(session, visitor.workshop, visitor.person)
        may = await may_take_next(session, visitor.act, visitor.now)
        made = await next_of(session, visitor.act.id)
        by_mail = await asks_by_mail(session, visitor.person.id)
    return page(
        request,
        "follow_up/next.html",
        visitor.language,
        audience="follow-up",
        token=token,
        visitor=visitor,
        zone=visitor.workshop.time_zone,
        days=days,
        may=may,
        made=made,
        by_mail=by_mail,
        judged=judged,
        spoken=spoken,
        refusal=refusal,
        typed=typed or {},
    )


async def _again_page(
    request: Request,
    token: str,
    visitor: Visitor,
    db: Database,
    refusal: Refused | None = None,
    typed: dict[str, Any] | None = None,
) -> Response:
    async with db.read() as session:
        days = await days_to_choose(session, visitor.workshop, visitor.person)
    return page(
        request,
        "follow_up/again.html",
        visitor.language,
        audience="follow-up",
        token=token,
        act=visitor.act,
        before=visitor.act.starts_at.astimezone(ZoneInfo(visitor.workshop.time_zone)).strftime("%H:%M"),
        days=days,
        smaller=bool(request.query_params.get("smaller")),
        refusal=refusal,
        typed=typed or {},
    )
