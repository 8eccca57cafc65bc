"""A whole draaiboek in real browsers: one trainer, one projector, three phones, and a room of simulated people who come
in by the same doors."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.moving import activities_of
from app.core.workshop import Activity, Workshop
from app.db import Database
from app.scripts import shipped
from tests.browser.conftest import LAPTOP, PHONE, SMALL, House, in_own_loop
from tests.browser.test_workshop import FILL, next_moment
from tests.conftest import Cast, make_cast, serving
from tests.design.room import Players
from tests.design.test_projector import CUT

PLAYERS, TABLES = 14, 3
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


@dataclass
class Moment:
    """Where the room is, and what is wrong with a screen there."""

    step: str
    key: str
    kind: str
    phase: str

    def __str__(self) -> str:
        return f"{self.step}/{self.key}:{self.phase}"


@dataclass
class Journey:
    """`wrong` gathers what a screen shows that it may not, with the moment; `pictures` holds what it looked like."""

    house: House
    activities: dict[str, Activity]
    desk: Page
    wall: Page
    phones: dict[str, Page]
    pictures: Path
    wrong: list[str] = field(default_factory=list)

    def moments(self) -> Iterator[Moment]:
        """Press Next until the end; every screen is looked at when the room has come to rest."""
        while not self.desk.locator("#next").is_disabled():
            next_moment(self.desk)
            moment = self.here()
            self._everybody_is_there()
            self.look_for_faults(moment)
            yield moment
            self.until_ready()
            self.look_for_faults(moment)

    def here(self) -> Moment:
        identity, _, phase = (self.desk.locator(".control-row").get_attribute("data-moment") or "").partition(":")
        activity = self.activities[identity]
        return Moment(activity.step, activity.key, activity.kind, phase)

    def _everybody_is_there(self) -> None:
        question = self.desk.locator(".preview-question").inner_text()
        for page in (self.wall, *self.phones.values()):
            expect(page.locator("h1.question").last).to_have_text(question)

    def until_ready(self, people: int = PLAYERS) -> None:
        """Until the simulated people have answered, or are not asked."""
        for _ in range(60):
            ready = re.search(r"(\d+) klaar", self.desk.locator(".counts").inner_text())
            if ready is None or int(ready[1]) >= people:
                return
            self.desk.wait_for_timeout(100)
        raise AssertionError(f"{self.here()}: {self.desk.locator('.counts').inner_text()}")

    def look_for_faults(self, moment: Moment) -> None:
        """No phone scrolls sideways, nothing of the stage is cut off."""
        for name, phone in self.phones.items():
            if (wider := phone.evaluate(WIDER)) > 0:
                self.wrong.append(f"{moment} {name}: {wider} px too wide")
        cut = self.wall.evaluate(CUT)
        for text in cut:
            self.wrong.append(f"{moment} wall: {text.strip()[:60]!r} is cut off")
        if cut:
            self.wall.screenshot(path=self.pictures / f"{len(self.wrong)}.png")

    def answer(self, name: str) -> None:
        """One real phone answers what is asked now, and sees that it was kept."""
        phone = self.phones[name]
        mine = phone.locator(".mine")
        expect(mine.locator(".button-primary").first).to_be_visible()
        mine.evaluate(FILL)
        mine.locator(".button-primary").first.click()
        expect(phone.locator(".notice-saved").first).to_be_visible()


def sit(house: House, phone: Page, table: str) -> None:
    """Choose a seat and come back to the room."""
    phone.goto(f"/w/{house.code}/seat")
    phone.locator(f'label[for="table-{table}"]').click()
    phone.locator(".seat-form .button-primary").click()
    phone.wait_for_selector("#live", state="attached")


async def _prepare(url: str, script: str) -> tuple[Cast, dict[str, Activity]]:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    await engine.dispose()
    db = Database(url)
    # In time: who opens a minute late loses a step.
    cast = await make_cast(db, script=shipped()[script], opgave="", starts_at=datetime.now(UTC))
    async with db.read() as session:
        activities = await activities_of(session, cast.workshop.id)
    await db.write(_with_tables, cast.workshop.id)
    await db.close()
    return cast, {each.id: each for each in activities}


async def _with_tables(session: AsyncSession, workshop_id: str) -> None:
    workshop = await session.get_one(Workshop, workshop_id)
    workshop.tables = TABLES
    session.add(workshop)


@contextmanager
def journey(browser: Browser, folder: Path, script: str) -> Iterator[Journey]:
    """The draaiboek of this name, in which the room writes the opgave; all are in, nobody has answered. Fails where a
    page had an error or broke the content policy."""
    url = f"sqlite+aiosqlite:///{folder / 'morgen.db'}"
    cast, activities = in_own_loop(_prepare(url, script))
    with serving(url, folder) as running:
        house = House(running, url, cast, browser, [])
        players = Players(running.address, house.code, PLAYERS)
        phones = {"small": house.phone(SMALL), "phone": house.phone(PHONE), "online": house.phone(LAPTOP)}
        for (_, phone), table in zip(phones.items(), ("1", "2", "online"), strict=True):
            sit(house, phone, table)
        try:
            yield Journey(house, activities, house.trainer(), house.projector(), phones, folder)
        finally:
            players.leave()
            for context in list(browser.contexts):
                context.close()
    assert house.faults == []
