"""The first taps in a real browser: in within two, and seen by all."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def test_a_phone_is_in_within_two_taps_and_follows_the_room(house: House) -> None:
    trainer = house.trainer()
    phone = house.phone()
    wall = house.projector()
    expect(wall.locator("body")).to_contain_text(house.code)
    trainer.locator("#next").click()
    expect(phone.locator("h1")).to_contain_text("Vraag open?")
    expect(wall.locator("h1")).to_contain_text("Vraag open?")
    phone.get_by_label("Veel").check()
    phone.get_by_role("button", name=re.compile("Verstuur|Send")).click()
    expect(phone.locator(".notice-saved")).to_be_visible()
    expect(trainer.locator(".counts")).to_contain_text(re.compile("1 (klaar|ready)"))
    phone.reload()
    expect(phone.get_by_label("Veel")).to_be_checked()


def test_two_facilitator_windows_stay_equal(house: House) -> None:
    one, two = house.trainer(), house.trainer()
    one.locator("#next").click()
    expect(two.locator(".preview-question")).to_contain_text("Vraag open?")
    two.locator("#next").click()
    expect(one.locator(".preview-question")).to_contain_text("Vraag verborgen?")


def test_the_clicker_moves_the_room_and_blanks_the_wall(house: House) -> None:
    trainer = house.trainer()
    wall = house.projector()
    trainer.keyboard.press("PageDown")
    expect(wall.locator("h1")).to_contain_text("Vraag open?")
    trainer.keyboard.press("b")
    expect(wall.locator("h1")).to_have_count(0)
    trainer.keyboard.press("b")
    expect(wall.locator("h1")).to_contain_text("Vraag open?")
    trainer.keyboard.press("PageUp")
    expect(wall.locator("body")).to_contain_text("Vraag binnen?")
