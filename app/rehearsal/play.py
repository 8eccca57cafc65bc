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
LAST = 1.0
"""Seconds at least for the last answers, before the workshop is closed."""
MOMENT = re.compile(r'data-moment="([^"]*)" data-next="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Company:
    """How many play, how long they think at most (seconds), and by which chance."""

    participants: int
    patience: float = 3.0
    seed: int = 0


async def fill_room(address: str, code: str, company: Company, over: asyncio.Event) -> Happened:
    """Players who stay until `over`; what happened, counted."""
    happened = Happened()
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


async def run_room(address: str, code: str, token: str, pause: float, say: Callable[[str], None]) -> None:
    """The facilitator of a rehearsal: through all moments by the real buttons, `pause` seconds each."""
    async with _desk(address, token) as http:
        while True:
            screen = await http.get(f"/w/{code}/parts/facilitator")
            found = MOMENT.search(screen.text)
            if found is None or not found[2]:
                break
            title = re.search(r'class="preview-question">([^<]*)<', screen.text)
            say(title[1] if title else found[1])
            await asyncio.sleep(pause)
            await http.post(f"/w/{code}/stage", data={"leaves": found[1], "leads_to": found[2]})
        await asyncio.sleep(max(pause, LAST))
        await http.post(f"/w/{code}/closing")


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
    over = asyncio.Event()
    room = asyncio.create_task(fill_room(address, code, company, over))
    await asyncio.sleep(min(pause, 2.0))
    await run_room(address, code, token, pause, say)
    over.set()
    return await room
