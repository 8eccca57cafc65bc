"""Requests without end: slow, long, half-said or never read. The room goes on, and what is kept stays bounded."""

import socket
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from app.web import line
from tests.hostile.house import House
from tests.hostile.lines import goes_on, lines, said_back, still_there
from tests.resilience.place import eventually

pytestmark = pytest.mark.one_engine

NOTHING = 0.05
"""Seconds of patience in these tests, where the real ones are long."""
GET = b"GET /healthz/live HTTP/1.1\r\nHost: x\r\n"


def trickle(line_: socket.socket, signs: bytes, seconds: float = 3.0) -> bool:
    """One sign at a time. Whether the line was shut meanwhile."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for sign in signs:
            try:
                line_.sendall(bytes([sign]))
            except ConnectionError:
                return True
            if not still_there(line_, NOTHING / 5):
                return True
    return False


HALF_SAID = {
    "a sign at a time": (GET, b"x" * 500),
    "one header after another": (GET, b"a: b\r\n" * 500),
    "line ends": (GET + b"\r\n", b"\r\n" * 500),
    "a body": (b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n", b"x" * 500),
    "a body that nobody reads": (b"POST /none/none HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n", b"x" * 500),
    "pieces": (b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 100),
}


async def test_who_speaks_slowly_is_heard_for_a_while_only(
    house: House, monkeypatch: pytest.MonkeyPatch, quiet: Callable[[], None]
) -> None:
    monkeypatch.setattr(line, "HEAD_WITHIN", NOTHING)
    monkeypatch.setattr(line, "BODY_WITHIN", NOTHING)
    told = {}
    for name, (begin, more) in HALF_SAID.items():
        with lines(house) as [one]:
            one.sendall(begin)
            told[name] = trickle(one, more)
    assert told == dict.fromkeys(HALF_SAID, True)
    goes_on(house)
    quiet()


TOO_LONG = {
    "an address": b"GET /" + b"x" * line.MOST_HEAD,
    "a header": GET + b"Cookie: " + b"x" * line.MOST_HEAD,
    "a name": GET + b"x" * line.MOST_HEAD,
    "many headers": GET + b"a: b\r\n" * line.MOST_HEAD,
    "many headers, and an end": GET + b"a: bbbb\r\n" * (line.MOST_HEAD // 5) + b"\r\n",
    "trailers": b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"a: b\r\n" * 9000,
    "sizes": b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1;" + b"x" * 40_000,
}


async def test_an_endless_head_is_refused(house: House, quiet: Callable[[], None]) -> None:
    told = {}
    for name, request in TOO_LONG.items():
        with lines(house) as [one]:
            with suppress(ConnectionError):
                one.sendall(request)
                one.sendall(b"x" * 4096)
            told[name] = said_back(one)[:12]
    assert set(told.values()) <= {"HTTP/1.1 431", "HTTP/1.1 400", ""}, told
    assert told["many headers, and an end"] == told["an address"] == "HTTP/1.1 431"
    goes_on(house)
    quiet()


async def test_requests_that_wait_for_no_answer_are_cut_off(house: House, quiet: Callable[[], None]) -> None:
    with lines(house) as [one]:
        with suppress(ConnectionError):
            for _ in range(200):
                one.sendall((GET + b"\r\n") * 2000)
        assert said_back(one).count("HTTP/1.1 200") < 5000
    goes_on(house)
    quiet()


async def test_two_hundred_lines_that_say_nothing_or_half_keep_nobody_out(
    house: House, monkeypatch: pytest.MonkeyPatch, quiet: Callable[[], None]
) -> None:
    """Half a request each; and beyond a number the oldest silent one makes room."""
    with lines(house, 200) as half:
        for one in half:
            one.sendall(GET)
        goes_on(house)
        monkeypatch.setattr(line, "MOST_SILENT", 150)
        with lines(house, 50) as more:
            goes_on(house)
            assert [still_there(one, 0.01) for one in half[:20]] == [False] * 20
            assert all(still_there(one, 0.001) for one in more)
    quiet()


async def test_who_asks_and_never_reads_is_let_go(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    server = house.running.server
    monkeypatch.setattr(server.config, "timeout_keep_alive", NOTHING)
    with lines(house, 3) as deaf:
        for one in deaf:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            for _ in range(5):
                one.sendall(b"GET /static/img/readme/projector.png HTTP/1.1\r\nHost: x\r\n\r\n")
        eventually(lambda: not server.server_state.connections, 5, "somebody who never reads is still here")
        goes_on(house)


HANDSHAKE = "GET /test/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"


async def test_a_handshake_that_its_parser_gives_up_on_is_answered(house: House, quiet: Callable[[], None]) -> None:
    for more in ("Cookie: " + "x" * 9000 + "\r\n", "a: b\r\n" * 300, "a: \x80\r\n", "Sec-WebSocket-Key: x\r\n"):
        with lines(house) as [one]:
            one.sendall((HANDSHAKE + more + "\r\n").encode("latin-1"))
            assert said_back(one)[:10] == "HTTP/1.1 4", more[:20]
    goes_on(house)
    quiet()
