"""A whole rehearsal: a room full of players, and somebody who presses Next."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import httpx2

from app.rehearsal.happened import Happened
from app.rehearsal.phrases import NAMES
from app.rehearsal.player import Player

FOOLISH = 0.35
"""Share of players whose sentences are good intentions."""
WAITS = 20.0
"""Seconds that the facilitator waits at most for who is still writing, and for the next one to come in."""
LOOKS = 0.05
LAST = 1.0
"""Seconds at least for the last moment: until all phones show it, the room is quiet too."""
MOMENT = re.compile(r'data-moment="([^"]*)" data-next="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Company:
    """How many play, how long they think at most (seconds), and by which chance."""

    participants: int
    patience: float = 3.0
    seed: int = 0


async def fill_room(
    address: str, code: str, company: Company, over: asyncio.Event, happened: Happened | None = None
) -> Happened:
    """Players who stay until `over`; what happened, counted, also while it goes on."""
    happened = Happened() if happened is None else happened
    chance = Random(company.seed)
    players = [
        Player(
            address,
            code,
            NAMES[number % len(NAMES)],
            Random(chance.random()),
            chance.random() > FOOLISH,
            company.patience,
            happened,
            number,
        )
        for number in range(company.participants)
    ]
    await asyncio.gather(*(player.play(over) for player in players))
    return happened


async def run_room(
    address: str,
    code: str,
    token: str,
    pause: float,
    say: Callable[[str], None],
    is_quiet: Callable[[], bool] = lambda: True,
) -> None:
    """The facilitator of a rehearsal: through all moments by the real buttons, at least `pause` seconds each, and
    longer while the room is not quiet."""
    async with _desk(address, token) as http:
        while True:
            screen = await http.get(f"/w/{code}/parts/facilitator")
            found = MOMENT.search(screen.text)
            if found is None or not found[2]:
                break
            title = re.search(r'class="preview-question">([^<]*)<', screen.text)
            say(title[1] if title else found[1])
            await _stay(pause, is_quiet)
            await http.post(f"/w/{code}/stage", data={"leaves": found[1], "leads_to": found[2]})
        await _stay(max(pause, LAST), is_quiet)
        await http.post(f"/w/{code}/closing")


async def _stay(pause: float, is_quiet: Callable[[], bool]) -> None:
    await asyncio.sleep(pause)
    for _ in range(int(WAITS / LOOKS)):
        if is_quiet():
            break
        await asyncio.sleep(LOOKS)


def _desk(address: str, token: str) -> httpx2.AsyncClient:
    """The browser of a signed-in trainer."""
    headers = {"Origin": address, "HX-Request": "true"}
    return httpx2.AsyncClient(base_url=address, headers=headers, cookies={"morgen_trainer": token}, timeout=30)


async def play(
    address: str, code: str, token: str, company: Company, pause: float, say: Callable[[str], None]
) -> Happened:
    """Everything: the room fills, the steps go by, the room empties."""
    async with _desk(address, token) as http:
        await http.post(f"/w/{code}/opening")
    over, happened = asyncio.Event(), Happened()
    room = asyncio.create_task(fill_room(address, code, company, over, happened))
    await _come_in(company, happened)
    await run_room(address, code, token, pause, say, lambda: not happened.waiting)
    over.set()
    return await room


async def _come_in(company: Company, happened: Happened) -> None:
    """Until all are in, or nobody came in for a while."""
    came, waited = 0, 0.0
    while came < company.participants and waited < WAITS:
        await asyncio.sleep(LOOKS)
        before, came = came, happened["joined"] + happened["could not join"]
        waited = 0 if came > before else waited + LOOKS
