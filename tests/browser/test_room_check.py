"""The room check in a browser: what works is called good, what is blocked is called by its name, with what to do."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from app import clock
from tests.browser.conftest import LAPTOP, PHONE, SMALL, House, session_token
from tests.browser.test_accessible import violations

pytestmark = pytest.mark.browser


def visit(house: House, viewport: dict[str, int] = PHONE, language: str = "nl-NL", **options: object) -> Page:
    page = house.context(viewport, locale=language, **options).new_page()
    page.goto("/test")
    return page


def signed_in(house: House, viewport: dict[str, int] = LAPTOP) -> Page:
    context = house.context(viewport, locale="nl-NL")
    token = house.ask(lambda db: session_token(db, house.cast.anna))
    context.add_cookies([{"name": "morgen_trainer", "value": token, "url": house.running.address}])
    page = context.new_page()
    page.goto("/test")
    return page


def says(page: Page, check: str, words: str) -> None:
    expect(page.locator(f'[data-check="{check}"] [role=status]')).to_contain_text(re.compile(words), timeout=8000)


def test_on_a_good_line_each_check_says_good_in_words(house: House) -> None:
    page = visit(house)
    for check in ("socket", "polling", "clock"):
        says(page, check, "Goed")
    says(page, "socket", r"duurt \d+ milliseconden")
    says(page, "address", "Lukt niet.*alleen op deze computer")


def test_where_sockets_are_blocked_polling_still_is_good(house: House) -> None:
    page = house.context(PHONE, locale="nl-NL").new_page()
    page.route_web_socket("**/test/socket", lambda line: line.close())
    page.goto("/test")
    says(page, "socket", "Lukt niet.*Stuur ICT")
    says(page, "polling", "Goed")


def test_a_line_that_stops_halfway_is_no_good_line(house: House) -> None:
    page = house.context(PHONE, locale="nl-NL").new_page()
    page.route_web_socket("**/test/socket", lambda line: line.on_message(lambda text: (line.send(text), line.close())))
    page.goto("/test")
    says(page, "socket", "Let op.*stopt meteen")


def test_a_wifi_that_answers_in_our_place_is_found_out(house: House) -> None:
    def portal(route: Route) -> None:
        route.fulfill(status=200, body="Log in on the wifi")

    page = house.context(PHONE, locale="nl-NL").new_page()
    page.route("**/test/ping", portal)
    page.goto("/test")
    says(page, "polling", "Lukt niet.*in onze plaats")
    says(page, "clock", "Lukt niet")


def test_after_a_repair_the_check_runs_again(house: House) -> None:
    page = house.context(PHONE, locale="nl-NL").new_page()
    page.route("**/test/ping", lambda route: route.abort())
    page.goto("/test")
    says(page, "polling", "Lukt niet.*mobiel internet")
    page.unroute("**/test/ping")
    page.get_by_role("button", name="Check opnieuw").click()
    says(page, "polling", "Goed")
    says(page, "clock", "Goed")


@pytest.mark.parametrize(
    ("off", "words"), [(-61, "Let op.*(?:60|61|62) seconden voor"), (61, "Let op.*(?:60|61|62) seconden achter")]
)
def test_a_clock_that_is_a_minute_off_is_told(house: House, off: int, words: str) -> None:
    with clock.fixed(lambda: datetime.now(UTC) + timedelta(seconds=off)):
        page = visit(house)
        says(page, "clock", words)


def test_the_width_of_the_code_becomes_metres(house: House) -> None:
    page = visit(house)
    told = page.locator("[data-metres]")
    expect(told).to_have_text("Hij is te lezen vanaf 4 meter.")
    for width, words in (("85", "vanaf 8,5 meter"), ("", "van 1 tot 500"), ("-3", "van 1 tot 500")):
        page.get_by_label("Breedte van de code").fill(width)
        expect(told).to_contain_text(words)


def test_a_trainer_sends_a_test_mail_and_reads_what_became_of_it(house: House) -> None:
    page = signed_in(house)
    page.get_by_role("button", name="Stuur een testmail naar anna@example.org").click()
    expect(page.locator("#mail-said")).to_contain_text("in een map op de server")
    page.get_by_role("button", name="Stuur een testmail").click()
    expect(page.locator("#mail-said")).to_contain_text("Wacht een minuut")


def test_the_text_for_ict_is_copied_in_the_language_of_the_button(house: House) -> None:
    page = visit(house, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer de Engelse tekst").click()
    expect(page.locator("[data-share-told]").last).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()").startswith("On … (date)")


def test_without_javascript_the_page_says_so_and_keeps_the_text(house: House) -> None:
    page = visit(house, java_script_enabled=False)
    expect(page.get_by_text("JavaScript nodig")).to_be_visible()
    expect(page.locator("[data-checks]")).to_be_hidden()
    expect(page.get_by_text("Lange verbindingen")).to_be_visible()
    expect(page.get_by_text("40 centimeter")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_the_check_has_no_violation(house: House, language: str, theme: str) -> None:
    page = visit(house, language=language, color_scheme=theme)
    says(page, "clock", "Goed|Good")
    assert violations(page) == []


def test_nothing_scrolls_sideways_on_a_small_phone(house: House) -> None:
    for page in (visit(house, SMALL), signed_in(house, SMALL)):
        says(page, "clock", "Goed")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
