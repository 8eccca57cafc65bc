"""Somebody who tries codes, from as many addresses as wanted: raw HTTP on a few lines, as a program would."""

import asyncio
from collections import Counter
from urllib.parse import urlsplit

from app.ids import join_code


async def guess(address: str, count: int, places: int, lines: int = 8) -> Counter[int]:
    """Ask `count` codes that do not exist, as if from `places` addresses; how often each status came back."""
    told: Counter[int] = Counter()
    todo = iter(range(count))
    at = urlsplit(address)

    async def line() -> None:
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
        for number in todo:
            place = f"198.51.{number % places // 250}.{number % places % 250}"
            head = f"GET /w/{join_code()}/words HTTP/1.1\r\nHost: {at.netloc}\r\nX-Forwarded-For: {place}\r\n\r\n"
            writer.write(head.encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).decode()
            told[int(answer.split(" ")[1])] += 1
            length = answer.lower().partition("content-length: ")[2].partition("\r\n")[0]
            await reader.readexactly(int(length))
        writer.close()

    await asyncio.gather(*(line() for _ in range(lines)))
    return told
