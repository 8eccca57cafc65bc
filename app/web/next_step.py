"""The next step after *gelukt*: an act, a day and a time, with the check of the workshop's form."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import links
from app.core.act import Hint, Verdict, hints
from app.core.another_act import days_to_choose
from app.core.errors import Refused
from app.core.lasting import Commitment
from app.core.next_step import judge, may_take_next, next_of, take_next
from app.core.planning import asks_by_mail
from app.core.spoken import spoken
from app.core.text import one_line
from app.db import Database
from app.web.by_link import Asked, Visitor
from app.web.deps.forms import Form
from app.web.deps.state import Db
from app.web.follow_up import moment_of
from app.web.pages import page

router = APIRouter(prefix="/a/{token}")
Judged = tuple[Verdict, tuple[Hint, ...]]


@router.get("/next")
async def ask(request: Request, token: str, visitor: Asked, db: Db) -> Response:
    return await _page(request, token, visitor, db)


@router.post("/next")
async def go_on(request: Request, token: str, visitor: Asked, db: Db, form: Form) -> Response:
    """A good intention is told so once, and stored all the same when the person leaves it as it is."""
    act = str(one_line(str(form.get("act", ""))))
    try:
        day, at = moment_of(form)
        judged = await _judge(db, visitor, act) if act and form.get("keep") != act else None
        if judged is not None and judged[1]:
            return await _page(request, token, visitor, db, None, form | {"act": act}, judged)
        made: Commitment = await db.write(take_next, visitor.act.id, act, day, at)
    except Refused as refusal:
        return await _page(request, token, visitor, db, refusal, form)
    return RedirectResponse(f"/a/{links.sign('answer', made.id, visitor.person.link_epoch)}", 303)


async def _judge(db: Database, visitor: Visitor, act: str) -> Judged:
    async with db.read() as session:
        verdict = await judge(session, visitor.workshop, act)
    return verdict, hints(verdict)


async def _page(
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
