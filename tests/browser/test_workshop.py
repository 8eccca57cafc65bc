"""A whole workshop in real browsers: one trainer, one projector, three phones, up to the answered mail."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app import clock
from app.core.lasting import CheckIn, Commitment
from app.core.letter import OutgoingMail
from app.db import Database
from tests.browser.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("house", ["opgave-in-40-minuten"], indirect=True)]
FILL = """(part) => {
  const seen = new Set();
  for (const field of part.querySelectorAll("input, textarea")) {
    if (!field.offsetParent && field.type !== "radio") continue;
    if (field.type === "radio") {
      if (!seen.has(field.name)) { seen.add(field.name); field.checked = true; }
    } else if (field.type === "number") { if (!seen.size) { seen.add("n"); field.value = "1"; }
    } else if (field.tagName === "TEXTAREA" || field.type === "text") { field.value = "een vast aanspreekpunt"; }
  }
}"""


def answer(phone: Page) -> None:
    """Answer what is asked now, whatever it is, and see that it was kept."""
    mine = phone.locator(".mine")
    expect(mine.locator("form").first).to_be_attached()
    mine.evaluate(FILL)
    mine.locator(".button-primary").first.click()
    expect(phone.locator(".notice-saved").first).to_be_visible()


def commit(phone: Page, act: str, name: str) -> None:
    """Through the screens of S9 to *This is my commitment*."""
    on = lambda number: phone.locator(f'[data-screen="{number}"]')  # noqa: E731
    forth = lambda number: on(number).locator('[data-step="next"]').click()  # noqa: E731
    on(1).locator("textarea").fill(act)
    forth(1)
    on(2).get_by_text("9:30").click()
    forth(2)
    on(3).locator('input[name="who"]').fill("Karin")
    forth(3)
    on(4).locator("textarea").fill("ik weet ja of nee")
    forth(4)
    on(5).locator("label").first.click()
    forth(5)
    on(6).locator("label.choice").nth(4).click()
    on(6).locator("textarea").fill("bel ik om 11:00 uur Peter")
    forth(6)
    on(7).locator('input[name="name"]').fill(name)
    phone.locator(".thumb-last button").click()
    expect(phone.locator(".read-act")).to_contain_text(act)
    phone.locator("#" + (phone.locator('form:has(input[value="seal"])').get_attribute("id") or "")).locator(
        "button"
    ).click()
    expect(phone.locator(".notice-saved").first).to_be_visible()


def next_moment(trainer: Page) -> None:
    """Press Next and wait until the room has left the moment."""
    before = trainer.locator(".control-row").get_attribute("data-moment") or ""
    trainer.locator("#next").click()
    expect(trainer.locator(".control-row")).not_to_have_attribute("data-moment", before)


def kind_now(house: House, trainer: Page) -> tuple[str, str]:
    """The kind and the phase of the moment."""
    activity, _, phase = (trainer.locator(".control-row").get_attribute("data-moment") or "").partition(":")

    async def look(db: Database) -> str:
        async with db.read() as session:
            from app.core.workshop import Activity

            return (await session.get_one(Activity, activity)).kind

    return house.ask(look), phase


def answer_all(house: House, trainer: Page, people: list[tuple[Page, str, str]]) -> Iterator[str]:
    """Through all moments; everybody (phone, act, name) answers each question. Yields the question shown."""
    while not trainer.locator("#next").is_disabled():
        next_moment(trainer)
        kind, phase = kind_now(house, trainer)
        shown = trainer.locator(".preview-question").inner_text()
        if phase != "revealed" and kind != "arrival":
            for phone, act, name in people:
                expect(phone.locator("h1")).to_contain_text(shown)
                if kind == "commitment":
                    commit(phone, act, name)
                else:
                    answer(phone)
            expect(trainer.locator(".counts")).to_contain_text(re.compile(rf"{len(people)} (klaar|ready)"))
        yield shown


def send_address(house: House, phone: Page, address: str) -> str:
    """Leave a mail address on the read-back screen; the link in the letter that comes at once."""
    phone.locator('input[type="email"]').fill(address)
    phone.locator('form[action$="/address"] button').first.click()
    expect(phone.locator("body")).to_contain_text(address)
    for _ in range(50):
        link = house.ask(_answer_link)
        if link:
            return link
        phone.wait_for_timeout(100)
    raise AssertionError("no letter came")


def test_from_joining_to_the_answered_mail(house: House) -> None:
    trainer, wall = house.trainer(), house.projector()
    acts = ("bel Karin en vraag twee kamers", "mail Tom de lijst", "kijk naar de mogelijkheden")
    people = [(house.phone(), act, name) for act, name in zip(acts, ("Ahmed", "Noor", "Els"), strict=True)]
    for question in answer_all(house, trainer, people):
        expect(wall.locator("h1")).to_contain_text(question)
    phone = people[0][0]
    phone.goto(f"/w/{house.code}/leaving")
    link = send_address(house, phone, "ahmed@example.org")
    assert house.ask(_saved) == sorted(acts)
    act = house.ask(_first)
    with clock.fixed(lambda: act.starts_at + timedelta(hours=8)):
        phone.goto(link)
        phone.get_by_role("button", name=re.compile("^Gelukt")).click()
        phone.wait_for_load_state()
    assert house.ask(_answers) == ["gelukt"]


async def _saved(db: Database) -> list[str]:
    async with db.read() as session:
        return sorted(each.act for each in (await session.exec(select(Commitment))).all())


async def _first(db: Database) -> Commitment:
    async with db.read() as session:
        return (await session.exec(select(Commitment).where(Commitment.act.startswith("bel")))).one()


async def _answers(db: Database) -> list[str]:
    async with db.read() as session:
        return [each.answer for each in (await session.exec(select(CheckIn))).all()]


async def _answer_link(db: Database) -> str:
    """The link in the letter of confirmation, on this server."""
    async with db.read() as session:
        mails = (await session.exec(select(OutgoingMail).where(OutgoingMail.letter == "m0"))).all()
    found = re.search(r"/a/[\w.-]+", mails[-1].text) if mails else None
    return found[0] if found else ""
