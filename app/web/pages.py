"""Pages as answers."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from app import render
from app.web import assets

HTMX = {"noSwap": [204, 304, "5xx"], "history": False, "extensions": "ws"}


def page(request: Request, template: str, language: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page of one body class: `audience` names its style sheet and script."""
    context.setdefault("audience", "trainer")
    text = render.page(template, language, request=request, bundle=assets.address, here=request.url.path, **context)
    return HTMLResponse(text, status)


def base_url(request: Request) -> str:
    """The address that goes into links, mails and QR codes."""
    configured: str = request.app.state.base_url
    return configured
