"""The participant's journey in WebKit, for half of the phones in a room: join, answer, sleep, come back, commit."""

from pathlib import Path

from sqlmodel import col, select

from app.core.contribution import Contribution
from app.core.lasting import Commitment
from app.core.moving import activities_of, move_on
from app.core.workshop import Workshop
from app.db import Database
from app.migrate import upgrade
from tests.activities.test_commitment import EXAMPLE_SPEC
from tests.browser.conftest import in_own_loop
from tests.conftest import Cast, Running, make_cast, serving
from tests.scripts import activity, options, small_script
from tests.webkit.driver import Page, webkit

ACT = "ik bel Karin en vraag twee kamers"
WIDER = "document.documentElement.scrollWidth <= innerWidth"
LIVE = "document.documentElement.dataset.link === 'live'"
BUTTON = ".mine .button-primary"


class Room:
    """Anna's workshop: a poll, then the commitment. Steps are taken beside the server, as her window would."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cast: Cast = in_own_loop(self._make())

    async def _make(self) -> Cast:
        poll = activity("open", "poll", options=options("veel", "weinig", "niets"))
        db = Database(self.url)
        try:
            return await make_cast(db, script=small_script(poll, activity("morgen", "commitment", **EXAMPLE_SPEC)))
        finally:
            await db.close()

    def step(self, leaves: int, leads_to: int) -> None:
        async def move() -> bool:
            db = Database(self.url)
            try:
                async with db.read() as session:
                    found = [f"{each.id}:open" for each in await activities_of(session, self.cast.workshop.id)]
                return await db.write(move_on, self.cast.workshop.id, found[leaves], found[leads_to])
            finally:
                await db.close()

        assert in_own_loop(move())

    def said(self) -> tuple[list[str], list[str]]:
        """The answers to the poll, and the acts."""

        async def read() -> tuple[list[str], list[str]]:
            db = Database(self.url)
            here = self.cast.workshop.id
            async with db.read() as session:
                cards = (await session.exec(select(Contribution).where(col(Contribution.workshop_id) == here))).all()
                acts = (await session.exec(select(Commitment.act).where(col(Commitment.workshop_id) == here))).all()
            await db.close()
            return [str(each.entry["pick"]) for each in cards if "pick" in each.entry], list(acts)

        return in_own_loop(read())


def test_join_answer_sleep_come_back_and_commit(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}"
    upgrade(url)
    room = Room(url)
    with webkit() as phone, serving(url, tmp_path) as running:
        join(phone, running, room.cast.workshop)
        room.step(0, 1)
        pick(phone, "veel")
        assert room.said() == (["veel"], [])
        sleep(phone)
        room.step(1, 2)
        wake(phone, running, room.cast.workshop)
        commit(phone)
        assert room.said() == (["veel"], [ACT])
        phone.reload()
        phone.holds("document.body.innerText.includes(arguments[0])", ACT[1:])
        phone.holds(LIVE)


def join(phone: Page, running: Running, workshop: Workshop) -> None:
    phone.open(f"{running.address}/{workshop.code}")
    phone.click("form[action$='/participants'] button")
    phone.find("#screen")
    phone.holds(LIVE)
    phone.holds(WIDER)


def pick(phone: Page, option: str) -> None:
    phone.click(f".mine label:has(input[value='{option}']), .mine input[value='{option}']")
    phone.click(BUTTON)
    phone.find(".notice-saved")
    phone.holds(WIDER)


def sleep(phone: Page) -> None:
    """Another page in the same window: the phone's is frozen or let go, and its socket closes."""
    phone.open("about:blank")


def wake(phone: Page, running: Running, workshop: Workshop) -> None:
    phone.call("POST", "/back")
    phone.holds("document.querySelector('h1') && document.querySelector('h1').innerText.includes('Vraag morgen')")
    phone.holds(LIVE)


def commit(phone: Page) -> None:
    """Through the screens to *This is my commitment*."""
    for number, css, text in (
        (1, "textarea", ACT),
        (2, "label:has(input[value='09:30'])", ""),
        (3, "input[name='who']", "Karin"),
        (4, "textarea", "ik weet ja of nee"),
        (5, "label", ""),
        (6, "label.choice:nth-of-type(5)", ""),
        (6, "textarea", "bel ik om 11:00 uur Peter"),
    ):
        here = f"[data-screen='{number}']"
        if text:
            phone.type(f"{here} {css}", text)
            phone.holds("document.querySelector(arguments[0]).value === arguments[1]", f"{here} {css}", text)
        else:
            phone.click(f"{here} {css}")
        phone.holds(WIDER)
        if (number, css) != (6, "label.choice:nth-of-type(5)"):
            phone.click(f"{here} [data-step='next']")
    phone.type("[data-screen='7'] input[name='name']", "Chantal")
    phone.click(".thumb-last button")
    phone.find(".read-act")
    for text in (ACT[1:], "9:30", "Karin", "ik weet ja of nee", "bel ik om 11:00 uur Peter"):
        assert text in phone.text("main")
    phone.click("form:has(input[value='seal']) button")
    phone.find(".notice-saved")
