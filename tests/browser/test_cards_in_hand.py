"""The trainer's list of cards while new ones come: what stood there is not told again, stays, and still works."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House
from tests.browser.test_typed import go_to, house, send_card

__all__ = ["house"]
pytestmark = pytest.mark.browser


def test_the_cards_that_stood_there_stay_and_work(house: House) -> None:
    go_to(house, "kaarten:open")
    desk, phones = house.trainer(), [house.phone() for _ in range(2)]
    told: list[str] = []
    desk.on("websocket", lambda line: line.on("framereceived", lambda frame: told.append(str(frame))))
    desk.reload()
    send_card(phones[0], "twee uur zonder overleg")
    send_card(phones[1], "een busje voor de wijk")
    send_card(phones[0], "een lijst met kamers")
    cards = desk.locator(".card-list > li")
    expect(cards).to_have_count(3)
    expect(cards.nth(2)).to_contain_text("twee uur zonder overleg")
    cards.nth(2).locator("summary").click()
    field = cards.nth(2).locator("textarea")
    field.fill("twee uur zonder")
    send_card(phones[1], "een sleutel van het gebouw")
    expect(cards).to_have_count(4)
    expect(cards.nth(3)).to_contain_text("twee uur zonder overleg")
    expect(cards.nth(3).locator("textarea")).to_have_value("twee uur zonder")
    last = next(text for text in reversed(told) if "een sleutel" in text)
    assert "data-same" in last
    assert "twee uur zonder overleg" not in last
    cards.nth(2).get_by_role("button", name="Verberg").click()
    expect(cards.nth(2)).to_contain_text("(verborgen)")
    cards.nth(3).get_by_role("button", name="Bewaar").click()
    expect(cards.nth(3)).to_contain_text("(jouw woorden)")
