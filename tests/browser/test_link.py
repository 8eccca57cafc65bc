"""The line to the room when it breaks: the page tells the truth, keeps what is typed, and heals by itself."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect
from sqlmodel import col, select

from app.core.contribution import Contribution
from app.core.grouping import draw_groups
from app.core.moving import activities_of, move_on, set_phase
from app.core.participant import Participant
from app.core.workshop import Stage
from app.db import Database
from tests.browser.conftest import PHONE, House
from tests.conftest import serving

pytestmark = pytest.mark.browser
LONG = 30_000
SEND = re.compile("Verstuur|Send")


def to_the_open_poll(house: House) -> None:
    async def move(db: Database) -> None:
        async with db.read() as session:
            stage = await session.get_one(Stage, house.cast.workshop.id)
            poll = list(await activities_of(session, house.cast.workshop.id))[1]
        await db.write(move_on, house.cast.workshop.id, f"{stage.activity_id}:open", f"{poll.id}:open")

    house.ask(move)


async def divide_and_set(house: House, phase: str, db: Database) -> None:
    workshop = house.cast.workshop.id
    async with db.read() as session:
        poll = list(await activities_of(session, workshop))[1]
        people = [each.id for each in (await session.exec(select(Participant))).all()]
    await db.write(draw_groups, workshop, 2, people, "zaad")
    await db.write(set_phase, workshop, poll.id, phase)


def answers(house: House) -> list[str]:
    async def read(db: Database) -> list[str]:
        async with db.read() as session:
            own = col(Contribution.workshop_id) == house.cast.workshop.id
            return [str(row.entry["pick"]) for row in (await session.exec(select(Contribution).where(own))).all()]

    return house.ask(read)


def expect_link(page: Page, state: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-link", state, timeout=LONG)


def forgive_the_line(house: House) -> None:
    """htmx tells the console of every failed request; a broken line is what these tests make."""
    known = ("htmx: htmx:ws:error", "htmx: htmx:error: Failed to fetch", "htmx: htmx:error: timeout")
    house.faults[:] = [fault for fault in house.faults if not fault.startswith(known)]


@contextmanager
def another_server(house: House, port: int = 0) -> Iterator[int]:
    """A server that a test may stop; later again on the same port."""
    with serving(house.url, house.running.settings.data, port=port) as running:
        house.running = running
        yield running.settings.port


@dataclass
class Line:
    """Between a page and its sockets: a proxy that can shut them, or let them hang half-open."""

    is_open: bool = True
    hangs: bool = False

    def install(self, page: Page) -> None:
        page.route_web_socket(re.compile("/live/"), self.meet)

    def meet(self, socket: WebSocketRoute) -> None:
        if not self.is_open:
            socket.close(code=1001)
            return
        server = socket.connect_to_server()
        server.on_message(lambda message: None if self.hangs else socket.send(message))


def test_a_restart_is_told_and_then_healed(house: House) -> None:
    with another_server(house) as port:
        phone = house.phone()
        expect(phone.locator("h1")).to_contain_text("Vraag binnen?")
        expect_link(phone, "live")
    expect_link(phone, "lost")
    expect(phone.locator("#link")).to_be_visible()
    to_the_open_poll(house)
    with another_server(house, port):
        expect_link(phone, "live")
        expect(phone.locator("h1")).to_contain_text("Vraag open?", timeout=LONG)
        phone.get_by_label("Veel").check()
        phone.get_by_role("button", name=SEND).click()
        expect(phone.locator(".notice-saved")).to_be_visible()
        phone.context.close()
        forgive_the_line(house)


def test_what_is_tapped_offline_is_sent_once_when_the_line_is_back(house: House) -> None:
    to_the_open_poll(house)
    phone = house.phone()
    posted: list[str] = []
    phone.context.set_offline(True)
    expect_link(phone, "lost")
    phone.get_by_label("Veel").check()
    phone.get_by_role("button", name=SEND).click()
    expect(phone.locator("form[data-unsent]")).to_have_count(1)
    assert answers(house) == []
    phone.on("response", lambda answer: posted.append(answer.url) if answer.request.method == "POST" else None)
    phone.context.set_offline(False)
    expect(phone.locator("html[data-waiting]")).to_have_count(0)
    expect(phone.locator("form[data-unsent]")).to_have_count(0)
    expect_link(phone, "live")
    assert answers(house) == ["veel"]
    assert len(posted) == 1
    forgive_the_line(house)


def test_what_is_tapped_offline_survives_a_reload(house: House) -> None:
    to_the_open_poll(house)
    phone = house.phone()
    phone.route("**/contributions", lambda route: route.abort())
    phone.get_by_label("Weinig").check()
    phone.get_by_role("button", name=SEND).click()
    expect(phone.locator("form[data-unsent]")).to_have_count(1)
    phone.unroute("**/contributions")
    with phone.expect_response("**/contributions") as sent:
        phone.reload()
    assert sent.value.status == 200
    expect(phone.get_by_label("Weinig")).to_be_checked()
    expect(phone.locator("html[data-waiting]")).to_have_count(0)
    assert answers(house) == ["weinig"]
    forgive_the_line(house)


def test_what_is_tapped_while_an_older_tap_is_being_sent_goes_after_it(house: House) -> None:
    to_the_open_poll(house)
    phone = house.phone()
    phone.route("**/contributions", lambda route: route.abort())
    button = phone.locator("form.tap button").first
    phone.get_by_label("Veel").check()
    button.click()
    expect(phone.locator("form[data-unsent]")).to_have_count(1)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    phone.unroute("**/contributions")
    phone.route("**/contributions", hold)
    phone.evaluate("dispatchEvent(new Event('online'))")
    while not held:
        phone.wait_for_timeout(20)
    phone.get_by_label("Weinig").check()
    button.click()
    phone.wait_for_timeout(200)
    assert len(held) == 1
    held[0].continue_()
    expect(phone.locator("html[data-waiting]")).to_have_count(0)
    expect(phone.get_by_label("Weinig")).to_be_checked()
    assert answers(house) == ["weinig"]
    forgive_the_line(house)


def test_a_half_open_socket_is_noticed(house: House) -> None:
    phone, line = house.context(PHONE).new_page(), Line()
    phone.clock.install()
    line.install(phone)
    come_in(phone, house)
    expect(phone.locator("#live")).to_be_attached()
    expect_link(phone, "live")
    line.hangs, line.is_open = True, False
    to_the_open_poll(house)
    phone.route("**/parts/**", lambda route: route.abort())
    phone.clock.fast_forward(25_000)
    expect_link(phone, "lost")
    phone.unroute("**/parts/**")
    line.hangs, line.is_open = False, True
    phone.clock.fast_forward(5_000)
    expect_link(phone, "live")
    expect(phone.locator("h1")).to_contain_text("Vraag open?")


def test_a_half_open_socket_is_noticed_also_after_the_clock_was_put_back(house: House) -> None:
    phone, line = house.context(PHONE).new_page(), Line()
    phone.clock.install()
    line.install(phone)
    come_in(phone, house)
    expect_link(phone, "live")
    line.hangs, line.is_open = True, False
    phone.route("**/parts/**", lambda route: route.abort())
    phone.clock.set_system_time(datetime.now() - timedelta(hours=1))
    phone.clock.fast_forward(3_000)
    phone.clock.fast_forward(25_000)
    expect_link(phone, "lost")
    forgive_the_line(house)


def test_where_sockets_are_blocked_the_page_polls_and_says_so(house: House) -> None:
    phone, line = house.context(PHONE).new_page(), Line(is_open=False)
    phone.clock.install()
    line.install(phone)
    come_in(phone, house)
    phone.clock.fast_forward(5_000)
    expect_link(phone, "poll")
    expect(phone.locator("#link")).to_be_visible()
    to_the_open_poll(house)
    phone.clock.fast_forward(4_000)
    expect(phone.locator("h1")).to_contain_text("Vraag open?")
    phone.get_by_label("Veel").check()
    phone.get_by_role("button", name=SEND).click()
    expect(phone.locator(".notice-saved")).to_be_visible()


def test_what_is_ones_own_is_there_where_sockets_are_blocked_too(house: House) -> None:
    to_the_open_poll(house)
    phone, blocked = house.context(PHONE).new_page(), Line(is_open=False)
    blocked.install(phone)
    come_in(phone, house)
    expect_link(phone, "poll")
    phone.get_by_label("Veel").check()
    phone.get_by_role("button", name=SEND).click()
    expect(phone.locator(".notice-saved")).to_be_visible()
    for phase, count in (("closed", 0), ("open", 1), ("closed", 0)):
        house.ask(partial(divide_and_set, house, phase))
        expect(phone.get_by_label("Veel")).to_have_count(count, timeout=LONG)
        expect(phone.locator(".mine")).to_contain_text("Veel")
        expect(phone.locator("#own-group")).to_contain_text("groep 1")
    forgive_the_line(house)


def test_a_page_that_was_hidden_comes_back_to_the_present(house: House) -> None:
    phone = house.phone()
    expect_link(phone, "live")
    show(phone, hidden=True)
    to_the_open_poll(house)
    show(phone, hidden=False)
    expect(phone.locator("h1")).to_contain_text("Vraag open?", timeout=LONG)
    expect_link(phone, "live")


def show(page: Page, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
          Object.defineProperty(document, "visibilityState",
            { value: hidden ? "hidden" : "visible", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def come_in(page: Page, house: House) -> None:
    page.goto(f"/{house.code}")
    page.get_by_role("button", name=re.compile("Doe mee|Join in")).click()
    page.wait_for_selector("#screen")
