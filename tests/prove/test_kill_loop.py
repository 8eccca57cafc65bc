"""Confirmed means stored: 60 phones go on answering while the server is killed again and again."""

import asyncio
import random

import httpx2
import pytest
from sqlmodel import select

from app.core.contribution import Contribution
from app.db import Database
from tests.bench.house import House, house
from tests.bench.room import Phone, crowd, move

pytestmark = pytest.mark.prove
PEOPLE, KILLS, BETWEEN = 60, 6, 4.0
PICKS = ("veel", "weinig", "niets")


def test_every_answer_that_a_phone_saw_confirmed_is_stored_once() -> None:
    with house() as place:
        confirmed, stored = asyncio.run(_kill_and_answer(place))
    assert len(confirmed) == PEOPLE
    assert len(stored) == PEOPLE
    wrong = {cookie for cookie, allowed in confirmed.items() if stored[cookie] not in allowed}
    assert wrong == set()


async def _kill_and_answer(place: House) -> tuple[dict[int, set[str]], dict[int, str]]:
    """Per phone: what may stand there (the last confirmed answer, and any sent after it), and what stands there."""
    async with crowd(place, PEOPLE) as http:
        phones = [Phone(place) for _ in range(PEOPLE)]
        for phone in phones:
            assert await phone.join(http)
            await phone.leave()
        await move(http, place, 0, 1)
        activity = place.moments[1][0]
        allowed: dict[int, set[str]] = {}
        over = asyncio.Event()
        people = [
            asyncio.create_task(_answer(http, phone, n, activity, allowed, over)) for n, phone in enumerate(phones)
        ]
        for _ in range(KILLS):
            await asyncio.sleep(BETWEEN)
            await asyncio.to_thread(place.restart)
        await asyncio.sleep(BETWEEN)
        over.set()
        owners = await asyncio.gather(*people)
    db = Database(place.url)
    async with db.read() as session:
        rows = (await session.exec(select(Contribution))).all()
    await db.close()
    assert len(rows) == len({row.participant_id for row in rows})
    return allowed, {owners.index(row.id): row.entry["pick"] for row in rows if row.id in owners}


async def _answer(
    http: httpx2.AsyncClient,
    phone: Phone,
    number: int,
    activity: str,
    allowed: dict[int, set[str]],
    over: asyncio.Event,
) -> str:
    """Answer until it is over; returns the id of this phone's one contribution."""
    chance = random.Random(number)
    while not over.is_set():
        pick = chance.choice(PICKS)
        allowed.setdefault(number, set()).add(pick)
        try:
            if await phone.answer(http, activity, pick):
                allowed[number] = {pick}
        except httpx2.HTTPError:
            await asyncio.sleep(0.3)
        await asyncio.sleep(chance.uniform(0.05, 0.4))
    return await _own(phone)


async def _own(phone: Phone) -> str:
    db = Database(phone.house.url)
    async with db.read() as session:
        found = await session.exec(
            select(Contribution.id).where(Contribution.participant_id == await phone.who(session))
        )
        identity = found.one()
    await db.close()
    return identity
