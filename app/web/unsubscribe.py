"""No more mails, in one step. Scanners open links, so GET only shows a button; mail programs POST here themselves
(RFC 8058), without a cookie and without an origin."""

from fastapi import APIRouter, Request, Response

from app.core.addressing import stop
from app.web.by_link import Stopping
from app.web.deps.state import Db
from app.web.pages import page

router = APIRouter(prefix="/u/{token}")


@router.get("")
async def ask(request: Request, token: str, visitor: Stopping) -> Response:
    stopped = visitor.address is None or visitor.address.stopped_at is not None
    return _page(request, token, visitor.language, stopped, visitor.links.personal)


@router.post("")
async def stop_mails(request: Request, token: str, visitor: Stopping, db: Db) -> Response:
    """Answers 200 itself: a redirect does not count for mail programs."""
    await db.write(stop, visitor.person.id)
    return _page(request, token, visitor.language, True, visitor.links.personal)


def _page(request: Request, token: str, language: str, stopped: bool, personal: str) -> Response:
    return page(
        request,
        "follow_up/stop.html",
        language,
        audience="follow-up",
        token=token,
        stopped=stopped,
        personal=personal,
    )
