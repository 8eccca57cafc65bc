"""The browser and the socket of a simulated phone."""

import asyncio
import ssl
from collections.abc import Callable
from functools import lru_cache

import httpx2
from websockets.asyncio.client import connect


def browser(address: str) -> httpx2.AsyncClient:
    """A browser of its own, with its own cookies, that says where it comes from."""
    return httpx2.AsyncClient(
        base_url=address, headers={"Origin": address}, follow_redirects=True, timeout=30, verify=_certificates()
    )


async def listen(place: str, headers: dict[str, str], hear: Callable[[str], None], until: asyncio.Event) -> None:
    """Give every frame of the socket at `place` to `hear`, until it is over. Raises what websockets does where the
    line breaks."""
    async with connect(place, additional_headers=headers, compression=None, open_timeout=30) as socket:
        ends = asyncio.create_task(until.wait())
        try:
            while True:
                frame = asyncio.create_task(socket.recv())
                await asyncio.wait({frame, ends}, return_when=asyncio.FIRST_COMPLETED)
                if not frame.done():
                    frame.cancel()
                    return
                hear(str(frame.result()))
        finally:
            ends.cancel()


@lru_cache
def _certificates() -> ssl.SSLContext:
    """One for all players: each takes some 20 ms to load."""
    return ssl.create_default_context()
