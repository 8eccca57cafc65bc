"""A personal link opened in another browser: it asks, and posts."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import ids, links
from app.core.errors import NotFound
from app.core.joining import be
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.deps.cookies import browser_of, cookie, set_cookie
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import ThisWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/me/{token}")
async def go_on(request: Request, workshop: ThisWorkshop, token: str, language: PhoneLanguage, db: Db) -> Response:
    """A personal link opened in another browser: asks, and changes nothing."""
    someone = await _by_link(db, workshop, token)
    return page(
        request,
        "participant/go_on.html",
        language,
        audience="participant",
        workshop=workshop,
        someone=someone,
        token=token,
    )


@router.post("/me/{token}")
async def go_on_as(request: Request, workshop: ThisWorkshop, token: str, db: Db) -> Response:
    someone = await _by_link(db, workshop, token)
    token_of_browser = cookie(request, "morgen") or ids.random_id()
    await db.write(be, someone, browser_of(request) or ids.hashed(token_of_browser))
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    if not browser_of(request):
        set_cookie(request, answer, "morgen", token_of_browser)
    return answer


async def _by_link(db: Database, workshop: Workshop, token: str) -> Participant:
    async with db.read() as session:
        someone = await session.get(Participant, links.subject_of(token))
    if (
        someone is None
        or someone.workshop_id != workshop.id
        or someone.removed_at is not None
        or not links.holds(token, "person", someone.link_epoch)
    ):
        raise NotFound(N_("This link does not work any more."))
    return someone
