"""Who is in a workshop before it is measured: made by the verbs, in one transaction. Taps and sockets are real."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import ids, links
from app.core.contribute import contribute
from app.core.joining import enter, under_lock
from app.core.workshop import Workshop
from app.db import Database
from app.ids import hashed
from app.settings import Settings
from tests.bench.house import SECRET, House
from tests.bench.load import request


@dataclass(frozen=True)
class Cast:
    """`cookies` of the phones; `wall` is the path of the projector's socket."""

    house: House
    cookies: tuple[str, ...]
    wall: str

    @property
    def trainer(self) -> str:
        return f"morgen_trainer={self.house.token}"

    @property
    def phones(self) -> str:
        return f"/w/{self.house.code}/live/participant"

    @property
    def desk(self) -> str:
        return f"/w/{self.house.code}/live/facilitator"

    def tap(self, phone: int, moment: int, **form: str) -> bytes:
        """What the browser of one phone sends."""
        path = f"/w/{self.house.code}/activities/{self.house.moments[moment][0]}/contributions"
        return request(self.house.address, path, self.cookies[phone], {"key": "bench", **form})

    def step(self, leaves: int, leads_to: int) -> bytes:
        """The facilitator's Next."""
        moments = [f"{activity}:{phase}" for activity, phase in self.house.moments]
        form = {"leaves": moments[leaves], "leads_to": moments[leads_to]}
        return request(self.house.address, f"/w/{self.house.code}/stage", self.trainer, form)


def cast(house: House, people: int, cards: int = 0, moment: int = 1) -> Cast:
    """So many people, and so many cards that they sent before."""
    links.load_keys(Settings(secret=SECRET))  # type: ignore[arg-type]
    return asyncio.run(_cast(house, people, cards, house.moments[moment][0]))


async def _cast(house: House, people: int, cards: int, activity: str) -> Cast:
    tokens = [ids.random_id() for _ in range(people)]
    db = Database(house.url)
    try:
        workshop = await db.write(_seed, house.code, tokens, cards, activity)
    finally:
        await db.close()
    wall = f"/w/{house.code}/live/projector/{links.sign('projector', workshop.id, workshop.link_epoch)}"
    return Cast(house, tuple(f"morgen={token}" for token in tokens), wall)


async def _seed(session: AsyncSession, code: str, tokens: Sequence[str], cards: int, activity: str) -> Workshop:
    workshop = (await session.exec(select(Workshop).where(Workshop.code == code))).one()
    at_its_door = await under_lock(session, workshop.id)
    people = [await enter(session, at_its_door, hashed(token), "nl") for token in tokens]
    for number in range(cards):
        form = {"text": f"een kaart van vooraf, nummer {number}"}
        await contribute(session, people[number % len(people)], activity, form, f"before-{number}")
    return workshop
