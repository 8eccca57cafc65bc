"""Our HTTP protocol class for uvicorn: an end to its patience, and to what it keeps of who sends without end.

uvicorn waits for ever for a request that was begun, and its parser takes a header of any length. It uses names of
`HttpToolsProtocol` (`cycle`, `pipeline`, the callbacks of the parser); tests of slow and endless requests hold them.
"""

from asyncio import TimerHandle
from typing import Any, ClassVar

from starlette.responses import PlainTextResponse
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

HEAD_WITHIN = 20.0
"""Seconds from the first sign of a request to the end of its headers."""
BODY_WITHIN = 120.0
"""Seconds for the rest: the longest form from the worst line takes less."""
MOST_HEAD = 32 * 1024
"""Bytes of an address with its headers, and of what comes with a body beside it: sizes of chunks, trailers."""
MOST_WAITING = 8
"""Requests on one line that wait for an answer to an earlier one. No browser sends a second one."""
MOST_SILENT = 2000
"""Lines that did not say a whole request yet; one more, and the oldest goes."""
LEAST_TAKEN = 64 * 1024
"""Bytes of an answer that somebody takes in the time of a kept line, or the rest is not kept for them."""
HIGH_WATER = 16 * 1024


class Line(HttpToolsProtocol):
    """One connection."""

    silent: ClassVar[dict["Line", None]] = {}
    _beside = 0
    """Bytes of the message at hand that are not its body."""
    _patience: TimerHandle | None = None
    _reader: TimerHandle | None = None
    _left = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=HIGH_WATER)
        self.silent[self] = None
        self._wait(self.timeout_keep_alive)  # browsers open lines before they need them
        if len(self.silent) > MOST_SILENT:
            next(iter(self.silent)).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._let_go()
        super().connection_lost(exc)
        self._unset_keepalive_if_required()

    def data_received(self, data: bytes) -> None:
        if self._patience is None and not self._answers():
            self._wait(HEAD_WITHIN)  # line ends before a request begin none
        self._beside += len(data)
        super().data_received(data)
        if self._beside > MOST_HEAD and not self.transport.is_closing():
            self._refuse()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait(HEAD_WITHIN)

    def on_headers_complete(self) -> None:
        self.silent.pop(self, None)
        self._wait(BODY_WITHIN)
        if len(self.pipeline) >= MOST_WAITING:
            raise ValueError("requests without waiting for an answer")
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MOST_HEAD:
            self.app = PlainTextResponse("Too long.", 431, {"Connection": "close"})
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._beside -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._beside = 0
        self._stop_waiting()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._let_go()
        super().handle_websocket_upgrade()
        taken: Any = self.transport.get_protocol()
        if not taken.handshake_initiated:  # its parser gave up on the headers, and would say nothing
            self._refuse()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._left = self.transport.get_write_buffer_size() + LEAST_TAKEN
        self._look_at_reader()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_looking()

    def timeout_keep_alive_handler(self) -> None:
        if self._reader is not None:  # still taking the last answer
            again = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)
            self.timeout_keep_alive_task = again
        elif self.transport.get_write_buffer_size():
            self.transport.abort()  # close() would wait for who never takes the rest
        else:
            super().timeout_keep_alive_handler()

    def _look_at_reader(self) -> None:
        left = self.transport.get_write_buffer_size()
        if self._left - left < LEAST_TAKEN and left:
            self.transport.abort()
            return
        self._left = left
        self._reader = self.loop.call_later(self.timeout_keep_alive, self._look_at_reader)

    def _answers(self) -> bool:
        cycle: Any = self.cycle  # None before the first request
        return cycle is not None and not cycle.response_complete

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _stop_looking(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            self._reader = None

    def _let_go(self) -> None:
        self.silent.pop(self, None)
        self._stop_waiting()
        self._stop_looking()

    def _refuse(self) -> None:
        """Only the line is shut where an answer is under way already."""
        if not (self._answers() and self.cycle.response_started):
            self.transport.write(STATUS_LINE[431] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()
