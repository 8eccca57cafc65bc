"""The afternoon in real browsers, from the first moment to the harvest: the room writes its opgave, raises the flag,
chooses where to begin, and leaves with a commitment each."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from app.core.lasting import Commitment, Gap, Need, Opgave, Party
from app.core.participant import Participant
from app.db import Database
from tests.browser.journey import PLAYERS, TABLES, Journey, Moment, journey

pytestmark = pytest.mark.browser
EVERYBODY = PLAYERS + 3
ACT = "bel Karin en vraag twee kamers"


def commit(phone: Page, act: str, name: str) -> None:
    """Through the screens of S9 to *This is my commitment*."""
    on = lambda number: phone.locator(f'[data-screen="{number}"]')  # noqa: E731
    steps: list[Callable[[], None]] = [
        lambda: on(1).locator("textarea").fill(act),
        lambda: on(2).get_by_text("9:30").click(),
        lambda: on(3).locator('input[name="who"]').fill("Karin"),
        lambda: on(4).locator("textarea").fill("ik weet ja of nee"),
        lambda: on(5).locator("label").first.click(),
        lambda: (
            on(6).locator("label.choice").nth(4).click(),
            on(6).locator("textarea").fill("bel ik om 11:00 uur Peter"),
        ),
        lambda: on(7).locator("label.scale-button").nth(8).click(),
    ]
    for number, step in enumerate(steps, 1):
        step()
        on(number).locator('[data-step="next"]').click()
    on(8).locator('input[name="name"]').fill(name)
    phone.locator(".thumb-last button").click()
    expect(phone.locator(".read-act")).to_contain_text(act)
    phone.locator('form:has(input[value="seal"]) button').click()
    expect(phone.locator("#buddy")).to_be_visible()


def become_buddies(one: Page, other: Page) -> None:
    """Both read their code aloud and type the other's."""
    codes = [phone.locator(".spoken-code").inner_text() for phone in (one, other)]
    for phone, code in ((one, codes[1]), (other, codes[0])):
        phone.locator("#buddy-code").fill(code)
        phone.locator(".buddy-form button").click()
        expect(phone.locator("#buddy .notice").first).to_be_visible()
    expect(other.locator("#buddy .notice-saved")).to_be_visible()


def at_the_draft(room: Journey, moment: Moment) -> None:
    wall, phone = room.wall, room.phones["phone"]
    if moment.phase == "open":
        expect(wall.locator(".frame-place").first).to_be_visible()
        phone.locator('.own-sentence input[name="where"]').fill("Malburgen")
        phone.locator('.own-sentence input[name="what"]').fill("hebben een eigen woonplek")
        phone.locator(".own-sentence .button-primary").click()
        expect(phone.locator(".said")).to_contain_text("eigen woonplek")
        expect(wall.locator(".draft-list")).to_have_count(0)
        return
    expect(wall.locator(".draft-list li").nth(1)).to_be_visible()
    expect(phone.locator(".ballot input").first).to_be_attached()
    phone.locator(".ballot label").first.click()
    phone.locator(".ballot .button-primary").click()
    room.until_ready(PLAYERS + 1)
    expect(wall.locator(".draft-dots").first).to_be_visible()


def at_the_flag(room: Journey, moment: Moment) -> None:
    expect(room.wall.locator(".flag .band").first).to_be_visible()
    if moment.phase == "revealed":
        expect(room.wall.locator(".band-text").first).to_be_visible()
        expect(room.wall.locator(".band-state").first).to_be_visible()
        expect(room.phones["small"].locator(".stands").first).to_be_visible()
    else:
        room.answer("online")


def at_the_commitment(room: Journey, moment: Moment) -> None:
    commit(room.phones["phone"], ACT, "Ahmed")
    commit(room.phones["small"], "mail Tom de lijst", "Noor")
    become_buddies(room.phones["phone"], room.phones["small"])
    room.until_ready(PLAYERS + 2)
    expect(room.wall.locator(".big-count b")).to_have_text(str(PLAYERS + 2))


def at_the_wall(room: Journey, moment: Moment) -> None:
    phone = room.phones["phone"]
    phone.locator('.mine input[value="name"]').check(force=True)
    phone.locator(".mine .button-primary").click()
    expect(phone.locator(".notice-saved").first).to_be_visible()
    expect(room.wall.locator(".wall-list li").first).to_be_visible()
    expect(room.wall.locator(".wall-count b")).to_have_text(str(PLAYERS + 2))


def shows(selector: str, phase: str = "") -> Callable[[Journey, Moment], None]:
    """One phone answers; then the wall shows this, from that phase on."""

    def look(room: Journey, moment: Moment) -> None:
        if moment.phase != "revealed" and room.phones["phone"].locator(".mine .button-primary").count():
            room.answer("phone")
        if moment.phase == phase or not phase:
            expect(room.wall.locator(selector).first).to_be_visible()

    return look


SHOWN: dict[str, Callable[[Journey, Moment], None]] = {
    "s2/no-opgave": shows(".slide-lines"),
    "s2/draft": at_the_draft,
    "s2/vote": shows(".picture .bar-label, .picture svg", "revealed"),
    "s3/parties": shows(".party-wall li"),
    "s3/flag": at_the_flag,
    "s4/gap": shows(".picture svg", "revealed"),
    "pause/pause": shows(".pause-until"),
    "s5/needs": shows(".card-wall li"),
    "s5/start": shows(".picture svg", "revealed"),
    "s5/matrix": shows(".matrix-dot", "revealed"),
    "s5/board": shows(".board-lines li"),
    "s6/steering": shows(".compare-line", "revealed"),
    "s7/want-and-can": shows(".picture svg", "revealed"),
    "s7/condition": shows(".card-wall li"),
    "s7/board": shows(".board-lines li"),
    "s9/commitment": at_the_commitment,
    "s10/question": shows(".picture svg", "revealed"),
    "s10/wall": at_the_wall,
    "s11/energy": shows(".picture svg"),
    "s11/harvest": shows(".harvest-counts li"),
}


async def _lives_on(db: Database) -> dict[str, int]:
    """What the afternoon left behind, counted."""
    async with db.read() as session:
        tables = (Commitment, Gap, Need, Opgave, Party)
        found = {table.__name__: len((await session.exec(select(table))).all()) for table in tables}
        people = (await session.exec(select(Participant))).all()
    seats = {"tables": len({each.table_number for each in people if each.table_number})}
    return found | seats | {"online": sum(each.online for each in people), "people": len(people)}


def test_an_afternoon_in_real_browsers(browser: Browser, tmp_path: Path) -> None:
    with journey(browser, tmp_path, "opgave-in-een-middag") as room:
        passed = []
        for moment in room.moments():
            place = f"{moment.step}/{moment.key}"
            SHOWN.get(place, lambda room, moment: None)(room, moment)
            passed.append(place)
        left = room.house.ask(_lives_on)
        assert room.wrong == []
        assert SHOWN.keys() <= set(passed)
        assert left["Commitment"] == PLAYERS + 2
        assert (left["Gap"], left["Opgave"] > 0) == (1, True)
        assert left["Need"] >= PLAYERS
        assert left["Party"] >= 2
        assert (left["tables"], left["online"], left["people"]) == (TABLES, 3, EVERYBODY)
