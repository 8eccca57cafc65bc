"""A trainer makes a draaiboek their own in a real browser, also with keys only and without JavaScript."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Dialog, Error, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SMALL, House
from tests.browser.test_accessible import violations
from tests.conftest import session_token

pytestmark = pytest.mark.browser


def desk(house: House, viewport: dict[str, int] = LAPTOP, language: str = "nl", **options: object) -> Page:
    context = house.context(viewport, **options)
    token = house.ask(lambda db: session_token(db, house.cast.anna))
    named = {"morgen_trainer": token, "lang": language}
    context.add_cookies([{"name": name, "value": value, "url": house.running.address} for name, value in named.items()])
    page = context.new_page()
    page.goto("/trainer")
    return page


def copied(page: Page) -> str:
    """The address of a fresh copy."""
    page.goto("/trainer/scripts")
    page.get_by_role("button", name=re.compile("^(Kopieer|Copy).*40 minut")).click()
    page.wait_for_url("**/trainer/own-scripts/*")
    return page.url


def test_a_trainer_makes_a_draaiboek_of_their_own(house: House) -> None:
    page = desk(house)
    page.get_by_role("link", name=re.compile("Kopieer er één")).click()
    home = copied(page)
    page.get_by_label("Minuten van Meedoen").fill("10")
    page.get_by_label("Minuten van Meedoen").press("Tab")
    expect(page.locator(".day-time").nth(1)).to_contain_text("13:10")
    expect(page.locator(".cautions")).to_contain_text("S10 zou")
    page.get_by_role("button", name="Zet op 47 minuten").click()
    expect(page.locator(".notice-saved")).to_be_visible()
    page.get_by_role("button", name="Verwijderen: Het ijkpunt").click()
    expect(page.locator("#row-s1")).to_have_count(0)
    page.get_by_role("button", name="Zet terug").click()
    expect(page.locator("#row-s1")).to_be_visible()
    page.get_by_role("link", name=re.compile("Het ijkpunt")).click()
    page.locator("#activities-0-spec-question-nl").fill("Wat deed je ermee?")
    page.locator("#activities-0-spec-question-en").fill("")
    page.locator("#act-save").click()
    expect(page.locator("#activities-0-spec-question-en-problem")).to_contain_text("Engelse tekst")
    expect(page.locator("#activities-0-spec-question-nl")).to_have_value("Wat deed je ermee?")
    page.locator("#activities-0-spec-question-en").fill("What did you do with it?")
    page.locator("#act-save").click()
    expect(page.locator(".notice-saved")).to_be_visible()
    page.get_by_text("Bekijk het zoals de zaal").click()
    for audience in ("projector", "participant", "facilitator"):
        frame = page.frame_locator(f"#previews-0 .preview-{audience} iframe")
        expect(frame.locator("#screen")).to_contain_text("Wat deed je ermee?")
    page.goto(home)
    page.get_by_role("link", name="Nieuwe workshop").click()
    page.get_by_label("Titel", exact=True).fill("Met mijn draaiboek")
    page.get_by_label("Voor welke organisatie?").fill("Gemeente Arnhem")
    page.get_by_role("button", name="Maak de workshop").click()
    expect(page.get_by_role("heading", name="Met mijn draaiboek")).to_be_visible()


def test_steps_are_moved_with_keys_only_and_focus_stays(house: House) -> None:
    page = desk(house)
    copied(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "down-s1":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".day > li").nth(2)).to_contain_text("Het ijkpunt")
    expect(page.locator("#down-s1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".day > li").nth(3)).to_contain_text("Het ijkpunt")


def test_it_works_without_javascript(house: House) -> None:
    page = desk(house, java_script_enabled=False)
    home = copied(page)
    page.goto(home + "/steps/s1")
    page.get_by_role("button", name="Omlaag: Antwoorden 1").click()
    page.locator("#title-nl").fill("Zonder script")
    page.locator("#act-save").click()
    expect(page.locator("#activities-0-spec-options-1-label-nl")).to_have_value("Veel")
    page.goto(home)
    expect(page.locator("#row-s1")).to_contain_text("Zonder script")


@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_no_page_of_the_editor_has_a_violation_or_scrolls_sideways(house: House, language: str, theme: str) -> None:
    page = desk(house, PHONE, language, color_scheme=theme)
    home = copied(page)
    found = violations(page)
    page.goto(home + "/steps/s1")
    page.locator("#title-nl").fill("")
    page.locator("#act-save").click()
    expect(page.locator("[aria-invalid]")).to_have_count(1)
    found += violations(page)
    for path in (home, home + "/steps/s9", home + "/deletion", "/trainer/scripts", "/trainer/own-scripts/import"):
        page.goto(path)
        found += violations(page)
        for viewport in (SMALL, LAPTOP):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (path, viewport)
    assert found == []


def asked_on_leaving(page: Page, address: str) -> bool:
    """Whether the browser asks first; then it is told to stay."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    try:
        page.goto(address, timeout=5000)
    except Error:
        assert asked == ["beforeunload"]
    page.remove_listener("dialog", stay)
    return bool(asked)


def test_leaving_with_unsaved_text_asks_first(house: House) -> None:
    page = desk(house)
    home = copied(page)
    step = home + "/steps/s1"
    page.goto(step)
    page.locator("#title-nl").fill("Iets anders")
    assert asked_on_leaving(page, home)
    expect(page.locator("#title-nl")).to_have_value("Iets anders")
    page.locator("#act-save").click()
    expect(page.locator(".notice-saved")).to_be_visible()
    assert not asked_on_leaving(page, home)
    page.get_by_label("Minuten van Meedoen").fill("10")
    page.get_by_label("Minuten van Meedoen").press("Tab")
    expect(page.locator(".day-time").nth(1)).to_contain_text("13:10")
    assert asked_on_leaving(page, step)


def test_a_picture_from_a_file_stands_on_the_slide_at_once(house: House, tmp_path: Path) -> None:
    file = tmp_path / "plein.png"
    Image.new("RGB", (320, 180), "#0b5470").save(file)
    page = desk(house)
    page.goto(copied(page) + "/steps/s1")
    page.locator("#new_kind").select_option("slide")
    page.locator("#act-activity").click()
    field = page.locator('input[type="file"]')
    number = (field.get_attribute("name") or "").rpartition(".")[2]
    page.locator("#title-nl").fill("Met een beeld")
    field.set_input_files(file)
    expect(page.locator(".picture-field img")).to_be_visible()
    expect(page.locator("#title-nl")).to_have_value("Met een beeld")
    for language in ("nl", "en"):
        page.locator(f"#activities-{number}-spec-image_text-{language}").fill("Een plein")
    page.locator("#act-save").click()
    expect(page.locator(".notice-saved")).to_be_visible()
    page.reload()
    expect(page.locator(".picture-field img")).to_be_visible()
