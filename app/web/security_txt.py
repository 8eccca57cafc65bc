"""`/.well-known/security.txt` (RFC 9116): where who finds a weakness can say so."""

from datetime import UTC, datetime, time, timedelta

from fastapi import APIRouter, Request, Response

from app import clock
from app.core.errors import NotFound
from app.texts import gettext_noop as N_
from app.web.pages import base_url

router = APIRouter()
HOLDS = timedelta(days=180)
"""RFC 9116, 2.5.5: less than a year. A server that still runs goes on saying so."""


@router.get("/.well-known/security.txt")
async def security_txt(request: Request) -> Response:
    contact = request.app.state.settings.security_contact
    if not contact:
        raise NotFound(N_("This page does not exist."))
    expires = datetime.combine((clock.now() + HOLDS).date(), time(0), UTC)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {base_url(request)}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", media_type="text/plain; charset=utf-8")
