"""The scale as the room, the trainer and the phone see it."""

import re
from typing import Any

import pytest

from app.core.errors import Refused
from app.live.view import View
from tests.activities.rooms import own_part, screen, shown, view
from tests.activities.test_scale import GAP, GRID, answers, asked

AUDIENCES = ["projector", "facilitator", "participant"]
PICTURES = {("gap", 2): 1, ("grid", 2): 1, ("dots", 1): 1, ("dots", 3): 3}


def gap(*pairs: tuple[int, int], **changed: Any) -> View:
    return view("scale", answers(("now", "wanted"), *pairs), **GAP | changed)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "given", [GAP, GRID, asked("energy"), asked("a", "b", "c")], ids=["gap", "grid", "one", "three"]
)
@pytest.mark.parametrize("count", [0, 1, 60])
def test_every_picture_can_be_drawn(given: dict[str, Any], count: int, language: str) -> None:
    keys = [point["key"] for point in given["points"]]
    cards = [
        shown("scale", n, {"values": {key: (n * 7 + at) % 11 for at, key in enumerate(keys)}}) for n in range(count)
    ]
    room = view("scale", cards, phase="revealed", **given)
    for audience in AUDIENCES:
        picture = screen(room, audience, language).parts.get("scale-picture-a1", "")
        assert picture.count("<svg") == (PICTURES[given.get("picture", "dots"), len(keys)] if count else 0)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_before_the_reveal_no_number_is_in_anybodys_bytes(audience: str) -> None:
    without = screen(gap((0, 0), hide=True), audience)
    for pair in ((2, 9), (3, 10)):
        hidden = screen(gap(pair, hide=True), audience)
        assert hidden.parts == without.parts
    revealed = screen(gap((2, 9), hide=True, phase="revealed"), audience)
    assert revealed.parts != without.parts


def test_the_same_answers_give_the_same_bytes_and_no_news() -> None:
    before = screen(gap((2, 7), (3, 8)), "projector")
    again = screen(gap((3, 8), (2, 7)), "projector", former=before)
    assert again.changes(before) == []
    more = screen(gap((2, 7), (3, 8), (9, 9)), "projector", former=before)
    assert set(more.changes(before)) == {"scale-picture-a1", "count"}


def test_the_phone_has_eleven_buttons_a_line_and_keeps_what_was_chosen() -> None:
    [said] = answers(("now", "wanted"), (0, 10))
    html = own_part(gap(), said)
    assert len(re.findall(r'type="radio"', html)) == 22
    assert re.findall(r'name="(values\.\w+)" value="(\d+)" required checked', html) == [
        ("values.now", "0"),
        ("values.wanted", "10"),
    ]
    assert "0 = niets" in html
    assert "10 = alles" in html
    assert "checked" not in own_part(gap())


def test_a_refused_tap_keeps_what_was_typed() -> None:
    html = own_part(gap(), typed={"values": {"now": "4"}}, refusal=Refused("Choose a number on each line."))
    assert re.findall(r'name="(values\.\w+)" value="(\d+)" required checked', html) == [("values.now", "4")]
    assert "Kies op elke regel een cijfer." in html


@pytest.mark.parametrize("typed", [{"values": "3"}, {"values": {"now": ["1", "2"]}}, {"other": {"a": "b"}}])
def test_a_form_that_nobody_can_type_is_drawn_anew(typed: dict[str, Any]) -> None:
    assert "checked" not in own_part(gap(), typed=typed, refusal=Refused("x"))


def test_a_closed_question_shows_the_own_numbers_without_a_form() -> None:
    [said] = answers(("now", "wanted"), (3, 8))
    html = own_part(gap(phase="closed"), said)
    assert "<form" not in html
    assert re.findall(r"<b>(\d+)</b>", html) == ["3", "8"]
