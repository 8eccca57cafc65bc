"""What only the trainer does with the room: open and close it, and let a co-facilitator in."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core import moving
from app.core.errors import NotFound
from app.texts import gettext_noop as N_
from app.web.deps.cookies import set_cookie
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import OwnWorkshop, ThisWorkshop
from app.web.facilitating import HELPER, Facilitator, is_helper
from app.web.facilitator import done
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")
ONE_DAY = 24 * 3600


@router.post("/opening")
async def opening(request: Request, workshop: OwnWorkshop, db: Db) -> Response:
    await Facilitator(workshop, workshop.trainer_id, db).do(moving.open_workshop)
    return done(request, workshop)


@router.post("/closing")
async def closing(request: Request, workshop: OwnWorkshop, db: Db) -> Response:
    await Facilitator(workshop, workshop.trainer_id, db).do(moving.close_workshop)
    return done(request, workshop)


@router.get("/helper/{token}")
async def invited(request: Request, workshop: ThisWorkshop, token: str, language: PhoneLanguage) -> Response:
    """The co-facilitator's link: what it is for, and one button."""
    _ensure(is_helper(token, workshop))
    return page(request, "facilitator/invited.html", language, audience="follow-up", workshop=workshop, token=token)


@router.post("/helper/{token}")
async def come_in(request: Request, workshop: ThisWorkshop, token: str) -> Response:
    _ensure(is_helper(token, workshop))
    response = RedirectResponse(f"/w/{workshop.code}/facilitator", 303)
    set_cookie(request, response, HELPER, token, ONE_DAY)
    return response


def _ensure(holds: bool) -> None:
    if not holds:
        raise NotFound(N_("This link does not work any more. Ask the trainer for a new one."))
