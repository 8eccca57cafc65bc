"""A line to a server on this machine, with the faults that a test switches on while it runs."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HINT = b"message\r\n"
UPGRADE = b"upgrade: websocket"
BLOCKED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Between:
    """`loses`: every other hint of Redis, counted. `pace`: seconds that every byte takes. `blocks`: a WebSocket is
    refused, as a municipal proxy does. `is_away`: no new line is taken, as between two networks."""

    target: int
    port: int = 0
    loses: bool = False
    pace: float = 0.0
    blocks: bool = False
    is_away: bool = False
    lost: int = 0
    passed: int = 0
    met: int = 0
    _ready: threading.Event = field(default_factory=threading.Event)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop | None = None
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)
    _silent: set[asyncio.StreamWriter] = field(default_factory=set)
    _held: set[asyncio.StreamWriter] = field(default_factory=set)
    """Silent ones of which the other end went: they hear nothing of it."""

    def cut(self) -> None:
        """Every line that is there now, at once: a phone that changes from wifi to 4G."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(lambda: [end.transport.abort() for end in list(self._ends)])

    def silence(self) -> None:
        """From now on nothing comes through the lines that are there, and nothing closes them: half-open."""
        self._silent |= self._ends

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.met += 1
        if self.is_away:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        ends = {writer, back}
        self._ends |= ends
        ways = (self._carry(reader, back, writer), self._carry(there, writer, None))
        await asyncio.gather(*ways, return_exceptions=True)
        self._ends -= ends
        self._held |= ends & self._silent

    async def _carry(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, refuse: asyncio.StreamWriter | None
    ) -> None:
        """`refuse`: the end that hears a no; given on the way to the server only."""
        try:
            while chunk := await source.read(65536):
                if refuse and self.blocks and UPGRADE in chunk.lower():
                    refuse.write(BLOCKED)
                    break
                if target in self._silent or (refuse is None and self._loses(chunk)):
                    continue
                if self.pace:
                    await asyncio.sleep(self.pace * len(chunk))
                target.write(chunk)
                await target.drain()
        finally:
            if target not in self._silent:
                target.close()

    def _loses(self, chunk: bytes) -> bool:
        if not self.loses or HINT not in chunk:
            return False
        losing = self.lost <= self.passed
        self.lost += losing
        self.passed += not losing
        return losing

    def run(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            self._ready.set()
            async with server:
                await self._over.wait()
                self._silent.clear()
                for end in self._held:
                    end.transport.abort()
                while self._ends:
                    for end in list(self._ends):
                        end.transport.abort()
                    await asyncio.sleep(0.01)

        asyncio.run(serve())

    def stop(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._over.set)


@contextmanager
def between(target: int, **faults: bool) -> Iterator[Between]:
    made = Between(target, **faults)  # type: ignore[arg-type]
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    assert made._ready.wait(10)
    try:
        yield made
    finally:
        made.stop()
        thread.join(10)
