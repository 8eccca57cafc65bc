"""What holds for every door: headers, the origin of unsafe requests and sockets, the size of a body.

Pure ASGI, so that sockets pass here too.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.measures import COUNTS

SAFE = {"GET", "HEAD", "OPTIONS"}
FILES = "/static/"
ONE_CLICK = "/u/"
"""RFC 8058: the mail program posts here without a cookie and without an origin."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self' {sockets}; form-action 'self'; base-uri 'none'; manifest-src 'self'; "
    "frame-ancestors {framed_by}"
)
EDITOR = "/trainer/own-scripts/"
PREVIEW = "/preview/"
"""The editor of draaiboeken shows previews in frames: nothing else of ours is framed, and by nobody else."""
OWN = {b"referrer-policy", b"cache-control"}
"""What an answer may say of itself; all else is said for it."""


class Guard:
    """Refuses unsafe requests and sockets from elsewhere, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self.app = app
        self.base = urlsplit(base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            COUNTS.under_way += 1
            try:
                await self._request(scope, receive, send)
            finally:
                COUNTS.under_way -= 1
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "\0" not in scope["path"] and self._is_ours(scope, Headers(scope=scope).get("origin")):
            await self.app(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        answered = False

        async def dressed(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                message["headers"] = _dressed(scope, message["status"], list(message.get("headers", ())))
            await send(message)
            answered = message["type"] == "http.response.body" and not message.get("more_body", False)

        if "\0" in scope["path"]:  # PostgreSQL takes no NUL, and no address of ours has one
            await PlainTextResponse("This address does not exist.", 404)(scope, receive, dressed)
        elif not self._may(scope):
            answer = PlainTextResponse("This form was sent from another site. Open the page again.", 403)
            await answer(scope, receive, dressed)
        else:
            # A HEAD is a GET here: the server keeps the body back.
            method = "GET" if scope["method"] == "HEAD" else scope["method"]
            try:
                await self.app({**scope, "method": method}, receive, dressed)
            except Exception:
                if not answered:  # else the fault was told and logged, and the connection lives on
                    raise

    def _may(self, scope: Scope) -> bool:
        if scope["method"] in SAFE or scope["path"].startswith(ONE_CLICK):
            return True
        headers = Headers(scope=scope)
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        return self._is_ours(scope, headers.get("origin"))

    def _is_ours(self, scope: Scope, origin: str | None) -> bool:
        if not origin:
            return False
        try:
            given = urlsplit(origin)
        except ValueError:  # half a bracket, for one
            return False
        host = Headers(scope=scope).get("host", "")
        secure = scope["scheme"] in ("https", "wss")
        here = ("https" if secure else "http", host)
        return (given.scheme, given.netloc) in (here, (self.base.scheme, self.base.netloc))


def _dressed(scope: Scope, status: int, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    path, secure = scope["path"], scope["scheme"] == "https"
    edits = path.startswith(EDITOR)
    is_file = path.startswith(FILES) and status in (200, 206, 304)
    host = Headers(scope=scope).get("host", "")
    own = {name for name, _ in given} & OWN
    return given + [
        each for each in _dress(host, secure, edits, edits and PREVIEW in path, is_file) if each[0] not in own
    ]


@lru_cache(maxsize=100)  # hosts are what anybody sends
def _dress(host: str, secure: bool, edits: bool, is_framed: bool, is_file: bool) -> list[tuple[bytes, bytes]]:
    policy = POLICY.format(
        sockets=f"{'wss' if secure else 'ws'}://{host}", framed_by="'self'" if is_framed else "'none'"
    )
    dress = {
        "content-security-policy": policy + ("; frame-src 'self'" if edits else ""),
        "x-frame-options": "SAMEORIGIN" if is_framed else "DENY",  # for browsers before 2017
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
        "cross-origin-opener-policy": "same-origin",
        "x-robots-tag": "noindex",
        "cache-control": "public, max-age=3600" if is_file else "no-store",
    }
    if secure:
        dress["strict-transport-security"] = "max-age=31536000"
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in dress.items()]
