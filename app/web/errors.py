"""Refusals and faults as pages: a clear message in the user's language that says what to do."""

from typing import Any

import structlog
from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app import render
from app.core.errors import Refused
from app.measures import COUNTS
from app.texts import gettext_noop as N_
from app.web.deps.forms import is_htmx
from app.web.deps.languages import page_language
from app.web.deps.trainers import SignInFirst
from app.web.limiting import TooMany
from app.web.pages import page

log = structlog.get_logger()
MISSING = N_("This page does not exist.")
WRONG = N_("That did not work. Go back and try again.")
BROKEN = N_("Something went wrong on our side. What you typed is still on your phone. Try again in a moment.")


def tell(request: Request, message: str, status: int, values: dict[str, object] | None = None) -> Response:
    language = page_language(request)
    told: dict[str, Any] = {"message": message, "values": values or {}}
    if is_htmx(request):
        return HTMLResponse(render.part("shared/refusal.html", language, **told), status)
    return page(request, "shared/error.html", language, status=status, audience="follow-up", **told)


def install(app: FastAPI) -> None:
    @app.exception_handler(Refused)
    async def refused(connection: Request | WebSocket, error: Refused) -> Response | None:
        if isinstance(connection, WebSocket):  # before it is accepted: the handshake is answered with 403
            await connection.close(1008)
            return None
        answer = tell(connection, error.message, error.status, error.values)
        if isinstance(error, TooMany):
            answer.headers["Retry-After"] = str(error.seconds)
        return answer

    @app.exception_handler(SignInFirst)
    async def sign_in_first(request: Request, error: SignInFirst) -> Response:
        return RedirectResponse("/sign-in", 303)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return tell(request, WRONG, 422)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return tell(request, MISSING if error.status_code == 404 else WRONG, error.status_code)

    @app.exception_handler(ClientDisconnect)
    async def gone(request: Request, error: ClientDisconnect) -> Response:
        return Response(status_code=400)  # nobody is there to read it: the phone broke off and sends again

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        COUNTS.failed += 1
        log.error("request failed", path=request.scope.get("route") and request.scope["route"].path, exc_info=error)
        return tell(request, BROKEN, 500)
