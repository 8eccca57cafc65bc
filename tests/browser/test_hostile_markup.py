"""Markup in every text, in a real browser: no dialog opens, no script runs, and the policy has nothing to refuse."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route
from sqlmodel.ext.asyncio.session import AsyncSession

from app import links
from app.core.contribute import contribute
from app.core.errors import Refused
from app.core.forgetting import free_texts
from app.core.joining import join
from app.core.kind import KINDS
from app.core.moments import following, present
from app.core.moving import activities_of, move_on
from app.core.workshop import Stage
from app.db import Database
from app.ids import hashed, random_id
from tests.browser.conftest import LAPTOP, PHONE, WALL, House
from tests.follow_up import commit
from tests.hostile.poison import poison

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("house", ["opgave-in-40-minuten"], indirect=True),
]
RUNS = "window.ran=1;alert(1)"
PAYLOADS = (
    f"<script>{RUNS}</script>",
    f'"><img src=x onerror="{RUNS}">',
    f"</textarea></title><svg onload='{RUNS}'>",
    f'<a href="javascript:{RUNS}" autofocus onfocus="{RUNS}" tabindex=1>x</a>',
    f'<p hx-get="/" hx-trigger="load[{RUNS}]" hx-on:load="{RUNS}" hx-vals="js:{{a:{RUNS}}}">x</p>',
    f'<iframe srcdoc="<script>parent.{RUNS}</script>"></iframe><base href="//evil.example/">',
)
BROWSER = "the phone of somebody"


async def type_everywhere(db: Database, house: House) -> None:
    """An answer to every question that has a place for text, a commitment, and then every text that is stored."""
    someone = await db.write(join, house.cast.workshop.id, hashed(BROWSER), "nl")
    async with db.read() as session:
        activities = list(await activities_of(session, house.cast.workshop.id))
    while await db.write(one_on, house.cast.workshop.id):
        pass
    for number, activity in enumerate(activities):
        kind = KINDS[activity.kind]
        for form in kind.example(kind.Spec.model_validate(activity.spec), number, "nl") if kind.takes_entries else ():
            texts = {name: PAYLOADS[number % len(PAYLOADS)][:60] for name in free_texts(kind.Entry) if name in form}
            try:
                await db.write(contribute, someone, activity.id, {**form, **texts}, random_id())
            except Refused:
                continue
    await commit(db, house.cast.workshop, hashed("another phone"), name="x")
    await poison(db, *PAYLOADS)


async def one_on(session: AsyncSession, workshop_id: str) -> str:
    """The moment that the room comes to; empty at the end."""
    stage = await session.get_one(Stage, workshop_id)
    activities = await activities_of(session, workshop_id)
    to = following(stage, activities)
    if to is None:
        return ""
    await move_on(session, workshop_id, str(present(stage, activities)), str(to))
    return str(to)


def watched(house: House, viewport: dict[str, int], **cookies: str) -> BrowserContext:
    context = house.context(viewport)
    context.add_cookies([{"name": key, "value": value, "url": house.running.address} for key, value in cookies.items()])
    context.on("dialog", lambda dialog: (house.faults.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    return context


def ensure_quiet(house: House, page: Page) -> None:
    assert page.evaluate("window.ran") is None, page.url
    assert page.locator("iframe, base, [onload], [onerror], [onfocus], [href^=javascript]").count() == 0, page.url
    assert house.faults == [], page.url


def test_markup_in_every_text_runs_nothing_for_any_audience(house: House) -> None:
    house.ask(lambda db: type_everywhere(db, house))
    anna = house.trainer().context.cookies()[0]["value"]
    workshop, code = house.cast.workshop, house.code
    wall = f"/w/{code}/projector/{links.sign('projector', workshop.id, workshop.link_epoch)}"
    phone = watched(house, PHONE, morgen=BROWSER).new_page()
    screen, laptop = watched(house, WALL).new_page(), watched(house, LAPTOP, morgen_trainer=anna).new_page()
    for path in (
        "facilitator",
        "people",
        "trainer",
        "report",
        "conditions",
        "replies",
        "plan",
        "letter/preview",
        "paper",
    ):
        laptop.goto(f"/w/{code}/{path}")
        assert "<script>" in laptop.inner_text("body") or path in ("replies", "plan", "people", "paper"), path
        ensure_quiet(house, laptop)
    for page, path in ((screen, wall), (phone, f"/w/{code}"), (phone, f"/w/{code}/me"), (laptop, "/trainer")):
        page.goto(path)
        ensure_quiet(house, page)


def test_the_policy_alone_stops_what_would_come_through(house: House) -> None:
    """The page as it would be if nothing were escaped: the browser runs none of it."""

    def let_through(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", "".join(PAYLOADS) + "</main>"))

    page = watched(house, PHONE).new_page()
    refused: list[Any] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.route("**/privacy", let_through)
    page.goto("/privacy")
    page.wait_for_selector("svg[onload]", state="attached")
    page.locator("a", has_text="x").last.focus()
    assert page.evaluate("window.ran") is None
    assert [each for each in refused if "Content Security Policy" in each]
    assert not [each for each in house.faults if each.startswith("a dialog")]
    house.faults.clear()
