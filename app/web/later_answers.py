"""A week and four weeks later: one question, answered by the button that is pressed; the rest when you like."""

import re
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.errors import Refused
from app.core.lasting import Gap, LaterCheckIn
from app.core.later_check_in import (
    FIELDS,
    MONTH,
    WEEK,
    check_in_later,
    later_answers,
    own_conditions,
    weeks_of,
)
from app.core.opgaven import present_opgave
from app.core.point_answers import answers_for
from app.core.sharing import who_may_see
from app.db import Database
from app.web.by_link import Asked, Visitor
from app.web.deps.forms import Form
from app.web.deps.state import Db
from app.web.pages import page

router = APIRouter(prefix="/a/{token}")
TRUTHS = {"yes": True, "no": False}


@router.get("/week")
async def ask_week(request: Request, token: str, visitor: Asked, db: Db) -> Response:
    return await _page(request, token, visitor, db, WEEK)


@router.post("/week")
async def week(request: Request, token: str, visitor: Asked, db: Db, form: Form) -> Response:
    return await _store(request, token, visitor, db, WEEK, form)


@router.get("/month")
async def ask_month(request: Request, token: str, visitor: Asked, db: Db) -> Response:
    return await _page(request, token, visitor, db, MONTH)


@router.post("/month")
async def month(request: Request, token: str, visitor: Asked, db: Db, form: Form) -> Response:
    return await _store(request, token, visitor, db, MONTH, form)


async def _store(
    request: Request, token: str, visitor: Visitor, db: Database, letter: str, form: dict[str, str]
) -> Response:
    try:
        await db.write(check_in_later, visitor.act.id, letter, _told(letter, form))
    except Refused as refusal:
        return await _page(request, token, visitor, db, letter, refusal, form)
    saved = "?saved=yes" if "more" in form else ""
    return RedirectResponse(f"{request.url.path}{saved}#more", 303)


def _told(letter: str, form: dict[str, str]) -> dict[str, Any]:
    """The first question stands in a form of its own; the second form sends all the rest, also what was emptied."""
    names = FIELDS[letter][1:] if "more" in form else FIELDS[letter][:1]
    return {name: _read(name, form.get(name, "")) for name in names}


def _read(name: str, text: str) -> Any:
    if name == "may_call":
        return TRUTHS.get(text)
    if name != "now":
        return text
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else None


async def _page(
    request: Request,
    token: str,
    visitor: Visitor,
    db: Database,
    letter: str,
    refusal: Refused | None = None,
    typed: dict[str, Any] | None = None,
) -> Response:
    act, workshop = visitor.act, visitor.workshop
    async with db.read() as session:
        weeks = await weeks_of(session, workshop, visitor.person, act.starts_at)
        known: LaterCheckIn | None = (await later_answers(session, visitor.person.id)).get(letter)
        points = await answers_for(session, workshop.id)
        conditions = [(each, points.get(each.id)) for each in await own_conditions(session, visitor.person.id)]
        gap = await session.get(Gap, workshop.id)
        opgave = await present_opgave(session, workshop.id)
        trainer = await who_may_see(session, workshop)
    return page(
        request,
        f"follow_up/{'week' if letter == WEEK else 'month'}.html",
        visitor.language,
        audience="follow-up",
        token=token,
        visitor=visitor,
        zone=workshop.time_zone,
        asks=weeks.asks(letter, visitor.now),
        is_over=visitor.now >= weeks.closes_at,
        opens_at=weeks.opens_at(letter),
        known=known,
        conditions=conditions,
        gap=gap,
        opgave=opgave.in_(visitor.language) if opgave else "",
        trainer=trainer,
        refusal=refusal,
        typed=typed or {},
        saved="saved" in request.query_params,
    )
