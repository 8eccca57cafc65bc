"""A whole workshop in real browsers: one trainer, one projector, three phones, up to the answered mail."""

import re
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


def test_from_joining_to_the_answered_mail(house: House) -> None:
    trainer, wall = house.trainer(), house.projector()
    phones = [house.phone() for _ in range(3)]
    names = ("Ahmed", "Noor", "Els")
    acts = ("bel Karin en vraag twee kamers", "mail Tom de lijst", "kijk naar de mogelijkheden")
    question = ""
    while not trainer.locator("#next").is_disabled():
        next_moment(trainer)
        kind, phase = kind_now(house, trainer)
        shown = trainer.locator(".preview-question").inner_text()
        expect(wall.locator("h1")).to_contain_text(shown)
        if phase == "revealed" or kind == "arrival":
            continue
        for phone, name, act in zip(phones, names, acts, strict=True):
            expect(phone.locator("h1")).to_contain_text(shown)
            if kind == "commitment":
                commit(phone, act, name)
            else:
                answer(phone)
        expect(trainer.locator(".counts")).to_contain_text(re.compile(r"3 (klaar|ready)"))
        question = shown
    assert question
    phones[0].goto(f"/w/{house.code}/leaving")
    phones[0].locator('input[type="email"]').fill("ahmed@example.org")
    phones[0].locator('form[action$="/address"] button').first.click()
    expect(phones[0].locator("body")).to_contain_text("ahmed@example.org")
    assert house.ask(_saved) == sorted(acts)
    link = house.ask(_answer_link)
    act = house.ask(_first)
    with clock.fixed(lambda: act.starts_at + timedelta(hours=8)):
        phones[0].goto(link)
        phones[0].get_by_role("button", name=re.compile("^Gelukt")).click()
        phones[0].wait_for_load_state()
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
    found = re.search(r"/a/[\w.-]+", mails[-1].text)
    assert found
    return found[0]
