"""A room that goes on answering while its server is killed again and again: what was confirmed, what is stored, and how
long every phone was without a line."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx2
from sqlmodel import select
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from app.core.contribution import Contribution
from app.db import Database
from tests.bench.room import Phone, crowd, move
from tests.resilience.place import Place

PICKS = ("veel", "weinig", "niets")
LONGEST_WAIT = 4.0
"""Seconds between two tries of a page to get its line back, at most: what the pages say in `htmx-config`."""


@dataclass
class Outcome:
    """`allowed` and `stored` per phone: what may stand there (the last confirmed answer, and any that was sent after
    it), and what does. `away`: seconds from each kill until the last page was live again; `back`: the part of it
    after the server was ready."""

    confirmed: set[int] = field(default_factory=set)
    allowed: dict[int, set[str]] = field(default_factory=dict)
    stored: dict[int, list[str]] = field(default_factory=dict)
    away: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)

    def wrong(self) -> set[int]:
        """Phones of which a confirmed answer is not stored, or stored more than once."""
        found = {number: self.stored.get(number, []) for number in self.confirmed}
        return {number for number, rows in found.items() if len(rows) != 1 or rows[0] not in self.allowed[number]}


@dataclass(eq=False)
class Page:
    """A phone's open page: it answers, and keeps its line as hx-ws does."""

    phone: Phone
    number: int
    live_since: float = 0.0

    async def keep_line(self, place: str, over: asyncio.Event) -> None:
        wait = 0.25
        headers = {"Cookie": self.phone.cookie, "Origin": self.phone.house.address}
        while not over.is_set():
            try:
                async with connect(place, additional_headers=headers, compression=None, open_timeout=20) as socket:
                    async for _ in socket:
                        self.live_since, wait = self.live_since or time.monotonic(), 0.25
            except (OSError, TimeoutError, WebSocketException):
                pass
            self.live_since = 0.0
            await asyncio.sleep(wait * random.uniform(0.7, 1.3))
            wait = min(wait * 2, LONGEST_WAIT)

    async def answer(self, http: httpx2.AsyncClient, activity: str, outcome: Outcome, over: asyncio.Event) -> None:
        chance = random.Random(self.number)
        while not over.is_set():
            pick = chance.choice(PICKS)
            outcome.allowed.setdefault(self.number, set()).add(pick)
            try:
                if await self.phone.answer(http, activity, pick):
                    outcome.allowed[self.number] = {pick}
                    outcome.confirmed.add(self.number)
            except httpx2.HTTPError:
                await asyncio.sleep(0.3)
            await asyncio.sleep(chance.uniform(0.05, 0.4) * max(1, len(outcome.allowed) / 60))


Trouble = Callable[[list[Page], Outcome], Awaitable[None]]


async def answer_through(place: Place, people: int, trouble: Trouble) -> Outcome:
    """The room answers all the time, with every line open, until `trouble` is over."""
    outcome, over = Outcome(), asyncio.Event()
    async with crowd(place, people) as http:
        pages = [Page(await _joined(place, http), number) for number in range(people)]
        await move(http, place, 0, 1)
        line = place.address.replace("http", "ws", 1) + f"/w/{place.code}/live/participant"
        lines = [asyncio.create_task(page.keep_line(line, over)) for page in pages]
        activity = place.moments[1][0]
        answering = [asyncio.create_task(page.answer(http, activity, outcome, over)) for page in pages]
        await _until_live(pages, time.monotonic())
        await trouble(pages, outcome)
        over.set()
        await asyncio.gather(*answering)
        for task in lines:
            task.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
    outcome.stored = await _stored(place, [page.phone for page in pages])
    return outcome


async def kill_and_answer(place: Place, people: int, kills: int, between: float) -> Outcome:
    async def kill(pages: list[Page], outcome: Outcome) -> None:
        for _ in range(kills):
            await asyncio.sleep(between)
            killed = time.monotonic()
            await asyncio.to_thread(place.restart)
            starting = time.monotonic() - killed
            outcome.away.append(await _until_live(pages, killed))
            outcome.back.append(max(0.0, outcome.away[-1] - starting))

    return await answer_through(place, people, kill)


async def _joined(place: Place, http: httpx2.AsyncClient) -> Phone:
    phone = Phone(place)
    assert await phone.join(http)
    await phone.leave()
    return phone


async def _until_live(pages: list[Page], since: float, patience: float = 30.0) -> float:
    """Seconds from `since` until every page had a frame of the server that runs now."""
    while not all(page.live_since > since for page in pages):
        assert time.monotonic() - since < patience, f"{sum(page.live_since <= since for page in pages)} have no line"
        await asyncio.sleep(0.05)
    return max(page.live_since for page in pages) - since


async def _stored(place: Place, phones: list[Phone]) -> dict[int, list[str]]:
    db = Database(place.url)
    try:
        async with db.read() as session:
            numbers = {await phone.who(session): number for number, phone in enumerate(phones)}
            rows = (await session.exec(select(Contribution))).all()
    finally:
        await db.close()
    found: dict[int, list[str]] = {}
    for row in rows:
        if row.participant_id in numbers:
            found.setdefault(numbers[row.participant_id], []).append(str(row.entry["pick"]))
    return found
