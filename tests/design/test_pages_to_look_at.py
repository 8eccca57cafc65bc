"""A slide and a break with as much on them as their rules allow, as their real templates draw them: all of it is on
the screen and large enough, at every usual size and in both languages."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from app.live.view import View
from app.render import page as render_page
from app.web import assets
from tests.activities.rooms import STARTED, text, view
from tests.activities.test_pause import room as break_room
from tests.activities.test_slide import IMAGE, made_room
from tests.design import mock
from tests.design.test_projector import CUT, SIZES, SMALL
from tests.scripts import both

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("size", SIZES)]
ROW = {"nl": "Het doel is om het doel te halen", "en": "The goal is to reach the goal"}
TWO_ROWS = {
    "nl": "Waarom lukt het ons vandaag wel en morgen weer niet, in onze eigen wijk?",
    "en": "Why do we manage it today and not tomorrow, here in our own part of town?",
}
LONG = {
    "nl": "Wat vraagt dat van jou, en wat vraagt dat morgen van de collega die er vandaag niet bij is",
    "en": "What does that ask of you, and what does it ask tomorrow of the colleague who is not here",
}
SHORT = {"nl": "Wie nog niet kan, zegt welk woord dat is.", "en": "Who cannot join yet, says which word it is."}
TOLD = {"source": both("Uit een gesprek in de wijk, 2024"), "show_source": True}
OWN = {"image": IMAGE, "image_text": both("Een punt")}


def titled(room: View, question: dict[str, str]) -> View:
    assert room.activity
    room.activity.spec = {**room.activity.spec, "question": question}
    return room


def rooms() -> dict[str, View]:
    longer = STARTED + timedelta(minutes=55)
    return {
        "title": titled(view("slide"), TWO_ROWS),
        "short": titled(view("slide", lines=[SHORT], **TOLD), TWO_ROWS),
        "full": titled(view("slide", lines=[LONG] * 3, **TOLD), TWO_ROWS),
        "image": titled(view("slide", **OWN, **TOLD), TWO_ROWS),
        "beside": titled(view("slide", lines=[both("Zo zag de wijk eruit.")] * 3, **OWN, **TOLD), TWO_ROWS),
        "flag": titled(made_room(picture="flag", lines=[SHORT]), ROW),
        "bridge": titled(made_room(picture="bridge", lines=[SHORT]), ROW),
        "break": titled(break_room(), TWO_ROWS),
        "timer": titled(break_room(timer=longer), ROW),
        "length": titled(break_room(began=None), ROW),
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_of_it_can_be_read_from_ten_metres(browser: Browser, size: str, language: str) -> None:
    shell = render_page("layouts/base.html", language, audience="projector", bundle=assets.address, here="/")
    page = mock.show(browser, shell.replace("</body>", '<main id="screen"></main></body>'), SIZES[size])
    wrong: dict[str, Any] = {}
    for name, room in rooms().items():
        page.evaluate(
            "(html) => { document.getElementById('screen').innerHTML = html; }", text(room, "projector", language)
        )
        page.wait_for_function("() => [...document.querySelectorAll('.timer')].every((e) => e.textContent)")
        page.wait_for_function("() => [...document.images].every((e) => e.complete)")
        wrong[name] = page.evaluate(SMALL) + page.evaluate(CUT)
    page.context.close()
    assert {name: each for name, each in wrong.items() if each} == {}
