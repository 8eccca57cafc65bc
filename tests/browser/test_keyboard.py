"""Everything by keyboard: a trainer runs a short workshop and a participant takes part, and neither loses the focus."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from app.core.making import Plan, make_workshop
from app.core.script import Script
from app.core.signing_in import invite
from app.db import Database
from tests.activities import test_commitment, test_dots, test_scale
from tests.browser.conftest import PHONE, House, in_own_loop
from tests.conftest import Cast, serving
from tests.scripts import activity, small_script, step

pytestmark = pytest.mark.browser
ASKED = (
    activity("kaarten", "cards", max_cards=3, hide=True),
    activity("waar", "scale", **test_scale.GAP),
    activity("stippen", "dots", **test_dots.ASKED),
)
LAST = activity("morgen", "commitment", **test_commitment.EXAMPLE_SPEC)
MIDDLE = small_script(*ASKED)
SCRIPT = Script.model_validate(
    MIDDLE.model_dump(mode="json")
    | {"steps": [*MIDDLE.model_dump(mode="json")["steps"][:2], step("s9", LAST, keep=True)]}
)
MOST_TABS = 90
FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), shown = (e) => e &&
    (getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none');
  const label = at.labels && at.labels[0];
  return {
    tag: at.tagName, id: at.id,
    text: (at.innerText || at.getAttribute('aria-label') || (label && label.innerText) || '').trim(),
    marked: Boolean(shown(at) || shown(at.nextElementSibling) || shown(at.closest('label'))),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


async def prepare(url: str) -> Cast:
    """Anna's workshop, which she has not opened yet."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    await engine.dispose()
    db = Database(url)
    try:
        anna = (await db.write(invite, "anna@example.org", "Anna")).trainer
        plan = Plan(
            organisation_id=anna.organisation_id or "",
            title="De workshop van Anna",
            starts_at=datetime.now(UTC),
            time_zone="Europe/Amsterdam",
            language="nl",
            opgave="In 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek.",
        )
        workshop = await db.write(make_workshop, anna, SCRIPT, plan)
        return Cast(anna, workshop, anna, workshop)
    finally:
        await db.close()


@pytest.fixture
def house(tmp_path: Path, browser: Browser) -> Iterator[House]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}"
    cast = in_own_loop(prepare(url))
    faults: list[str] = []
    with serving(url, tmp_path) as running:
        yield House(running, url, cast, browser, faults)
        for context in list(browser.contexts):
            context.close()
    assert faults == []


def reach(page: Page, text: str, key: str = "Tab") -> None:
    """Press Tab until what has focus says `text` or has it as its id; each place on the way is marked and in view."""
    for _ in range(MOST_TABS):
        at = page.evaluate(FOCUS)
        if at["id"] == text or re.search(rf"^{text}", at["text"]):
            return
        page.keyboard.press(key)
        at = page.evaluate(FOCUS)
        if at["tag"] not in ("BODY", "HTML"):
            assert at["marked"], at
            assert at["inView"], at
    raise AssertionError(f"Tab never reached {text}; at {page.evaluate(FOCUS)}")


def press(page: Page, text: str, key: str = "Enter") -> None:
    reach(page, text)
    page.keyboard.press(key)


def ensure_focused(page: Page) -> None:
    """News has come, and the next Tab does not begin at the top."""
    page.wait_for_function("() => document.activeElement && document.activeElement !== document.body")
    at = page.evaluate(FOCUS)
    assert at["inView"], at


def more(page: Page, text: str) -> None:
    """A command behind *More*, which stands open or not."""
    if page.locator("#more-controls").get_attribute("open") is None:
        press(page, "Meer")
    press(page, text)


def until_moment(page: Page, key: str) -> None:
    """Next, by keyboard, until the question is on the stage."""
    for _ in range(12):
        if f"Vraag {key}?" in page.locator("#preview").inner_text():
            return
        before = page.locator(".control-row").get_attribute("data-moment") or ""
        press(page, "next")
        expect(page.locator(".control-row")).not_to_have_attribute("data-moment", before)
        ensure_focused(page)
    raise AssertionError(f"{key} never came")


def write_card(phone: Page, words: str) -> None:
    reach_field(phone, "TEXTAREA")
    phone.keyboard.type(words)
    press(phone, "Verstuur")
    expect(phone.locator(".mine")).to_contain_text(words)
    ensure_focused(phone)


def reach_field(page: Page, tag: str) -> None:
    for _ in range(MOST_TABS):
        if page.evaluate(FOCUS)["tag"] == tag:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached a {tag}")


def test_a_trainer_runs_a_workshop_by_keyboard_alone(house: House) -> None:
    desk, wall = house.trainer(), house.projector()
    press(desk, "open")
    expect(desk.locator("#next")).to_be_visible()
    ensure_focused(desk)
    phone = house.phone()
    until_moment(desk, "kaarten")
    for words in ("een wijkcoach", "een bus", "twee uur zonder overleg"):
        write_card(phone, words)
    press(desk, "reveal")
    expect(wall.locator(".card-wall")).to_contain_text("een wijkcoach")
    ensure_focused(desk)
    press(desk, r"\+1")
    expect(wall.locator(".stage-timer .timer")).to_be_visible()
    _screens(desk, wall, phone)
    _cards(desk, wall)
    _questions(desk, wall)


