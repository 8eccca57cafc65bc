"""The room check: opened the day before, on the wifi of the room.

The browser finds out whether the line, polling and the clock work; the server says what it knows of its own address
and, to a trainer, of the mail.
"""

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import RedirectResponse

from app import clock
from app.core.trainer import Trainer
from app.db import Database
from app.mail.planned import is_private
from app.mail.trial import last_trial, trial_mail
from app.settings import Settings
from app.texts import LANGUAGES, say
from app.texts import gettext_noop as N_
from app.web.deps.forms import is_htmx
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import MaybeTrainer, ThisTrainer
from app.web.pages import base_url, page

router = APIRouter(prefix="/test")
MOST_SIGNS, MOST_MESSAGES = 100, 20
LONGEST = 30.0
"""Seconds that the socket of the check stays open: anybody may open it."""
PORTS = {"http": 80, "https": 443}
ICT = (
    N_("On … (date) … colleagues use %(address)s in … (room)."),
    N_("We need %(scheme)s to %(host)s (port %(port)s)."),
    N_("Long connections (WebSocket) to the same address may stay open."),
    N_("Mail comes from %(sender)s."),
    N_("Test it on the wifi of the room: %(address)s/test."),
)


@router.get("")
async def show(request: Request, language: Language, trainer: MaybeTrainer, db: Db) -> Response:
    settings: Settings = request.app.state.settings
    address = base_url(request)
    return page(
        request,
        "room_check/show.html",
        language,
        address=address,
        reach=reach(settings),
        letters=[(each, letter_to_ict(settings, each)) for each in LANGUAGES],
        **await _mail_context(db, settings, trainer),
    )


@router.get("/ping", status_code=204)
async def ping(response: Response) -> None:
    """Nothing but the time of this server, in epoch milliseconds."""
    response.headers["X-Now"] = str(int(clock.now().timestamp() * 1000))


@router.websocket("/socket")
async def echo(socket: WebSocket) -> None:
    """Says each short text once; the guard has looked at the origin."""
    await socket.accept()
    with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
        async with asyncio.timeout(LONGEST):
            for _ in range(MOST_MESSAGES):
                text = (await _heard(socket)).get("text") or ""
                if not 0 < len(text) <= MOST_SIGNS:
                    break
                await socket.send_text(text)
    with suppress(RuntimeError):
        await socket.close(1000)


async def _heard(socket: WebSocket) -> dict[str, Any]:
    message: dict[str, Any] = dict(await socket.receive())
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    return message


@router.get("/mail")
async def mail(request: Request, language: Language, trainer: ThisTrainer, db: Db) -> Response:
    """What became of the last test mail, as a piece of the page."""
    return page(request, "room_check/_mail.html", language, **await _mail_context(db, _settings(request), trainer))


@router.post("/mail")
async def send(request: Request, language: Language, trainer: ThisTrainer, db: Db) -> Response:
    await db.write(trial_mail, _settings(request), trainer)
    request.app.state.courier.wake()
    if not is_htmx(request):
        return RedirectResponse("/test#mail", 303)
    return await mail(request, language, trainer, db)


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


async def _mail_context(db: Database, settings: Settings, trainer: Trainer | None) -> dict[str, Any]:
    last = None
    if trainer is not None:
        async with db.read() as session:
            last = await last_trial(session, trainer)
    return {"trainer": trainer, "mail": last, "has_server": bool(settings.smtp_host), "zone": settings.time_zone}


def reach(settings: Settings) -> str:
    """Where the address in links and QR codes works: `machine`, `network` or `world`."""
    if settings.is_loopback:
        return "machine"
    return "network" if is_private(settings) else "world"


def letter_to_ict(settings: Settings, language: str) -> str:
    """What ICT has to know before the session, with this installation filled in; the dots are for the trainer."""
    parts = urlsplit(settings.address)
    values: dict[str, object] = {
        "address": settings.address,
        "scheme": parts.scheme,
        "host": parts.hostname or "",
        "port": parts.port or PORTS[parts.scheme],
        "sender": settings.mail_from,
    }
    return "\n".join(say(language, text, **values) for text in ICT)
