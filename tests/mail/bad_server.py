"""A mail server that goes wrong at one point of the talk, in one way; what it took it keeps."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

POINTS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "content", "after")
"""`content`: in the middle of the mail; `after`: the mail is in, and the answer to it is due."""


@dataclass
class BadServer:
    """`at` names the point, `says` the answer there. "cut": the line breaks; "": no answer ever comes; "slow": every
    answer takes its time, and is a yes."""

    at: str = ""
    says: str = "cut"
    pause: float = 0.1
    port: int = 0
    taken: list[bytes] = field(default_factory=list)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (_Cut, OSError, asyncio.IncompleteReadError):
            writer.transport.abort()
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not await self._answer(writer, "greeting", "220 here"):
            return
        while line := await reader.readline():
            word = line[:4].decode().upper().strip()
            if word == "QUIT":
                await self._answer(writer, "QUIT", "221 bye")
                return
            yes = {"DATA": "354 go on"}.get(word, "250 fine")
            if await self._answer(writer, word, yes) and word == "DATA":
                await self._take(reader, writer)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The mail counts as taken when all of it was read and no no was said to it."""
        if self.at == "content":
            await reader.readline()
            await self._answer(writer, "content", "")
        mail = await reader.readuntil(b"\r\n.\r\n")
        if self.at != "after" or not self.says[:1].isdigit():
            self.taken.append(mail)
        await self._answer(writer, "after", "250 taken")

    async def _answer(self, writer: asyncio.StreamWriter, point: str, yes: str) -> bool:
        """Whether it was a yes."""
        if self.says == "slow":
            await asyncio.sleep(self.pause)
        elif point == self.at:
            if self.says == "cut":
                raise _Cut
            if not self.says:
                await asyncio.sleep(3600)
            writer.write(f"{self.says}\r\n".encode())
            return False
        writer.write(f"{yes}\r\n".encode())
        return True


class _Cut(Exception):
    pass


@asynccontextmanager
async def bad_server(made: BadServer) -> AsyncIterator[BadServer]:
    tasks: set[asyncio.Task[None]] = set()

    def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(made.meet(reader, writer)))

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
