"""One simulated participant: joins, follows the room over its socket, answers what the forms ask."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.rehearsal.forms import Form, read

MOST_STEPS = 6
"""Forms that one answer may lead through (the form, the read-back, the address)."""
STAGE = re.compile(r'id="mine-([\w-]{22})"')


@dataclass(eq=False)
class Player:
    """`patience` is the longest time in seconds that this person thinks before an answer."""

    address: str
    code: str
    name: str
    chance: Random
    wise: bool
    patience: float
    happened: Counter[str]
    answered: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.http = httpx2.AsyncClient(
            base_url=self.address, headers={"Origin": self.address}, follow_redirects=True, timeout=30
        )

    async def play(self, until: asyncio.Event) -> None:
        """Stay in the room until it is over."""
        async with self.http:
            joined = await self.http.post(f"/w/{self.code}/participants")
            self.happened["joined" if joined.is_success else "could not join"] += 1
            if not joined.is_success:
                return
            await self._look(joined.text)
            while not until.is_set():
                await self._follow(until)

    async def _follow(self, until: asyncio.Event) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        place = self.address.replace("http", "ws", 1) + f"/w/{self.code}/live/participant"
        headers = {"Cookie": cookie, "Origin": self.address}
        try:
            async with connect(place, additional_headers=headers, compression=None) as socket:
                await self._listen(socket, until)
        except (ConnectionClosed, InvalidStatus, OSError):
            self.happened["lost the line"] += 1
            await asyncio.sleep(0.5)

    async def _listen(self, socket: ClientConnection, until: asyncio.Event) -> None:
        ends = asyncio.create_task(until.wait())
        while not until.is_set():
            frame: asyncio.Task[Any] = asyncio.create_task(socket.recv())
            await asyncio.wait({frame, ends}, return_when=asyncio.FIRST_COMPLETED)
            if not frame.done():
                frame.cancel()
                break
            await self._look(str(frame.result()))
        ends.cancel()

    async def _look(self, html: str) -> None:
        for activity in STAGE.findall(html):
            if activity not in self.answered:
                self.answered.add(activity)
                await asyncio.sleep(self.chance.uniform(0, self.patience))
                await self._answer(activity)

    async def _answer(self, activity: str) -> None:
        """Fill in what the own part asks, and what the replies ask in turn."""
        page = await self.http.get(f"/w/{self.code}/activities/{activity}/mine")
        done: set[str] = set()
        for _ in range(MOST_STEPS):
            form = next((each for each in read(page.text, self._is_mine) if self._is_new(each, done)), None)
            if form is None:
                return
            done.add(form.id or form.action)
            fields = form.fill(self.chance, self.wise, self.name)
            page = await self.http.post(
                form.action,
                content=urlencode(fields),
                headers={"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"},
            )
            self._count(page)

    def _is_mine(self, action: str) -> bool:
        return action.startswith(f"/w/{self.code}/") and "withdrawal" not in action

    def _is_new(self, form: Form, done: set[str]) -> bool:
        name = form.id or form.action
        return name not in done and "tap-edit" not in name and (form.is_tap or form.action.endswith("/address"))

    def _count(self, answer: Any) -> None:
        if answer.is_success:
            self.happened["answers kept"] += 1
        elif answer.status_code < 500:
            self.happened["answers refused"] += 1
        else:
            self.happened["server errors"] += 1
