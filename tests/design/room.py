"""Pictures of a whole workshop: a room of simulated people, and every moment on the wall, the phone and the laptop."""

import asyncio
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from app import links
from app.core.kind import discover
from app.rehearsal.play import Company, fill_room
from app.settings import Settings
from tests.browser.conftest import LAPTOP, PHONE, SMALL, WALL, House, _prepare, in_own_loop
from tests.conftest import SECRET, serving

BEAMER = {"width": 1024, "height": 768}
SCRIPT = "opgave-in-40-minuten"
SETTLE_MS = 900


@contextmanager
def room(browser: Browser, people: int) -> Iterator[House]:
    """A running server with an open workshop, and `people` simulated participants who answer at once."""
    discover()
    links.load_keys(Settings(secret=SECRET))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'morgen.db'}"
        cast = in_own_loop(_prepare(url, SCRIPT))
        with serving(url, Path(folder)) as running:
            house = House(running, url, cast, browser, [])
            players = Players(running.address, house.code, people)
            try:
                yield house
            finally:
                players.leave()


class Players:
    """The simulated people, in a loop of their own."""

    def __init__(self, address: str, code: str, people: int) -> None:
        self.loop = asyncio.new_event_loop()
        self.over = asyncio.Event()
        play = fill_room(address, code, Company(people, patience=0.5, seed=7), self.over)
        self.thread = threading.Thread(target=self.loop.run_until_complete, args=(play,), daemon=True)
        self.thread.start()

    def leave(self) -> None:
        self.loop.call_soon_threadsafe(self.over.set)
        self.thread.join(10)
        self.loop.close()


def views(house: House) -> dict[str, Page]:
    """Everybody who looks, by the name of the picture."""
    return {
        "wall": house.projector(WALL),
        "beamer": house.projector(BEAMER),
        "phone": house.phone(PHONE),
        "small": house.phone(SMALL),
        "desk": house.trainer(LAPTOP),
        "pocket": house.trainer(PHONE),
    }


def walk(browser: Browser, out: Path, people: int = 24, dark: bool = False) -> None:
    """Press Next until the end; one picture of everybody at each moment."""
    with room(browser, people) as house:
        seen = views(house)
        if dark:
            for page in seen.values():
                page.emulate_media(color_scheme="dark")
        desk = seen["desk"]
        for number in range(60):
            _all_in(desk, people)
            for name, page in seen.items():
                _take(page, out / f"{number:02d}-{name}.png")
            if desk.locator("#next").is_disabled():
                break
            before = desk.locator(".control-row").get_attribute("data-moment") or ""
            desk.locator("#next").click()
            desk.wait_for_function(
                "before => document.querySelector('.control-row').dataset.moment !== before", arg=before
            )


def walk_in_the_dark(browser: Browser, out: Path) -> None:
    walk(browser, out, dark=True)


def _all_in(desk: Page, people: int) -> None:
    """Until the simulated people have answered, or are not asked."""
    for _ in range(40):
        desk.wait_for_timeout(250)
        ready = re.search(r"(\d+) (?:klaar|ready)", desk.locator(".counts").inner_text())
        if ready is None or int(ready[1]) >= people:
            break
    desk.wait_for_timeout(SETTLE_MS)


def _take(page: Page, path: Path) -> None:
    try:
        page.screenshot(path=path)
    except BrowserError as error:
        print(f"no picture {path.name}: {error.message.splitlines()[0]}")
