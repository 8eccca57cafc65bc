"""A real browser (Debian's Chromium, else Playwright's own) against a real server on SQLite."""

import asyncio
import re
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from app import links
from app.db import Database
from app.scripts import shipped
from tests.conftest import Cast, Running, make_cast, serving, session_token

T = TypeVar("T")
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
LAPTOP = {"width": 1440, "height": 900}
WALL = {"width": 1920, "height": 1080}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    found = {"executable_path": chromium} if chromium else {}
    return {**browser_type_launch_args, **found, "args": arguments}


@dataclass
class House:
    """A running server, its database, Anna's open workshop, and browsers for whoever comes."""

    running: Running
    url: str
    cast: Cast
    browser: Browser
    faults: list[str]

    def ask(self, verb: Callable[[Database], Coroutine[Any, Any, T]]) -> T:
        """Run something against the database, beside the server."""

        async def run() -> T:
            db = Database(self.url)
            try:
                return await verb(db)
            finally:
                await db.close()

        return in_own_loop(run())

    def context(self, viewport: dict[str, int], **options: Any) -> BrowserContext:
        made = self.browser.new_context(viewport=viewport, base_url=self.running.address, **options)
        made.set_default_timeout(10_000)
        made.on("weberror", lambda error: self.faults.append(str(error.error)))
        made.on("console", lambda message: self._hear(message.type, message.text))
        return made

    def _hear(self, kind: str, text: str) -> None:
        known = ("Failed to load resource", "WebSocket connection to", "net::ERR")
        if kind == "error" and not text.startswith(known):
            self.faults.append(text)

    @property
    def code(self) -> str:
        return self.cast.workshop.code

    def phone(self, viewport: dict[str, int] = PHONE, **options: Any) -> Page:
        """Somebody scans the code and joins."""
        page = self.context(viewport, **options).new_page()
        page.goto(f"/{self.code}")
        page.get_by_role("button", name=re.compile("Doe mee|Join in")).click()
        page.wait_for_selector("#screen")
        return page

    def projector(self, viewport: dict[str, int] = WALL) -> Page:
        token = links.sign("projector", self.cast.workshop.id, self.cast.workshop.link_epoch)
        page = self.context(viewport).new_page()
        page.goto(f"/w/{self.code}/projector/{token}")
        return page

    def trainer(self, viewport: dict[str, int] = LAPTOP) -> Page:
        token = self.ask(lambda db: session_token(db, self.cast.anna))
        context = self.context(viewport)
        context.add_cookies([{"name": "morgen_trainer", "value": token, "url": self.running.address}])
        page = context.new_page()
        page.goto(f"/w/{self.code}/facilitator")
        return page


def in_own_loop(work: Coroutine[Any, Any, T]) -> T:
    """Playwright's sync API keeps a loop in this thread: others run in another."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _prepare(url: str, script: str | None) -> Cast:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    await engine.dispose()
    db = Database(url)
    try:
        return await make_cast(db, **({"script": shipped()[script]} if script else {}))
    finally:
        await db.close()


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path, browser: Browser) -> Iterator[House]:
    """With `@pytest.mark.parametrize("house", ["opgave-in-40-minuten"], indirect=True)`: that shipped script."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}"
    cast = in_own_loop(_prepare(url, getattr(request, "param", None)))
    faults: list[str] = []
    with serving(url, tmp_path) as running:
        yield House(running, url, cast, browser, faults)
        for context in list(browser.contexts):
            context.close()
    assert faults == []
