"""Phones that join, hold a socket, and answer; and the facilitator who moves them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy

import httpx2
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from websockets.asyncio.client import ClientConnection, connect

from app.core.participant import Device
from app.ids import hashed
from tests.bench.house import House

Timed = list[float]


@dataclass(eq=False)
class Phone:
    house: House
    cookie: str = ""
    socket: ClientConnection | None = None
    seen: dict[str, float] = field(default_factory=dict)
    _reader: "asyncio.Task[None] | None" = None

    async def join(self, http: httpx2.AsyncClient) -> bool:
        """In, with an open socket that has brought its first frame."""
        answer = await http.post(f"/w/{self.house.code}/participants", headers={"Origin": self.house.address})
        if answer.status_code != 303:
            return False
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return await self.come_back()

    async def come_back(self) -> bool:
        """A phone that slept: its line again."""
        place = self.house.address.replace("http", "ws", 1) + f"/w/{self.house.code}/live/participant"
        headers = {"Cookie": self.cookie, "Origin": self.house.address}
        self.socket = await connect(place, additional_headers=headers, compression=None, open_timeout=30)
        await self.socket.recv()
        self._reader = asyncio.create_task(self._read(self.socket))
        return True

    async def _read(self, socket: ClientConnection) -> None:
        async for frame in socket:
            now = time.monotonic()
            for activity, _ in self.house.moments:
                if activity in str(frame):
                    self.seen.setdefault(activity, now)

    async def answer(self, http: httpx2.AsyncClient, activity: str, pick: str) -> bool:
        answer = await http.post(
            f"/w/{self.house.code}/activities/{activity}/contributions",
            data={"pick": pick, "key": "bench"},
            headers={"Origin": self.house.address, "Cookie": self.cookie, "HX-Request": "true"},
        )
        return answer.status_code == 200

    async def who(self, session: AsyncSession) -> str:
        """The id of the participant behind this phone's cookie."""
        browser = hashed(self.cookie.partition("=")[2])
        return (await session.exec(select(Device.participant_id).where(Device.browser_hash == browser))).one()

    async def leave(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
        if self.socket is not None:
            await self.socket.close()


def crowd(house: House, people: int) -> httpx2.AsyncClient:
    """Connections for so many phones, without a cookie jar: each phone keeps its own."""
    limits = httpx2.Limits(max_connections=people, max_keepalive_connections=people)
    http = httpx2.AsyncClient(base_url=house.address, limits=limits, timeout=30)
    http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return http


async def spread(acts: Sequence[Callable[[], Awaitable[bool]]], seconds: float) -> tuple[int, Timed]:
    """Start the acts evenly over `seconds`; how many failed, and how long each took in ms."""
    took: Timed = []

    async def one(number: int, act: Callable[[], Awaitable[bool]]) -> bool:
        await asyncio.sleep(number * seconds / len(acts))
        begun = time.monotonic()
        try:
            fine = await act()
        except (OSError, TimeoutError, httpx2.HTTPError):
            fine = False
        took.append((time.monotonic() - begun) * 1000)
        return fine

    results = await asyncio.gather(*(one(number, act) for number, act in enumerate(acts)))
    return results.count(False), took


async def move(http: httpx2.AsyncClient, house: House, leaves: int, leads_to: int) -> float:
    """The facilitator's Next; when it was sent, by the monotonic clock."""
    moments = [f"{activity}:{phase}" for activity, phase in house.moments]
    begun = time.monotonic()
    await http.post(
        f"/w/{house.code}/stage",
        data={"leaves": moments[leaves], "leads_to": moments[leads_to]},
        headers={"Origin": house.address, "Cookie": f"morgen_trainer={house.token}", "HX-Request": "true"},
    )
    return begun


def percentile(values: Timed, share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
