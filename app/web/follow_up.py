"""The answer page: did it work? GET shows, POST stores, the last answer wins; and where to go from there."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.cadence import m2_due
from app.core.checking_in import check_in, has_come, is_changeable, tell_more
from app.core.errors import Refused
from app.core.next_step import may_take_next, next_of
from app.core.obstacles import OBSTACLES
from app.core.planning import asks_by_mail, work_pattern
from app.core.replanning import successor
from app.core.spoken import spoken
from app.db import Database
from app.mail.calendar import CONTENT_TYPE, FILE_NAME
from app.mail.letters import entry, lines_of
from app.mail.matter import mail_domain
from app.web.by_link import Asked, Visitor
from app.web.deps.forms import Form
from app.web.deps.state import Db
from app.web.pages import page

router = APIRouter(prefix="/a/{token}")


@router.get("")
async def ask(request: Request, token: str, visitor: Asked, db: Db) -> Response:
    return await _page(request, token, visitor, db)


@router.post("")
async def answer(request: Request, token: str, visitor: Asked, db: Db, form: Form) -> Response:
    try:
        await db.write(check_in, visitor.act.id, form.get("answer", ""))
    except Refused as refusal:
        return await _page(request, token, visitor, db, refusal)
    return RedirectResponse(f"/a/{token}#more", 303)


@router.post("/more")
async def more(request: Request, token: str, visitor: Asked, db: Db, form: Form) -> Response:
    """Own words and what stopped you; the button pressed says where to go then."""
    told = {name: form.get(name, "") for name in ("brought", "obstacle", "obstacle_text", "needed")}
    try:
        await db.write(tell_more, visitor.act.id, **told)
    except Refused as refusal:
        return await _page(request, token, visitor, db, refusal, told)
    ways = {
        "next": f"/a/{token}/next",
        "again": f"/a/{token}/again",
        "smaller": f"/a/{token}/again?smaller=yes",
        "leave": f"/a/{token}?left=yes",
    }
    return RedirectResponse(ways.get(form.get("next", ""), f"/a/{token}?saved=yes"), 303)


@router.get("/afspraak.ics")
async def calendar(request: Request, visitor: Asked) -> Response:
    """For who gets no mail, and where a gateway took the attachment off."""
    file = entry(visitor.act, visitor.language, mail_domain(request.app.state.settings), visitor.links.answer)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(file, media_type=CONTENT_TYPE, headers=headers)


async def _page(
    request: Request,
    token: str,
    visitor: Visitor,
    db: Database,
    refusal: Refused | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    act = visitor.act
    async with db.read() as session:
        pattern = await work_pattern(session, visitor.workshop, visitor.person)
        following = await successor(session, act.id)
        may_go_on = await may_take_next(session, act, visitor.now)
        next_step = await next_of(session, act.id)
        by_mail = await asks_by_mail(session, visitor.person.id, act)
    asks = has_come(act, visitor.now)
    open_ = is_changeable(act, visitor.now)
    missed = visitor.answer is not None and visitor.answer.answer in ("deels", "niet")
    return page(
        request,
        "follow_up/answer.html",
        visitor.language,
        audience="follow-up",
        token=token,
        visitor=visitor,
        act=act,
        spoken=spoken,
        lines=lines_of(act, visitor.language),
        answer=visitor.answer,
        zone=visitor.workshop.time_zone,
        asked_at=m2_due(act.starts_at, pattern) if by_mail else None,
        asks=asks,
        is_open=open_,
        may_replan=open_ and missed and following is None and act.replanned_from is None,
        following=following,
        may_go_on=may_go_on,
        next_step=next_step,
        obstacles=OBSTACLES,
        refusal=refusal,
        typed=typed or {},
        notice=next((name for name in ("saved", "left") if request.query_params.get(name)), ""),
    )
