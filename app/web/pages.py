"""Pages as answers."""

from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse

from app import render
from app.core.errors import Refused
from app.web import assets

HTMX = {"noSwap": [204, 304, "5xx"], "history": False, "extensions": "ws"}


def page(
    request: Request, template: str, language: str, *, status: int = 0, refusal: Refused | None = None, **context: Any
) -> HTMLResponse:
    """A whole page of one body class: `audience` names its style sheet and script. Without a `status` it is that of the
    refusal which the page shows, else 200."""
    context.setdefault("audience", "trainer")
    context |= {"request": request, "bundle": assets.address, "here": request.url.path, "refusal": refusal}
    return HTMLResponse(render.page(template, language, **context), status or (refusal.status if refusal else 200))


def base_url(request: Request) -> str:
    """The address that goes into links, mails and QR codes."""
    configured: str = request.app.state.base_url
    return configured


def came_from(request: Request) -> str:
    """The page of ours that a form was sent from, for the way back. Empty where the browser does not say, or names
    another site: a redirect must never lead there."""
    try:
        there = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    ours = (request.headers.get("host"), urlsplit(base_url(request)).netloc)
    if there.netloc not in ours or not there.path.startswith("/") or there.path.startswith(("//", "/\\")):
        return ""
    return f"{there.path}?{there.query}" if there.query else there.path
