"""What a browser brings and is given to bring again."""

from typing import Any

from fastapi import Request
from starlette.requests import HTTPConnection

from app import ids

YEAR = 365 * 24 * 3600


def cookie_name(connection: HTTPConnection, name: str) -> str:
    """`__Host-` where the line is encrypted: no other host can set it."""
    return f"__Host-{name}" if connection.url.scheme in ("https", "wss") else name


def cookie(connection: HTTPConnection, name: str) -> str:
    return connection.cookies.get(cookie_name(connection, name), "")


def set_cookie(request: Request, response: Any, name: str, value: str, max_age: int = YEAR) -> None:
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=max_age,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )


def browser_of(connection: HTTPConnection) -> str:
    """The hash of this browser's cookie; empty at the first visit."""
    token = cookie(connection, "morgen")
    return ids.hashed(token) if token else ""
