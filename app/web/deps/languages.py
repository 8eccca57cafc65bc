"""The language of a page: what the browser chose by hand, else what it asks for, else that of the workshop."""

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from app.texts import LANGUAGES
from app.web.deps.cookies import YEAR
from app.web.deps.visits import ThisWorkshop


def chosen_language(connection: HTTPConnection) -> str | None:
    """What this browser chose by hand."""
    chosen = connection.cookies.get("lang", "")
    return chosen if chosen in LANGUAGES else None


def page_language(connection: HTTPConnection) -> str:
    """For pages outside a workshop: the choice, else the browser's first language of ours, else Dutch."""
    chosen = chosen_language(connection)
    if chosen:
        return chosen
    for accepted in connection.headers.get("accept-language", "").split(","):
        code = accepted.strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "nl"


async def this_language(connection: HTTPConnection) -> str:
    return page_language(connection)


Language = Annotated[str, Depends(this_language)]


async def phone_language(workshop: ThisWorkshop, connection: HTTPConnection) -> str:
    """For phones: the choice of this browser, else the language of the workshop."""
    return chosen_language(connection) or workshop.language


PhoneLanguage = Annotated[str, Depends(phone_language)]


def set_language(request: Request, response: Any, language: str) -> None:
    """The one cookie that also a line without encryption may have set: it decides nothing but words."""
    secure = request.url.scheme == "https"
    response.set_cookie("lang", language, max_age=YEAR, httponly=True, samesite="lax", secure=secure, path="/")
