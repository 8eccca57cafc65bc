"""Every page without an axe violation, in both languages and both themes; and a participant with a keyboard only."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app import clock
from tests.browser.conftest import LAPTOP, PHONE, SMALL, House
from tests.browser.test_workshop import answer_all, commit, send_address

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("house", ["opgave-in-40-minuten"], indirect=True)]
# The page is one landmark of a room: a heading order within pushed parts is the kind's own.
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{page.url}: {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def speak(page: Page, language: str) -> None:
    page.context.add_cookies([{"name": "lang", "value": language, "url": page.url.split("/w/")[0]}])
    page.reload()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_the_trainer_has_a_violation(house: House, language: str, theme: str) -> None:
    page = house.trainer()
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    speak(page, language)
    found = violations(page)
    for path in (
        "/",
        "/nowhere/at/all",
        "/trainer",
        "/trainer/scripts/opgave-in-40-minuten",
        "/trainer/workshops/new",
        f"/w/{house.code}/trainer",
        "/record",
        f"/w/{house.code}/cases",
        f"/w/{house.code}/poster",
        f"/w/{house.code}/deletion",
        f"/w/{house.code}/plan",
        f"/w/{house.code}/invitation",
        f"/w/{house.code}/manager",
        f"/w/{house.code}/data",
        f"/organisations/{house.cast.workshop.organisation_id}",
        f"/privacy/{house.code}",
        f"/accessibility/{house.code}",
    ):
        page.goto(path)
        found += violations(page)
    page.context.clear_cookies()
    for path in ("/sign-in", "/sign-in/code", "/sign-in/used"):
        page.goto(path)
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_moment_of_the_room_has_a_violation(house: House, language: str) -> None:
    trainer, wall, phone = house.trainer(), house.projector(), house.phone()
    phone.goto(f"/w/{house.code}")
    found = violations(phone)
    for page in (trainer, wall, phone):
        speak(page, language)
    found += [each for page in (trainer, wall, phone) for each in violations(page)]
    for _ in answer_all(house, trainer, [(phone, "bel Karin en vraag twee kamers", "Noor")]):
        phone.wait_for_timeout(200)
        found += [each for page in (trainer, wall, phone) for each in violations(page)]
    assert sorted(set(found)) == []


def test_no_page_after_the_workshop_has_a_violation(house: House) -> None:
    phone = house.phone()
    phone.goto(f"/w/{house.code}/leaving")
    commit(phone, "bel Karin en vraag twee kamers", "Noor")
    found = violations(phone)
    link = send_address(house, phone, "noor@example.org")
    for path in (f"/w/{house.code}/me", f"/w/{house.code}/screen", link, link + "/again", link.replace("/a/", "/u/")):
        phone.goto(path)
        found += violations(phone)
    assert found == []
    late = clock.now().replace(year=clock.now().year + 1)
    with clock.fixed(lambda: late):
        phone.goto(link)
        found += violations(phone)
    assert found == []


@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_no_page_of_the_follow_up_has_a_violation(house: House, language: str, theme: str) -> None:
    phone, trainer = house.phone(SMALL), house.trainer()
    phone.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    phone.goto(f"/w/{house.code}/leaving")
    speak(phone, language)
    commit(phone, "bel Karin en vraag twee kamers", "Noor")
    link = send_address(house, phone, "noor@example.org")
    phone.goto(link)
    own = str(phone.locator('a[href*="/p/"]').first.get_attribute("href"))
    found = look_at(phone, [own, own + "/card", own + "/data", own + "/deletion", link + "/next", link + "/week"])
    for days, path in ((6, link), (14, link + "/week"), (40, link + "/month")):
        later = clock.now() + timedelta(days=days)
        with clock.fixed(lambda now=later: now):
            found += look_at(phone, [own, path])
            if path.endswith("/month"):
                phone.locator("label.scale-button").nth(4).click()
            phone.locator("main form button").first.click()
            expect(phone.locator("#more")).to_be_visible()
            found += violations(phone) + look_at(phone, [link + "/next", own])
    trainer.goto(f"/w/{house.code}/replies")
    assert found + violations(trainer) == []


def look_at(page: Page, paths: list[str]) -> list[str]:
    """Violations, and pages that scroll sideways."""
    found: list[str] = []
    for path in paths:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += violations(page) + ([f"{path} is {wide} px too wide"] if wide > 0 else [])
    return found


def tab_to(page: Page, text: str) -> None:
    """Press Tab until what has focus shows `text`."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; return (e.innerText || e.getAttribute('aria-label') || "
            "(e.labels && e.labels[0] && e.labels[0].innerText) || '') + ' ' + e.tagName; }"
        )
        if re.search(text, focused):
            return
    raise AssertionError(f"Tab never reached {text}")


def test_a_keyboard_is_enough_to_run_the_room_and_to_take_part(house: House) -> None:
    trainer = house.trainer()
    phone = house.context(PHONE).new_page()
    phone.goto(f"/{house.code}")
    tab_to(phone, "Doe mee")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("#screen")
    tab_to(trainer, "Volgende")
    trainer.keyboard.press("Enter")
    expect(phone.locator("input[type=radio]").first).to_be_visible()
    phone.locator("body").press("Tab")
    tab_to(phone, "INPUT")
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowDown")
    tab_to(phone, "Verstuur")
    phone.keyboard.press("Enter")
    expect(phone.locator(".notice-saved")).to_be_visible()


@pytest.mark.parametrize("viewport", [SMALL, LAPTOP])
def test_nothing_scrolls_sideways(house: House, viewport: dict[str, int]) -> None:
    phone = house.phone(viewport)
    trainer = house.trainer(viewport)
    for _ in answer_all(house, trainer, [(phone, "bel Karin en vraag twee kamers", "Noor")]):
        for page in (phone, trainer):
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, page.url


def test_reduced_motion_is_respected(house: House) -> None:
    wall = house.projector()
    wall.emulate_media(reduced_motion="reduce")
    duration = wall.evaluate("getComputedStyle(document.querySelector('.horizon-picture *')).transitionDuration")
    assert float(duration.rstrip("s").split(",")[0].rstrip("s")) < 0.01
