"""Our WebSocket protocol class for uvicorn: prebuilt frames straight to the transport.

uvicorn takes it as `ws=`. It uses private names of `WebSocketsSansIOProtocol` (`writable`, `close_sent`,
`disconnected`, `handshake_complete`, `transport`, `conn` with its extensions), held by a contract test. Where the
extension is absent (another server, the TestClient) seats fall back to `send_text`.
"""

import socket
from collections.abc import Callable, Iterable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory

from app.live.frame import WINDOW, Frame
from app.measures import COUNTS

HIGH_WATER = 16 * 1024
# No side keeps what it compressed before: else every seat would hold 40 KB, and no two could be sent the same bytes.
PACKING = [ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)]
MOST_HEARD = 64 * 1024
"""Bytes from one seat between two pings, its handshake among them. A phone says next to nothing here, and a flood of
tiny frames would hold up the room while they are parsed."""


class FanoutProtocol(WebSocketsSansIOProtocol):
    """`scope["extensions"]["fanout"]` is the protocol itself: call `push`."""

    # What is asked at every frame to everybody lies together: found in the instance's dict it costs more than the call.
    __slots__ = ("_flows", "_hung_up", "_write", "behind", "catch_up", "heard", "packs")

    _flows: bool
    """It was seen that this seat takes frames, and nothing has stopped it since."""
    packs: bool
    """Whether this seat reads compressed frames."""
    behind: bool
    heard: int
    catch_up: Callable[[], Iterable[Frame]] | None
    """What a phone gets that reads again. Only the last of it may be long: what follows a full line is lost."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._flows = self.packs = self.behind = False
        self.heard, self.catch_up = 0, None
        super().__init__(*args, **options)
        self.conn.available_extensions = PACKING

    @property
    def close_sent(self) -> bool:
        """uvicorn's: nothing may follow a close."""
        return self._hung_up

    @close_sent.setter
    def close_sent(self, sent: bool) -> None:
        self._hung_up = sent
        self._flows = self._flows and not sent

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._write = transport.write
        transport.set_write_buffer_limits(high=HIGH_WATER)
        raw = transport.get_extra_info("socket")
        if raw is not None and raw.family in (socket.AF_INET, socket.AF_INET6):
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, HIGH_WATER)

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope.setdefault("extensions", {})
            extensions["fanout"] = self
            self.packs = any(
                isinstance(each, PerMessageDeflate) and each.local_max_window_bits == WINDOW
                for each in self.conn.extensions
            )

    def data_received(self, data: bytes) -> None:
        self.heard += len(data)
        if self.heard > MOST_HEARD:
            COUNTS.hung_up["flood"] += 1
            self.transport.abort()
        else:
            super().data_received(data)

    def send_keepalive_ping(self) -> None:
        self.heard = 0
        super().send_keepalive_ping()

    def send_receive_event_to_app(self) -> None:
        """uvicorn tells the log of a fault where a phone sends no UTF-8."""
        if self.curr_msg_data_type == "text":
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self.conn.fail(1007)
                self.handle_parser_exception()
                return
        super().send_receive_event_to_app()

    def push(self, frame: Frame) -> None:
        """Write a whole server frame; a phone that does not read gets the present state when it reads again."""
        if self._flows or self._can_write():
            self._flows = True
            self._write(frame.packed if self.packs else frame.plain)
        else:
            self.behind = True
            COUNTS.skipped += 1

    def _can_write(self) -> bool:
        return bool(
            self.writable.is_set() and self.handshake_complete and not self.close_sent and not self.disconnected
        )

    def pause_writing(self) -> None:
        super().pause_writing()
        self._flows = False

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.behind and self.catch_up is not None and self._can_write():
            self.behind = False
            COUNTS.caught_up += 1
            for frame in self.catch_up():
                self.push(frame)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        COUNTS.hung_up["silent"] += 1
        # close() waits for a flush that a dead peer never lets happen
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        if isinstance(exc, TimeoutError):  # the kernel's, for who takes nothing any more
            COUNTS.hung_up["stuck"] += 1
        self._flows = False
        super().connection_lost(exc)
