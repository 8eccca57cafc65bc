"""The print set as a printer gets it: no card is cut, and the commitment stands twice on one page."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SMALL, House, session_token
from tests.browser.test_accessible import violations

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("house", ["opgave-in-40-minuten"], indirect=True)]
MM = 96 / 25.4
WIDE, HIGH = 190 * MM, 277 * MM
"""What an A4 with margins of 10 mm holds, in CSS pixels."""


def paper(house: House, language: str, viewport: dict[str, int]) -> Page:
    token = house.ask(lambda db: session_token(db, house.cast.anna))
    context = house.context(viewport)
    context.add_cookies([{"name": "morgen_trainer", "value": token, "url": house.running.address}])
    page = context.new_page()
    page.goto(f"/w/{house.code}/paper?lang={language}")
    return page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_cards_of_each_step_fit_on_a_page(house: House, language: str) -> None:
    page = paper(house, language, {"width": round(WIDE), "height": round(HIGH)})
    page.emulate_media(media="print")
    page.evaluate("document.fonts.ready")
    heights = page.locator(".paper-card").evaluate_all("all => all.map((card) => card.getBoundingClientRect().height)")
    gap = 6 * MM
    assert len(heights) >= 6
    assert max(heights) * 2 + gap <= HIGH
    sheets = page.locator(".paper-sheet").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert max(sheets) <= HIGH


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pdf_has_as_many_pages_as_the_cards_ask_for(house: House, language: str) -> None:
    page = paper(house, language, {"width": 1440, "height": 900})
    pdf = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    steps = page.locator(".paper-cards").first.locator(".paper-card").count()
    sheets = page.locator(".paper-sheet").count()
    assert (steps + 1) // 2 + 1 < pages <= (steps + 1) // 2 + 1 + sheets


def test_on_a_screen_the_set_has_no_violation_and_scrolls_one_way_only(house: House) -> None:
    page = paper(house, "nl", SMALL)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
