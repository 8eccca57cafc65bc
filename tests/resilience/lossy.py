"""A line to Redis that loses every other hint, and counts them."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HINT = b"message\r\n"


@dataclass
class Lossy:
    target: int
    port: int = 0
    lost: int = 0
    passed: int = 0
    _ready: threading.Event = field(default_factory=threading.Event)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop | None = None

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        ways = (self._carry(reader, back, False), self._carry(there, writer, True))
        await asyncio.gather(*ways, return_exceptions=True)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, loses: bool) -> None:
        try:
            while chunk := await source.read(65536):
                if loses and HINT in chunk and self.lost <= self.passed:
                    self.lost += 1
                    continue
                self.passed += HINT in chunk and loses
                target.write(chunk)
                await target.drain()
        finally:
            target.close()

    def run(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            self._ready.set()
            async with server:
                await self._over.wait()

        asyncio.run(serve())

    def stop(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._over.set)


@contextmanager
def lossy(target: int) -> Iterator[Lossy]:
    made = Lossy(target)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    assert made._ready.wait(10)
    try:
        yield made
    finally:
        made.stop()
        thread.join(10)
