"""Forms carry a participant through where JavaScript is off, too old, or broken on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.test_link import answers, come_in, to_the_open_poll

pytestmark = pytest.mark.browser
LOOK = re.compile("Kijk of er iets nieuws is|See if there is anything new")


def walk_through(phone: Page, house: House) -> None:
    """Look again, answer, change the answer, and find it back."""
    look = phone.get_by_role("link", name=LOOK)
    expect(look).to_be_visible()
    to_the_open_poll(house)
    expect(phone.locator("h1")).to_contain_text("Vraag binnen?")
    look.click()
    expect(phone.locator("h1")).to_contain_text("Vraag open?")
    for label in ("Veel", "Weinig"):
        phone.get_by_label(label).check()
        with phone.expect_navigation():
            phone.locator("form.tap button").click()
        expect(phone.get_by_label(label)).to_be_checked()
    assert answers(house) == ["weinig"]


def test_without_javascript_a_participant_joins_answers_and_looks_again(house: House) -> None:
    walk_through(house.phone(java_script_enabled=False), house)


def test_a_bundle_that_no_browser_reads_leaves_the_button_and_the_forms(house: House) -> None:
    phone = house.context(PHONE).new_page()
    broken = {"status": 200, "content_type": "text/javascript", "body": "let ?. = not a script"}
    phone.route("**/bundles/participant-*.js", lambda route: route.fulfill(**broken))
    come_in(phone, house)
    walk_through(phone, house)
    assert house.faults
    assert all(fault.startswith(("SyntaxError", "Unexpected")) for fault in house.faults), house.faults
    house.faults.clear()


def test_a_bundle_that_never_arrives_leaves_them_too(house: House) -> None:
    phone = house.context(PHONE).new_page()
    phone.route("**/bundles/*.js", lambda route: route.abort())
    come_in(phone, house)
    walk_through(phone, house)


def test_with_javascript_the_button_is_not_in_the_way(house: House) -> None:
    phone = house.phone()
    expect(phone.locator("html")).to_have_attribute("data-live", "yes")
    expect(phone.locator("#old-browser")).to_be_hidden()


def test_the_projector_link_shows_without_javascript(house: House) -> None:
    page = house.context(PHONE, java_script_enabled=False).new_page()
    page.goto(house.projector().url)
    expect(page.locator("#screen")).to_contain_text(house.code)
