"""Our protocol class on uvicorn: its frames, the private names it leans on, and phones that do not read."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, PerMessageDeflate
from websockets.frames import Frame as Read
from websockets.frames import Opcode
from websockets.protocol import Protocol, Side, State
from websockets.sync.client import connect

from app.live.frame import WORTH, Frame
from app.live.wire import HIGH_WATER, MOST_HEARD, FanoutProtocol
from app.measures import COUNTS
from app.serve import DEAD_AFTER_MS, listen

HELLO = (
    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Hall:
    """An app that only seats whoever comes, on the real server with our protocol."""

    def __init__(self) -> None:
        self.seats: list[FanoutProtocol] = []
        self.says: list[Any] = []
        self.phones: list[socket.socket] = []
        self.seated, self.left = threading.Semaphore(0), threading.Semaphore(0)
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.loop = asyncio.get_running_loop()
        await receive()
        await send({"type": "websocket.accept"})
        self.seats.append(scope["extensions"]["fanout"])
        self.says.append(send)
        self.seated.release()
        while (await receive())["type"] != "websocket.disconnect":
            pass
        self.left.release()

    def do(self, act: Any) -> Any:
        """Run something on the server's loop, and wait for it."""

        async def run() -> Any:
            return act()

        assert self.loop
        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(5)

    def say(self, text: str) -> None:
        """As uvicorn and the library do it."""
        assert self.loop
        for send in self.says:
            said = send({"type": "websocket.send", "text": text})
            asyncio.run_coroutine_threadsafe(said, self.loop).result(5)

    def tell_all(self, text: str) -> None:
        made = Frame(text)
        self.do(lambda: [seat.push(made) for seat in self.seats])


