"""A thousand phones come in within twenty seconds: page, join, page, socket, first frame; over bare sockets."""

import asyncio
import gzip
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.figures import Figure, percentile
from tests.bench.house import House, house
from tests.bench.machine import cores, cpu_ms, pin
from tests.bench.tools import Tools

PEOPLE, WITHIN = 1000, 20.0
UPGRADE = (
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
)


@dataclass
class Newcomer:
    """A browser on one line: how it asks, and how many bytes came back."""

    house: House
    cookie: str = ""
    bytes: int = 0

    async def come_in(self) -> bool:
        """Whether it got as far as its first frame."""
        host = self.house.address.partition("://")[2]
        reader, writer = await asyncio.open_connection(*host.split(":"))
        room = f"/w/{self.house.code}"
        try:
            status, _ = await self._ask(reader, writer, "GET", room)
            joined, where = await self._ask(reader, writer, "POST", f"{room}/participants")
            inside, _ = await self._ask(reader, writer, "GET", where)
            if (status, joined, inside) != (200, 303, 200) or not self.cookie:
                return False
            return await self._sit(host, room)
        finally:
            writer.close()

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, method: str, path: str
    ) -> tuple[int, str]:
        """The status, and where it leads on."""
        writer.write(self._head(method, path, "Accept-Encoding: gzip", "Content-Length: 0"))
        said = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        head = said.lower()
        size = int(_after(head, "content-length: ", "\r") or 0)
        body = await reader.readexactly(size)
        if "content-encoding: gzip" in head:
            gzip.decompress(body)
        self.bytes += len(head) + size
        self.cookie = _after(said, "set-cookie: ", ";") or self.cookie
        return int(head[9:12]), _after(said, "location: ", "\r")

    def _head(self, method: str, path: str, *more: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.house.address.partition('://')[2]}"]
        lines += [f"Origin: {self.house.address}", *([f"Cookie: {self.cookie}"] if self.cookie else []), *more]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def _sit(self, host: str, room: str) -> bool:
        reader, writer = await asyncio.open_connection(*host.split(":"))
        writer.write(self._head("GET", f"{room}/live/participant", "Connection: Upgrade", *UPGRADE))
        head = await reader.readuntil(b"\r\n\r\n")
        first = await reader.readexactly(2)
        short = first[1] & 127
        longer = await reader.readexactly({126: 2, 127: 8}.get(short, 0))
        size = int.from_bytes(longer, "big") if longer else short
        text = await reader.readexactly(size)
        if first[0] & 0x40:
            text = zlib.decompress(text + b"\0\0\xff\xff\x03\0", wbits=-15)
        self.bytes += len(head) + 2 + len(longer) + size
        self._line = writer  # stays open: a phone that is in
        return head.startswith(b"HTTP/1.1 101") and b'hx-target="#screen"' in text


async def _all(place: House) -> tuple[list[Newcomer], int, list[float]]:
    phones, took = [Newcomer(place) for _ in range(PEOPLE)], []

    async def one(number: int, phone: Newcomer) -> bool:
        await asyncio.sleep(number * WITHIN / PEOPLE)
        begun = time.monotonic()
        try:
            async with asyncio.timeout(30):
                fine = await phone.come_in()
        except (OSError, EOFError, ValueError):
            fine = False
        took.append((time.monotonic() - begun) * 1000)
        return fine

    fine = await asyncio.gather(*(one(number, phone) for number, phone in enumerate(phones)))
    return phones, fine.count(False), took


def measure(_: Tools) -> Iterator[Figure]:
    with house() as place:
        pin(place.pid, cores()[0])
        before, own = cpu_ms(place.pid), time.process_time()
        phones, failed, took = asyncio.run(_all(place))
        used, own = cpu_ms(place.pid) - before, time.process_time() - own
        people, _, _ = asyncio.run(place.stored())
    yield Figure("joins_burst_failed", failed + PEOPLE - people, "people")
    yield Figure("joins_burst_bytes_per_phone", round(sum(each.bytes for each in phones) / PEOPLE), "bytes")
    yield Figure("joins_burst_cpu_ms", round(used / PEOPLE, 2), "ms")
    yield Figure("joins_burst_p99", round(percentile(took, 0.99), 1), "ms")
    yield Figure("joins_burst_client_cpu", round(100 * own / WITHIN), "%_of_a_core")


def _after(head: str, name: str, end: str) -> str:
    return head.partition(name)[2].partition(end)[0]
