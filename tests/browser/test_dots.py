"""The steps of dots in a real browser: by thumb, by keyboard, after a morph, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from app.core.contribution import Contribution
from app.core.moments import Moment, following, present
from app.core.moving import activities_of, move_on
from app.core.workshop import Stage
from app.db import Database
from tests.browser.conftest import SMALL, House

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("house", ["opgave-in-40-minuten"], indirect=True)]


def to_the_needs(house: House) -> None:
    """Press Next, without a screen, until the dots are on the stage."""

    async def walk(db: Database) -> None:
        here = ""
        while here != "needs":
            async with db.read() as session:
                stage = await session.get_one(Stage, house.cast.workshop.id)
                activities = list(await activities_of(session, house.cast.workshop.id))
            to = following(stage, activities) or Moment()
            await db.write(move_on, house.cast.workshop.id, str(present(stage, activities)), str(to))
            here = next(each.key for each in activities if each.id == to.activity_id)

    house.ask(walk)


def given(house: House) -> list[dict[str, int]]:
    async def read(db: Database) -> list[dict[str, int]]:
        async with db.read() as session:
            rows = await session.exec(select(Contribution.entry).order_by(col(Contribution.created_at)))
            return [{key: count for key, count in entry["dots"].items() if count} for entry in rows.all()]

    return house.ask(read)


def more(phone: Page, number: int) -> None:
    phone.locator('[data-dot="1"]').nth(number).click()


def test_three_dots_are_spent_by_thumb_and_stay_counted_after_the_reply(house: House) -> None:
    to_the_needs(house)
    phone = house.phone(SMALL)
    left, steps = phone.locator("[data-left]"), phone.locator('[data-dot="1"]')
    expect(left).to_have_text("Stippen over: 3")
    for number in (0, 0, 2):
        more(phone, number)
    expect(left).to_have_text("Stippen over: 0")
    expect(steps.nth(1)).to_be_disabled()
    phone.locator(".thumb .button-primary").click()
    expect(phone.locator(".notice-saved")).to_be_visible()
    expect(left).to_have_text("Stippen over: 0")
    expect(steps.nth(1)).to_be_disabled()
    phone.locator('[data-dot="-1"]').nth(0).click()
    expect(left).to_have_text("Stippen over: 1")
    expect(steps.nth(1)).to_be_enabled()
    assert given(house) == [{"team": 2, "partners": 1}]


def test_one_press_is_one_dot_after_many_morphs(house: House) -> None:
    to_the_needs(house)
    phone = house.phone()
    for _ in range(3):
        phone.locator(".thumb .button-primary").click()
        expect(phone.get_by_role("alert")).to_be_visible()
    more(phone, 0)
    expect(phone.locator("[data-left]")).to_have_text("Stippen over: 2")


def test_the_keyboard_keeps_its_place_at_the_last_dot(house: House) -> None:
    to_the_needs(house)
    phone = house.phone()
    step = phone.get_by_role("button", name="Eén stip meer voor Team")
    step.focus()
    for _ in range(4):
        phone.keyboard.press("Enter")
    expect(step).to_be_focused()
    expect(phone.locator("input[type=number]").nth(0)).to_have_value("2")
    phone.keyboard.press("Tab")
    expect(phone.locator("input[type=number]").nth(1)).to_be_focused()
    expect(step).to_have_js_property("disabled", True)


def test_too_many_typed_says_how_many_to_take_away(house: House) -> None:
    to_the_needs(house)
    phone = house.phone()
    for number in range(3):
        phone.locator("input[type=number]").nth(number).fill("2")
    expect(phone.locator("[data-left]")).to_have_text("Te veel. Haal weg: 3")
    phone.locator(".thumb .button-primary").click()
    expect(phone.get_by_role("alert")).to_have_text("Je hebt 3 stippen en gaf er 6. Haal er 3 weg.")
    expect(phone.locator("input[type=number]").nth(2)).to_have_value("2")
    assert given(house) == []


def test_without_javascript_the_numbers_are_typed(house: House) -> None:
    to_the_needs(house)
    phone = house.phone(SMALL, java_script_enabled=False)
    expect(phone.locator("[data-dot]").first).to_be_hidden()
    phone.locator("input[type=number]").nth(0).fill("1")
    phone.locator(".thumb .button-primary").click()
    expect(phone.locator("input[type=number]").nth(0)).to_have_value("1")
    assert given(house) == [{"team": 1}]
