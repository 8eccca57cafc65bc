"""Cards and sentences in a real browser: what is typed, counted, ticked and kept while news comes in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel, col, select

from app.core.contribution import Contribution
from app.core.moments import Moment, following, present
from app.core.moving import activities_of, move_on
from app.core.workshop import Stage
from app.db import Database
from tests.activities import test_cards, test_commitment, test_statement
from tests.browser.conftest import SMALL, House, in_own_loop
from tests.conftest import Cast, make_cast, serving
from tests.scripts import activity, small_script

pytestmark = pytest.mark.browser
CARDS = activity("kaarten", "cards", **test_cards.EXAMPLE_SPEC | {"max_cards": 2, "max_length": 60})
SENTENCE = activity("zin", "statement", **test_statement.EXAMPLE_SPEC)
LAST = activity("morgen", "commitment", **test_commitment.EXAMPLE_SPEC)


async def prepare(url: str) -> Cast:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    await engine.dispose()
    db = Database(url)
    try:
        return await make_cast(db, script=small_script(CARDS, SENTENCE, LAST), opgave="")
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


def go_to(house: House, wanted: str) -> None:
    """Press Next, without a screen, until `key:phase` is on the stage."""

    async def walk(db: Database) -> None:
        here = ""
        while here != wanted:
            async with db.read() as session:
                stage = await session.get_one(Stage, house.cast.workshop.id)
                activities = list(await activities_of(session, house.cast.workshop.id))
            to = following(stage, activities) or Moment()
            await db.write(move_on, house.cast.workshop.id, str(present(stage, activities)), str(to))
            here = next(f"{each.key}:{to.phase}" for each in activities if each.id == to.activity_id)

    house.ask(walk)


def entries(house: House) -> list[dict[str, Any]]:
    async def read(db: Database) -> list[dict[str, Any]]:
        async with db.read() as session:
            rows = select(Contribution.entry).where(col(Contribution.withdrawn).is_(False))
            return list((await session.exec(rows.order_by(col(Contribution.created_at)))).all())

    return house.ask(read)


def send_card(phone: Page, words: str) -> None:
    form = phone.locator("form.tap[id*='tap-new']")
    form.locator("textarea").fill(words)
    form.get_by_text("Tijd").click()
    form.get_by_text("Directie").click()
    form.get_by_role("button", name="Verstuur").click()
    expect(phone.locator(".own-cards")).to_contain_text(words)


def test_a_card_is_counted_sent_changed_and_taken_back(house: House) -> None:
    go_to(house, "kaarten:open")
    phone, wall = house.phone(SMALL), house.projector()
    field = phone.locator("textarea")
    expect(phone.locator(".counter")).to_have_text("Tekens over: 60")
    field.fill("twee uur")
    expect(phone.locator(".counter")).to_have_text("Tekens over: 52")
    send_card(phone, "twee uur zonder overleg")
    expect(wall.locator(".card-wall")).to_contain_text("twee uur zonder overleg")
    fresh = phone.locator("form[id*='tap-new'] textarea")
    expect(fresh).to_have_value("")
    expect(phone.locator("form[id*='tap-new'] input:checked")).to_have_count(0)
    send_card(phone, "een tweede kaart")
    expect(fresh).to_have_count(0)
    phone.locator(".own-cards summary").first.click()
    own = phone.locator(".own-cards li").first
    own.locator("textarea").fill("drie uur zonder overleg")
    own.get_by_role("button", name="Bewaar mijn kaart").click()
    expect(phone.locator(".own-cards li > p").first).to_have_text("drie uur zonder overleg")
    expect(wall.locator(".card-wall")).to_contain_text("drie uur zonder overleg")
    assert [each["text"] for each in entries(house)] == ["drie uur zonder overleg", "een tweede kaart"]
    phone.locator(".own-cards li").nth(1).locator("summary").click()
    phone.locator(".own-cards li").nth(1).get_by_role("button", name="Haal deze kaart terug").click()
    expect(phone.locator(".own-cards > li")).to_have_count(1)
    expect(wall.locator(".card-wall li")).to_have_count(1)


def write(phone: Page, **parts: str) -> None:
    for key, words in parts.items():
        phone.locator(f"input[name={key}]").fill(words)
    phone.get_by_role("button", name="Verstuur mijn zin").click()
    expect(phone.locator(".said")).to_be_visible()


def test_ticks_and_the_own_sentence_stay_while_others_still_write(house: House) -> None:
    go_to(house, "zin:open")
    bas, els = house.phone(), house.phone(SMALL)
    write(bas, when="2028", what="bewegen")
    els.locator("input[name=what]").fill("half getypt")
    go_to(house, "zin:revealed")
    expect(bas.locator("input[name=pick]")).to_have_count(1)
    expect(bas.locator(".said")).to_contain_text("In 2028")
    expect(bas.locator("input[name=what]")).to_have_value("bewegen")
    expect(els.locator("input[name=what]")).to_have_value("half getypt")
    bas.locator("input[name=pick]").check()
    write(els, when="2029", what="fietsen")
    expect(bas.locator("input[name=pick]")).to_have_count(2)
    expect(bas.locator("input[name=pick]").first).to_be_checked()
    with bas.expect_response("**/contributions"):
        bas.get_by_role("button", name="Geef mijn stippen").click()
    bas.reload()
    expect(bas.locator("input[name=pick]").first).to_be_checked()
    third = house.phone()
    third.locator("input[name=when]").fill("2030")
    third.locator("input[name=what]").fill("zwemmen")
    third.get_by_role("button", name="Verstuur mijn zin").click()
    expect(bas.locator("input[name=pick]")).to_have_count(3)
    expect(bas.locator("input[name=pick]").first).to_be_checked()


def test_both_work_without_scripts(house: House) -> None:
    go_to(house, "kaarten:open")
    phone = house.phone(java_script_enabled=False)
    expect(phone.locator(".counter")).to_have_text("Hoogstens 60 tekens")
    send_card(phone, "twee uur zonder overleg")
    go_to(house, "zin:open")
    phone.goto(f"/w/{house.code}")
    write(phone, when="2028", what="bewegen")
    go_to(house, "zin:revealed")
    phone.goto(f"/w/{house.code}")
    phone.locator("input[name=pick]").check()
    phone.get_by_role("button", name="Geef mijn stippen").click()
    expect(phone.locator("input[name=pick]")).to_be_checked()
    assert [each.get("vote", False) for each in entries(house)] == [False, False, True]


def test_a_press_on_a_slow_line_waits_for_what_was_typed_before_it(house: House) -> None:
    """Each field is kept as it is left. Of three requests under way at once none is dropped, least of all the last."""
    go_to(house, "morgen:open")
    phone = house.phone(SMALL)
    line = phone.context.new_cdp_session(phone)
    phone.locator('[data-screen="1"] textarea').fill("bel Karin en vraag twee kamers")
    phone.locator('[data-screen="1"] [data-step="next"]').click()
    slow = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    on = {number: phone.locator(f'[data-screen="{number}"]') for number in range(2, 8)}
    on[2].get_by_text("9:30").click()
    on[2].locator('[data-step="next"]').click()
    on[3].locator('input[name="who"]').fill("Karin")
    on[3].locator('[data-step="next"]').click()
    on[4].locator("textarea").fill("ik weet ja of nee")
    on[4].locator('[data-step="next"]').click()
    phone.wait_for_timeout(400)  # longer than a field waits for the next: one request is under way from here on
    on[5].locator("label").first.click()
    on[5].locator('[data-step="next"]').click()
    phone.wait_for_timeout(400)
    on[6].locator("label.choice").nth(4).click()
    on[6].locator("textarea").fill("bel ik om 11:00 uur Peter")
    on[6].locator('[data-step="next"]').click()
    phone.wait_for_timeout(400)
    on[7].locator('input[name="name"]').fill("Noor")
    phone.get_by_role("button", name="Lees het terug").click()
    expect(phone.locator(".read-act")).to_contain_text("bel Karin en vraag twee kamers", timeout=15_000)
