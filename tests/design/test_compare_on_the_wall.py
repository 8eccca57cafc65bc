"""The list with two numbers an item is whole on the projector, also where a script says much in each of its places."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from app.live.view import View
from tests.activities.rooms import text, view
from tests.activities.test_compare import EXAMPLE_SPEC, answer, cards
from tests.design import mock
from tests.design.render import SIZES
from tests.design.test_projector import CUT, SMALL

WORDS = "de vergaderagenda en alles wat daar verder elke week nog bij komt kijken in dit huis "
KEYS = tuple("abcdefghij")
SHORT = {"first": {"nl": "nu", "en": "now"}, "second": {"nl": "zou moeten", "en": "should"}}
LONG = {
    "first": {"nl": "Hoe sterk stuurt dit jullie werk nu?", "en": "How strongly does this steer your work now?"},
    "second": {"nl": "En hoe sterk zou het moeten?", "en": "How strongly should it?"},
}


def room(items: int, length: int, picks: str, **spec: Any) -> View:
    keys = KEYS[:items]
    label = WORDS[:length].strip()
    named = [{"key": key, "label": {"nl": label, "en": label}} for key in keys]
    pairs = [(5, number % 5) for number in range(items)]
    said = cards(*(answer(*pairs, pick=pick, keys=keys) for pick in picks))
    return view("compare", said, **EXAMPLE_SPEC | {"items": named} | spec)


ROOMS = {
    "8 short": room(8, 17, "aab", **SHORT),
    "8 of one full row": room(8, 33, "aab", **LONG),
    "10": room(10, 24, "ab", **LONG),
    "10 of two rows": room(10, 60, "aa", **LONG),
    "three picked": room(10, 33, "abc", **LONG),
    "two": room(2, 80, "a", **SHORT),
}


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ROOMS)
def test_the_list_can_be_read_and_lies_wholly_on_the_screen(browser: Browser, name: str, size: str) -> None:
    page = mock.show(browser, mock.scene("compare", "?"), SIZES[size])
    page.evaluate("(html) => { document.querySelector('main').innerHTML = html; }", text(ROOMS[name], "projector"))
    wrong = page.evaluate(CUT), page.evaluate(SMALL)
    page.context.close()
    assert wrong == ([], [])
