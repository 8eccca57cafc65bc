"""The account, the pages of an admin and the ways in: no axe violation, none too wide, and by keyboard alone."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from app.core.admitting import knock, set_door
from app.core.audit import Act, note
from app.core.signing_in import invite
from app.core.trainer import Trainer
from app.core.workshop import Door
from app.db import Database
from app.ids import hashed
from tests.browser.conftest import LAPTOP, SMALL, House
from tests.browser.test_accessible import look_at, violations
from tests.browser.test_keyboard import press, reach, reach_field
from tests.conftest import session_token
from tests.web.test_account import PASSWORD, with_password, with_second_factor

pytestmark = pytest.mark.browser


async def furnish(db: Database, house: House) -> str:
    """Anna is an admin with a password and a colleague, there is a log, two wait at her door, and Dirk has a second
    factor; the token of a browser in which he still has to show it."""
    anna, workshop = house.cast.anna, house.cast.workshop

    async def fill(session) -> None:
        (await session.get_one(Trainer, anna.id)).is_admin = True
        await invite(session, "karel.van.der.heuvel-jansen@gemeente-arnhem-noord.nl", "", False, anna.organisation_id)
        await note(session, anna, Act.EXPORT, workshop.id)
        await set_door(session, workshop.id, Door.ASK)
        for browser in ("els", "bas"):
            await knock(session, workshop.id, hashed(browser), "nl")

    await db.write(fill)
    await with_password(db, anna)
    await with_second_factor(db, house.cast.dirk)
    return await session_token(db, house.cast.dirk)


def browser_of(house: House, viewport: dict[str, int], language: str, theme: str, token: str) -> Page:
    context = house.context(viewport, color_scheme="dark" if theme == "dark" else "light")
    for name, value in (("lang", language), ("morgen_trainer", token)):
        context.add_cookies([{"name": name, "value": value, "url": house.running.address}])
    return context.new_page()


@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_no_page_of_the_account_and_of_an_admin_has_a_violation(house: House, language: str, theme: str) -> None:
    waits = house.ask(lambda db: furnish(db, house))
    anna = house.ask(lambda db: session_token(db, house.cast.anna))
    page = browser_of(house, SMALL, language, theme, anna)
    own = f"/organisations/{house.cast.workshop.organisation_id}"
    found = look_at(page, ["/account", "/account/second-factor", "/admin", own, f"/w/{house.code}/door"])
    page.goto("/account")
    for summary in page.locator("main summary").all():
        summary.click()
    found += violations(page)
    page.locator('input[name="former"]').first.fill("fout")
    page.locator('input[name="password"]').fill("nog een lang wachtwoord")
    page.locator('form:has(input[name="password"]) button').click()
    expect(page.locator("[aria-invalid]").first).to_be_visible()
    found += violations(page)
    found += look_at(browser_of(house, SMALL, language, theme, waits), ["/sign-in/second"])
    found += look_at(browser_of(house, SMALL, language, theme, "x"), ["/sign-in", "/sign-in/code", f"/w/{house.code}"])
    assert found == []


def test_an_admin_invites_and_gives_a_role_by_keyboard_alone(house: House) -> None:
    house.ask(lambda db: furnish(db, house))
    page = browser_of(house, LAPTOP, "nl", "light", house.ask(lambda db: session_token(db, house.cast.anna)))
    page.goto("/admin")
    reach(page, "Verander")
    page.keyboard.press("Enter")
    press(page, "Maak beheerder")
    expect(page.locator(".notice-saved")).to_be_visible()
    expect(page.locator(".account-rows")).to_contain_text(re.compile("Karel.*beheerder"))
    reach_field(page, "INPUT")
    page.keyboard.type("els@example.org")
    press(page, "Verstuur de uitnodiging")
    expect(page.locator(".account-rows")).to_contain_text("els@example.org")


def test_a_second_step_is_set_up_and_used_by_keyboard_alone(house: House) -> None:
    house.ask(lambda db: furnish(db, house))
    page = browser_of(house, LAPTOP, "nl", "light", house.ask(lambda db: session_token(db, house.cast.anna)))
    page.goto("/account")
    press(page, "Stel het in")
    page.wait_for_url("**/second-factor")
    reach(page, "Lukt scannen niet?")
    page.keyboard.press("Enter")
    secret = page.locator(".copy-line code").inner_text()
    reach_field(page, "INPUT")
    page.keyboard.type(pyotp.TOTP(secret).now())
    press(page, "Zet aan")
    expect(page.locator("main code").first).to_be_visible()
    kept = page.locator("main code").first.inner_text()
    assert violations(page) == []
    page.context.clear_cookies(name="morgen_trainer")
    page.goto("/sign-in")
    reach_field(page, "INPUT")
    page.keyboard.type("anna@example.org")
    reach(page, "Geen mail hier?")
    page.keyboard.press("Enter")
    for typed in ("anna@example.org", PASSWORD):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/second")
    expect(page.locator("input:focus")).to_be_visible()  # a page has its focus a moment after it came
    page.keyboard.type(kept)
    page.keyboard.press("Enter")
    page.wait_for_url("**/trainer")
