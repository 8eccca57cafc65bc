"""A phone whose network goes wrong below the browser: a real line between the two is cut, blocked, or falls silent.
What takes as long as it takes stands in `tests/prove`."""

import re
import time
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.test_link import answers, divide_and_set, expect_link, forgive_the_line, show, to_the_open_poll
from tests.resilience.between import Between, between

pytestmark = pytest.mark.browser


@pytest.fixture
def line(house: House) -> Iterator[Between]:
    with between(house.running.settings.port) as made:
        yield made
        for context in list(house.browser.contexts):  # what is under way ends before the line does
            context.close()
        forgive_the_line(house)


def come_in(page: Page, house: House, line: Between) -> None:
    page.goto(f"http://127.0.0.1:{line.port}/{house.code}")
    page.get_by_role("button", name=re.compile("Doe mee|Join in")).click()
    page.wait_for_selector("#screen")


def tap(phone: Page, label: str) -> None:
    phone.get_by_label(label).check()
    phone.locator("form.tap button").first.click()


def expect_sent(phone: Page) -> None:
    expect(phone.locator("form[data-unsent]")).to_have_count(0)
    expect(phone.locator("html[data-waiting]")).to_have_count(0)


def test_from_wifi_to_4g_what_is_tapped_meanwhile_is_sent_once(house: House, line: Between) -> None:
    """Every line breaks at once, and for a while there is no new one; the browser itself tells nothing of it."""
    to_the_open_poll(house)
    phone = house.context(PHONE).new_page()
    come_in(phone, house, line)
    expect_link(phone, "live")
    line.is_away = True
    line.cut()
    tap(phone, "Veel")
    expect(phone.locator("form[data-unsent]")).to_have_count(1)
    assert answers(house) == []
    line.is_away = False
    expect_sent(phone)
    expect_link(phone, "live")
    assert answers(house) == ["veel"]
    tap(phone, "Weinig")
    expect(phone.locator(".notice-saved")).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("Weinig")).to_be_checked()
    assert answers(house) == ["weinig"]


def test_what_is_ones_own_is_there_after_sleeping_and_when_the_question_goes_to_and_fro(
    house: House, line: Between
) -> None:
    """The room was divided into groups and the question was closed while the phone slept; then it is opened again."""
    to_the_open_poll(house)
    phone = house.context(PHONE).new_page()
    come_in(phone, house, line)
    tap(phone, "Veel")
    expect_sent(phone)
    line.is_away = True
    line.cut()
    expect_link(phone, "lost")
    house.ask(partial(divide_and_set, house, "closed"))
    line.is_away = False
    expect_link(phone, "live")
    expect(phone.locator("#own-group")).to_contain_text("groep 1")
    expect(phone.locator(".mine")).to_contain_text("Veel")
    expect(phone.get_by_label("Veel")).to_have_count(0)
    for phase in ("open", "closed"):
        house.ask(partial(divide_and_set, house, phase))
        if phase == "open":
            expect(phone.get_by_label("Veel")).to_be_checked()
        else:
            expect(phone.get_by_label("Veel")).to_have_count(0)
            expect(phone.locator(".mine")).to_contain_text("Veel")


def test_a_line_that_breaks_again_and_again_loses_nothing(house: House, line: Between) -> None:
    to_the_open_poll(house)
    phone = house.context(PHONE).new_page()
    come_in(phone, house, line)
    for label in ("Veel", "Weinig", "Niets"):
        expect_link(phone, "live")
        phone.get_by_label(label).check()
        line.cut()
        phone.locator("form.tap button").first.click()
        line.cut()
    expect_sent(phone)
    expect_link(phone, "live")
    assert answers(house) == ["niets"]


def test_after_twenty_minutes_in_a_pocket_everything_is_caught_up(house: House, line: Between) -> None:
    """The page was hidden, its clock stood still, and its lines are dead by then, without a word."""
    phone = house.context(PHONE).new_page()
    phone.clock.install()
    come_in(phone, house, line)
    expect_link(phone, "live")
    show(phone, hidden=True)
    line.silence()
    to_the_open_poll(house)
    phone.clock.fast_forward("20:00")
    show(phone, hidden=False)
    phone.clock.run_for(6_000)
    expect_link(phone, "live")
    expect(phone.locator("h1")).to_contain_text("Vraag open?")
    tap(phone, "Veel")
    # Not the notice that it was saved: a line that comes back just then has the phone ask for its own part anew.
    kept = phone.get_by_role("button", name="Verander mijn antwoord")
    for _ in range(8):  # a browser keeps up to six dead lines, and learns of each by waiting
        phone.clock.fast_forward(21_000)
        phone.wait_for_timeout(300)
        if kept.count():
            break
    expect(kept).to_be_visible()
    expect_sent(phone)
    assert answers(house) == ["veel"]


def seconds_until(page: Page, state: str) -> float:
    begun = time.monotonic()
    expect_link(page, state)
    return time.monotonic() - begun


@pytest.mark.prove
def test_where_sockets_are_blocked_the_page_polls_within_five_seconds(
    house: House, line: Between, capsys: pytest.CaptureFixture[str]
) -> None:
    line.blocks = True
    phone = house.context(PHONE).new_page()
    come_in(phone, house, line)
    until_poll = seconds_until(phone, "poll")
    to_the_open_poll(house)
    begun = time.monotonic()
    expect(phone.locator("h1")).to_contain_text("Vraag open?")
    seen = time.monotonic() - begun
    tap(phone, "Veel")
    expect(phone.locator(".notice-saved")).to_be_visible()
    with capsys.disabled():
        print(f"\npolling after {until_poll:.1f} s, a step seen after {seen:.1f} s")
    assert until_poll < 5.5
    assert seen < 5.5
    expect(phone.locator("#link")).to_be_visible()
    line.blocks = False
    expect_link(phone, "live")


@pytest.mark.prove
def test_a_half_open_line_is_noticed_within_twenty_five_seconds(
    house: House, line: Between, capsys: pytest.CaptureFixture[str]
) -> None:
    """The phone finds its way back without having been told anything."""
    phone = house.context(PHONE).new_page()
    come_in(phone, house, line)
    expect_link(phone, "live")
    line.silence()
    line.is_away = True
    noticed = seconds_until(phone, "lost")
    expect(phone.locator("#link")).to_be_visible()
    to_the_open_poll(house)
    line.is_away = False
    back = seconds_until(phone, "live")
    expect(phone.locator("h1")).to_contain_text("Vraag open?")
    with capsys.disabled():
        print(f"\nnoticed after {noticed:.1f} s, live again {back:.1f} s after the network")
    assert noticed < 25.5
    assert back < 10
