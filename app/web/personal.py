"""The own page behind a personal link: the one thing to do now, my commitment, who sees what, and how to stop."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import links
from app.core.addressing import delete_address
from app.core.audit import Act
from app.core.grouping import part
from app.core.sharing import leave_wall, let_trainer_see, show_nobody
from app.core.spoken import spoken
from app.mail.letters import lines_of
from app.web.by_link import Myself
from app.web.deps.forms import Form
from app.web.deps.state import Db
from app.web.noting import noted_own
from app.web.own_standing import own_standing
from app.web.pages import base_url, page

router = APIRouter(prefix="/p/{token}")


@router.get("")
async def show(request: Request, token: str, visitor: Myself, db: Db) -> Response:
    async with db.read() as session:
        own = await own_standing(session, visitor)
    act = visitor.commitment
    return page(
        request,
        "follow_up/personal.html",
        visitor.language,
        audience="follow-up",
        token=token,
        visitor=visitor,
        act=act,
        answer=visitor.answer,
        lines=lines_of(act, visitor.language) if act else [],
        zone=visitor.workshop.time_zone,
        own=own,
        spoken=spoken,
        answer_link=lambda each: f"{base_url(request)}/a/{links.sign('answer', each.id, visitor.person.link_epoch)}",
    )


@router.post("/sharing")
async def share(token: str, visitor: Myself, db: Db, form: Form) -> Response:
    """`trainer` is a tick; `stop` is a button: the wall, the buddy, or everybody at once."""
    stop = form.get("stop")
    if stop == "wall":
        await db.write(leave_wall, visitor.person.id)
    elif stop == "buddy":
        await db.write(part, visitor.person)
    elif stop == "all":
        await db.write(show_nobody, visitor.workshop, visitor.person)
    else:
        await db.write(let_trainer_see, visitor.workshop, visitor.person.id, form.get("trainer") == "yes")
    return RedirectResponse(f"/p/{token}#who-sees", 303)


@router.post("/address/deletion", dependencies=[noted_own(Act.OWN_DELETION)])
async def forget(token: str, visitor: Myself, db: Db) -> Response:
    await db.write(delete_address, visitor.person.id)
    return RedirectResponse(f"/p/{token}#mails", 303)
