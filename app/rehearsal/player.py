"""One simulated participant: joins, follows the room over its socket, answers what the forms ask."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from urllib.parse import urlencode

import httpx2
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.rehearsal.filling import fill
from app.rehearsal.forms import Form, Pair, read
from app.rehearsal.happened import Happened
from app.rehearsal.listening import browser, listen
from app.rehearsal.seats import seat_for

MOST_STEPS = 6
"""Forms that one answer may lead through (the form, the read-back, the address)."""
MORE = 0.5
"""How often somebody answers once more where more of the same may be given."""
STAGE = re.compile(r'id="mine-([\w-]{22})"')
ASKING = re.compile(r'hx-get="/w/\w+/activities/([\w-]{22})/mine"')
SENT_TO = re.compile(r"/activities/([\w-]{22})/")
HEADERS = {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}


@dataclass(eq=False)
class Player:
    """`patience`: the longest time in seconds that this person thinks before an answer; `number`: 0 for the first."""

    address: str
    code: str
    name: str
    chance: Random
    wise: bool
    patience: float
    happened: Happened
    number: int = 0
    writes: bool = True
    """False at a table where somebody else has the pen."""
    seen: set[str] = field(default_factory=set)
    """Activities and forms that were noticed."""
    answered: set[str] = field(default_factory=set)
    waiting: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)
    """Activities that ask something."""

    def __post_init__(self) -> None:
        self.http = browser(self.address)

    async def play(self, until: asyncio.Event) -> None:
        """Stay in the room until it is over."""
        async with self.http:
            page = await self._come_in()
            if page is None:
                return
            self._notice(page)
            thinks = asyncio.create_task(self._think())
            while not until.is_set():
                await self._follow(until)
            thinks.cancel()
            await asyncio.gather(thinks, return_exceptions=True)

    async def _come_in(self) -> str | None:
        """Join, and take a seat where there are tables; what stands on the screen."""
        page = await self.http.post(f"/w/{self.code}/participants")
        self.happened["joined" if page.is_success else "could not join"] += 1
        if not page.is_success:
            return None
        if self._door_to_seat in page.text:
            page = await self._sit(page)
        return page.text.partition('<main id="screen"')[2].partition("</main>")[0]

    @property
    def _door_to_seat(self) -> str:
        return f'href="/w/{self.code}/seat"'

    async def _sit(self, page: httpx2.Response) -> httpx2.Response:
        asked = await self.http.get(f"/w/{self.code}/seat")
        form = next(iter(read(asked.text, lambda action: action.endswith("/seat"))), None)
        if form is None:
            return page
        seat = seat_for(self.number, form)
        self.writes = ("pen", "yes") in seat
        self.happened["online" if ("table", "online") in seat else "at a table"] += 1
        return await self.http.post(form.action, data=dict(seat))

    async def _follow(self, until: asyncio.Event) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        headers = {"Cookie": cookie, "Origin": self.address}
        place = self.address.replace("http", "ws", 1) + f"/w/{self.code}/live/participant"
        try:
            await listen(place, headers, self._notice, until)
        except (ConnectionClosed, InvalidStatus, OSError):
            self.happened["lost the line"] += 1
            await asyncio.sleep(0.5)

    def _notice(self, html: str) -> None:
        """What the screen asks now: another question, a form that was not there before, or to look at the own part."""
        asks, asking = noticed(html)
        if not self.writes and self._door_to_seat in html:
            # What stands there at once is for who has the pen; what is asked later is for everybody.
            self.seen.update(asks)
            self.answered.update(asks)
        new = [activity for name, activity in asks.items() if name not in self.seen]
        self.seen.update(asks)
        for activity in dict.fromkeys([*new, *asking]):
            self.happened.waiting += 1
            self.waiting.put_nowait(activity)

    async def _think(self) -> None:
        """Answer what waits, one after the other."""
        while True:
            activity = await self.waiting.get()
            try:
                await asyncio.sleep(self.chance.uniform(0, self.patience))
                await self._answer(activity)
            except httpx2.HTTPError:
                self.happened["lost the line"] += 1
            finally:
                self.happened.waiting -= 1

    async def _answer(self, activity: str) -> None:
        """Fill in what the own part asks, and what the replies ask in turn."""
        page = await self.http.get(f"/w/{self.code}/activities/{activity}/mine")
        if page.status_code >= 500:
            self.happened["server errors"] += 1
        done: set[frozenset[str]] = set()
        for _ in range(MOST_STEPS):
            form = next((each for each in read(page.text, self._is_mine) if self._is_new(each)), None)
            if form is None or (form.shape in done and self.chance.random() > MORE):
                return
            self.answered.add(form.name)
            done.add(form.shape)
            page = await self._send(form)

    async def _send(self, form: Form) -> httpx2.Response:
        """The answer; what was refused is read and sent once more, with care."""
        page = await self._post(form, fill(form, self.chance, self.wise, self.name), self.wise)
        if 400 <= page.status_code < 500:
            again = next((each for each in read(page.text, self._is_mine) if each.name == form.name), form)
            page = await self._post(again, fill(again, self.chance, True, self.name), True)
            self.happened["gave up"] += 400 <= page.status_code < 500
        return page

    async def _post(self, form: Form, fields: list[Pair], wise: bool) -> httpx2.Response:
        began = time.perf_counter()
        page = await self.http.post(form.action, content=urlencode(fields), headers=HEADERS)
        self.happened.tap(page.status_code, page.text, time.perf_counter() - began, wise)
        return page

    def _is_mine(self, action: str) -> bool:
        return action.startswith(f"/w/{self.code}/")

    def _is_new(self, form: Form) -> bool:
        return form.asks and form.name not in self.answered


@lru_cache(maxsize=64)
def noticed(html: str) -> tuple[dict[str, str], list[str]]:
    """What a frame asks: the activity by the name of what asks (a question, a form), and whose own part is to be looked
    at. Everybody gets the same frames: each is read once for the whole room."""
    asks = {identity: identity for identity in STAGE.findall(html)}
    forms = read(html, lambda action: action.startswith("/w/") and SENT_TO.search(action) is not None)
    asks |= {each.name: SENT_TO.findall(each.action)[0] for each in forms}
    return asks, ASKING.findall(html)