@contextmanager
def hall(**options: Any) -> Iterator[tuple[Hall, int]]:
    made, listener = Hall(), listen("127.0.0.1", 0)
    config = uvicorn.Config(
        made, ws=FanoutProtocol, ws_per_message_deflate=False, lifespan="off", log_level="critical", **options
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield made, listener.getsockname()[1]
    finally:
        for line in made.phones:
            line.close()
        server.should_exit = server.force_exit = True
        thread.join(10)
        listener.close()


class Phone:
    """A bare socket that holds little and reads only when told."""

    def __init__(self, house: Hall, port: int) -> None:
        self.line = socket.socket()
        house.phones.append(self.line)
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.line.settimeout(5)
        self.line.connect(("127.0.0.1", port))
        self.line.sendall(HELLO.encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.line.recv(1)
        assert head.startswith(b"HTTP/1.1 101")
        self.reading = Protocol(Side.CLIENT, state=State.OPEN, max_size=None)
        assert house.seated.acquire(timeout=5)

    def read(self) -> list[str]:
        """The texts of one read."""
        self.reading.receive_data(self.line.recv(65536))
        events = [each for each in self.reading.events_received() if isinstance(each, Read)]
        return [bytes(each.data).decode() for each in events if each.opcode is Opcode.TEXT]

    def read_until(self, wanted: str) -> list[str]:
        got: list[str] = []
        while wanted not in got:
            got += self.read()
        return got


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 100_000])
def test_a_frame_reads_back_as_what_was_told(size: int) -> None:
    reading = Protocol(Side.CLIENT, state=State.OPEN, max_size=None)
    reading.receive_data(Frame("é" * (size // 2) + "x" * (size % 2)).plain)
    (found,) = reading.events_received()
    assert isinstance(found, Read)
    assert (found.opcode, found.fin, len(found.data)) == (Opcode.TEXT, True, size)
    assert reading.parser_exc is None


@pytest.mark.parametrize("text", ["", "hello", "x" * (WORTH - 1), "é" * WORTH, "één zin. " * 8000])
def test_a_compressed_frame_reads_back_as_what_was_told(text: str) -> None:
    reading = Protocol(Side.CLIENT, state=State.OPEN, max_size=None)
    reading.extensions = [PerMessageDeflate(True, True, 15, 15)]
    for _ in range(2):  # none leans on an earlier one
        reading.receive_data(Frame(text).packed)
    first, second = reading.events_received()
    assert isinstance(first, Read)
    assert isinstance(second, Read)
    assert bytes(first.data).decode() == bytes(second.data).decode() == text
    assert reading.parser_exc is None
    assert len(Frame(text).packed) <= len(Frame(text).plain)


OFFERS = {
    "none": (None, False),
    "a browser's": ([ClientPerMessageDeflateFactory(client_max_window_bits=True)], True),
    "that of who keeps little": ([ClientPerMessageDeflateFactory(server_max_window_bits=10)], False),
}


@pytest.mark.parametrize("offer", OFFERS)
def test_who_can_read_compressed_frames_gets_these_and_others_plain_ones(offer: str) -> None:
    extensions, packs = OFFERS[offer]
    words = ["Wat laat je ervoor liggen? " * 40, "kort", "Wie belt wie, en wanneer? " * 40]
    options: Any = {"extensions": extensions, "compression": None, "max_size": None}
    with hall() as (house, port), connect(f"ws://127.0.0.1:{port}", **options) as line:
        assert house.seated.acquire(timeout=5)
        (seat,) = house.seats
        assert seat.packs is packs
        assert [type(each) for each in seat.conn.extensions] == [PerMessageDeflate] * bool(extensions)
        for text in words * 2:
            house.tell_all(text)
            house.say(text)  # by the library, in between
        assert [line.recv(5) for _ in range(12)] == [each for each in words * 2 for _ in range(2)]
        assert not any(hasattr(each, name) for each in seat.conn.extensions for name in ("encoder", "decoder"))


def test_uvicorn_still_has_the_private_names_that_we_use() -> None:
    for name in ("connection_made", "handle_connect", "resume_writing", "keepalive_timeout"):
        assert callable(getattr(WebSocketsSansIOProtocol, name))
    with hall() as (house, port):
        phone = Phone(house, port)
        (seat,) = house.seats
        assert isinstance(seat.writable, asyncio.Event)
        assert seat.writable.is_set()
        assert seat.handshake_complete is True
        assert (seat.close_sent, seat.disconnected) == (False, False)
        assert all(hasattr(seat.transport, name) for name in ("write", "abort", "set_write_buffer_limits"))
        house.tell_all("hello")
        assert phone.read_until("hello") == ["hello"]


def test_an_accepted_line_holds_little_and_lets_go_of_the_dead() -> None:
    with hall() as (house, port):
        Phone(house, port)
        raw = house.seats[0].transport.get_extra_info("socket")
        assert raw.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == HIGH_WATER
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            assert raw.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == DEAD_AFTER_MS


def test_a_phone_that_does_not_read_holds_up_nobody_and_ends_with_the_present() -> None:
    with hall() as (house, port):
        quick, stuck = Phone(house, port), Phone(house, port)
        seat = house.seats[1]
        now = {"text": "none"}
        seat.catch_up = lambda: [Frame(now["text"])]
        skipped, caught_up = COUNTS.skipped, COUNTS.caught_up
        texts = [json.dumps({"turn": turn, "fill": "x" * 20_000}) for turn in range(150)]
        for text in texts:
            now["text"] = text
            house.tell_all(text)
            assert quick.read_until(text) == [text]
        assert seat.behind
        assert house.do(seat.transport.get_write_buffer_size) <= HIGH_WATER + len(Frame(texts[0]).plain)
        got = stuck.read_until(texts[-1])
        assert len(got) < len(texts) / 2
        assert COUNTS.skipped - skipped > len(texts) / 2
        assert COUNTS.caught_up == caught_up + 1
        assert got == [text for text in texts if text in set(got)]  # whole, in order, the present last
        assert not seat.behind
        house.tell_all("on")
        assert stuck.read_until("on") == ["on"]


def test_a_dead_phone_is_let_go_though_its_line_is_full() -> None:
    with hall(ws_ping_interval=0.2, ws_ping_timeout=0.2) as (house, port):
        dead, silent = Phone(house, port), COUNTS.hung_up["silent"]
        for _ in range(60):
            house.tell_all("x" * 20_000)
        assert house.seats[0].behind
        assert house.left.acquire(timeout=10)
        assert house.do(house.seats[0].transport.is_closing)
        assert COUNTS.hung_up["silent"] == silent + 1
        with suppress(ConnectionError):  # what was under way, and then the end: no more than the buffers
            assert len(b"".join(iter(lambda: dead.line.recv(65536), b""))) < 60 * 20_000 / 2


def test_a_phone_that_takes_nothing_any_more_is_let_go_by_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.serve.DEAD_AFTER_MS", 300)
    with hall() as (house, port):
        Phone(house, port)
        stuck = COUNTS.hung_up["stuck"]
        for _ in range(60):
            house.tell_all("x" * 20_000)
        assert house.left.acquire(timeout=10)
        assert COUNTS.hung_up["stuck"] == stuck + 1


def test_a_flood_from_a_phone_is_cut_off() -> None:
    with hall() as (house, port):
        phone, floods = Phone(house, port), COUNTS.hung_up["flood"]
        with suppress(ConnectionError):
            phone.line.sendall(b"\x81\x80\0\0\0\0" * (MOST_HEARD // 6 + 1))
        assert house.left.acquire(timeout=5)
        assert COUNTS.hung_up["flood"] == floods + 1


def test_a_phone_that_went_is_written_to_without_harm() -> None:
    with hall() as (house, port):
        gone, stays = Phone(house, port), Phone(house, port)
        gone.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        gone.line.close()
        for turn in range(20):
            house.tell_all(f"turn {turn}")
        assert stays.read_until("turn 19")[0] == "turn 0"
        assert house.left.acquire(timeout=5)


def test_nothing_follows_a_close() -> None:
    with hall() as (house, port):
        phone = Phone(house, port)
        house.tell_all("before")
        assert phone.read_until("before") == ["before"]
        (seat,), (say,) = house.seats, house.says

        async def close_and_tell() -> None:
            await say({"type": "websocket.close", "code": 1000})
            assert seat.close_sent
            seat.push(Frame("after"))

        assert house.loop
        asyncio.run_coroutine_threadsafe(close_and_tell(), house.loop).result(5)
        phone.line.sendall(b"\x88\x80\0\0\0\0")  # the phone's own close
        heard = b""
        while more := phone.line.recv(4096):
            heard += more
        assert heard[:1] == b"\x88"
        assert b"after" not in heard
