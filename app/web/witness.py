"""The buddy's page: what this person agreed to show, the one thing to do, and *I saw it*."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from app import clock, links
from app.core.checking_in import has_come
from app.core.errors import NotFound, Refused
from app.core.spoken import spoken
from app.core.witnessing import Asked, asked_by_buddy, witness
from app.web.by_link import GONE
from app.web.deps.forms import Form
from app.web.deps.languages import chosen_language
from app.web.deps.state import Db
from app.web.pages import page

router = APIRouter(prefix="/b/{token}")


async def by_buddy_link(token: str, db: Db) -> Asked:
    """The link is signed for who is asked about: it dies with that person, and when one of them parts."""
    async with db.read() as session:
        asked = await asked_by_buddy(session, links.subject_of(token))
    if not links.holds(token, "buddy", asked.person.link_epoch):
        raise NotFound(GONE)
    return asked


Witness = Annotated[Asked, Depends(by_buddy_link)]


@router.get("")
async def show(request: Request, token: str, asked: Witness) -> Response:
    return _page(request, token, asked)


@router.post("")
async def say(request: Request, token: str, asked: Witness, db: Db, form: Form) -> Response:
    try:
        await db.write(witness, asked.person.id, form.get("seen") == "yes")
    except Refused as refusal:
        return _page(request, token, asked, refusal)
    return RedirectResponse(f"/b/{token}", 303)


def _page(request: Request, token: str, asked: Asked, refusal: Refused | None = None) -> Response:
    return page(
        request,
        "follow_up/buddy.html",
        chosen_language(request) or asked.buddy.language,
        audience="follow-up",
        token=token,
        asked=asked,
        act=asked.act,
        spoken=spoken,
        zone=asked.workshop.time_zone,
        has_come=asked.act is not None and has_come(asked.act, clock.at(asked.workshop)),
        refusal=refusal,
    )
