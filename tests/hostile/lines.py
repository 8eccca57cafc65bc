"""Connections that no browser makes, and the room that goes on beside them."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.hostile.house import PARTICIPANT, House


@contextmanager
def lines(house: House, count: int = 1) -> Iterator[list[socket.socket]]:
    host, port = house.running.address.removeprefix("http://").split(":")
    with ExitStack() as kept:
        yield [kept.enter_context(socket.create_connection((host, int(port)), timeout=10)) for _ in range(count)]


def said_back(line: socket.socket) -> str:
    """All that comes until the other side shuts the line."""
    found = bytearray()
    try:
        while more := line.recv(65536):
            found += more
    except ConnectionError:
        pass
    return found.decode("latin-1")


def still_there(line: socket.socket, seconds: float) -> bool:
    """False once the other side shut it. Takes what comes meanwhile."""
    line.settimeout(seconds)
    try:
        return line.recv(65536) != b""
    except TimeoutError:
        return True
    except ConnectionError:
        return False
    finally:
        line.settimeout(10)


def sat_down(house: House, line: socket.socket) -> bytes:
    """The handshake of a phone, by hand, and the first bytes that come after it."""
    path = f"/w/{house.ours.workshop.code}/live/participant"
    address = house.running.address
    line.sendall(
        f"GET {path} HTTP/1.1\r\nHost: {address[7:]}\r\nOrigin: {address}\r\nCookie: morgen={house.ours.browser}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    return line.recv(65536)


def goes_on(house: House) -> None:
    """A tap is stored, and a phone sits down."""
    tap = house.ours.address("/w/{code}/activities/{activity_id}/contributions")
    assert house.client(PARTICIPANT).post(tap, data={"pick": "veel"}).status_code == 303
    with lines(house) as [phone]:
        assert sat_down(house, phone).startswith(b"HTTP/1.1 101")