def _screens(desk: Page, wall: Page, phone: Page) -> None:
    more(desk, "still")
    expect(desk.locator(".is-still")).to_be_visible()
    ensure_focused(desk)
    press(desk, "still")
    expect(desk.locator(".is-still")).to_have_count(0)
    press(desk, "look-up-button")
    expect(phone.locator("body")).to_contain_text(re.compile("Kijk even op"))
    press(desk, "look-up-button")
    press(desk, "blank")
    expect(wall.locator(".card-wall")).to_have_count(0)
    ensure_focused(desk)
    desk.keyboard.press("b")
    expect(wall.locator(".card-wall")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#more-controls")).not_to_have_attribute("open", "")
    assert desk.evaluate(FOCUS)["text"] == "Meer"


def _cards(desk: Page, wall: Page) -> None:
    for _ in range(2):
        press(desk, "Vink aan", "Space")
        desk.keyboard.press("Tab")
    press(desk, "Voeg samen wat")
    expect(desk.locator(".card-times")).to_be_visible()
    ensure_focused(desk)
    press(desk, "Toon groot")
    expect(wall.locator(".spotlit")).to_be_visible()
    press(desk, "Terug naar de muur")
    expect(wall.locator(".spotlit")).to_have_count(0)
    press(desk, "Verberg$")
    expect(desk.locator(".moderation .is-off")).to_have_count(1)
    ensure_focused(desk)
    press(desk, "undo")
    expect(desk.locator(".moderation .is-off")).to_have_count(0)
    ensure_focused(desk)


def _questions(desk: Page, wall: Page) -> None:
    """The keys of the clicker do nothing while somebody types; and a question in between comes next."""
    press(desk, "Pas de tekst aan")
    reach(desk, "De vraag")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("Blijft bij b, l en .")
    desk.keyboard.press("ArrowRight")
    assert desk.locator(".control-row").get_attribute("data-blank") == "no"
    press(desk, "Toon deze tekst")
    expect(wall.locator("h1")).to_have_text("Blijft bij b, l en .")
    ensure_focused(desk)
    more(desk, "Stel een losse vraag")
    reach(desk, "De vraag")
    desk.keyboard.type("Gaat het goed?")
    press(desk, "Kiezen")
    expect(desk.locator(".undo-what")).to_be_visible()
    more(desk, "Maak tweetallen")
    press(desk, "Tweetallen")
    expect(wall.locator(".find-group")).to_be_visible()
    ensure_focused(desk)
    desk.keyboard.press("Escape")
    press(desk, "next")
    expect(wall.locator("h1")).to_have_text("Gaat het goed?")
    press(desk, "to-commitment")
    expect(wall.locator("h1")).to_have_text("Vraag morgen?")
    ensure_focused(desk)
    more(desk, "end")
    expect(desk.locator("#open")).to_be_visible()
    ensure_focused(desk)


def test_a_participant_takes_part_by_keyboard_alone(house: House) -> None:
    desk = house.trainer()
    press(desk, "open")
    expect(desk.locator("#next")).to_be_visible()
    phone = house.context(PHONE).new_page()
    phone.goto(f"/{house.code}")
    press(phone, "Doe mee")
    phone.wait_for_selector("#screen")
    until_moment(desk, "waar")
    expect(phone.locator("h1")).to_have_text("Vraag waar?")
    for _ in range(2):
        reach_field(phone, "INPUT")
        phone.keyboard.press("Space")
        phone.keyboard.press("ArrowRight")
        phone.keyboard.press("Tab")
    press(phone, "Verstuur")
    expect(phone.locator(".notice-saved")).to_be_visible()
    ensure_focused(phone)
    until_moment(desk, "stippen")
    expect(phone.locator("h1")).to_have_text("Vraag stippen?")
    reach_field(phone, "INPUT")
    phone.keyboard.type("2")
    press(phone, "Verstuur")
    expect(phone.locator(".notice-saved")).to_be_visible()
    ensure_focused(phone)
    until_moment(desk, "morgen")
    expect(phone.locator("h1")).to_have_text("Vraag morgen?")
    _commit(phone)


def _commit(phone: Page) -> None:
    """Through the screens of the commitment, each left by Enter on *Next*."""
    reach_field(phone, "TEXTAREA")
    phone.keyboard.type("bel Karin en vraag twee kamers")
    press(phone, "Volgende")
    reach(phone, "8:30")
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowDown")
    press(phone, "Volgende")
    for words in ("Karin", "ik weet ja of nee"):
        phone.keyboard.type(words)
        press(phone, "Volgende")
    phone.keyboard.press("Space")
    press(phone, "Volgende")
    phone.keyboard.press("Space")
    reach_field(phone, "TEXTAREA")
    phone.keyboard.type("bel ik om 11:00 uur Peter")
    press(phone, "Volgende")
    phone.keyboard.type("Noor")
    press(phone, "Lees het terug")
    expect(phone.locator(".read-act")).to_contain_text("bel Karin en vraag twee kamers")
    ensure_focused(phone)
    press(phone, "Dit is mijn afspraak")
    expect(phone.locator(".notice-saved").first).to_be_visible()
    ensure_focused(phone)
