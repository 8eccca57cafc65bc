"""The list with two numbers an item as the room, the trainer and the phone see it."""

import re
from html import unescape
from typing import Any

import pytest

from app.core.errors import Refused
from app.live.view import View
from tests.activities.rooms import own_part, screen, shown, view
from tests.activities.test_compare import EXAMPLE_SPEC, KEYS, answer, cards
from tests.scripts import options

SAID = answer((1, 4), (5, 0), (2, 2), pick="agenda")
CHECKED = r'name="([\w.-]+)" value="([\w-]*)"(?: required)? checked'


def room(*forms: dict[str, Any], **changed: Any) -> View:
    return view("compare", cards(*forms), **EXAMPLE_SPEC | changed)


def picture(*forms: dict[str, Any], audience: str = "projector", language: str = "nl", **changed: Any) -> str:
    return screen(room(*forms, **changed), audience, language).parts.get("compare-a1", "")


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_wall_has_a_line_an_item_biggest_difference_first_and_says_it_in_words() -> None:
    html = picture(SAID)
    assert re.findall(r'id="compare-a1-(\w+)"', html) == ["agenda", "opgave", "begroting"]
    assert re.findall(r"nu: \d\. zou moeten: \d\.", html) == [
        "nu: 5. zou moeten: 0.",
        "nu: 1. zou moeten: 4.",
        "nu: 2. zou moeten: 2.",
    ]
    assert "0 = niet, 5 = heel sterk" in html


def test_now_and_should_stand_at_their_place_as_a_ring_and_a_diamond() -> None:
    [line] = re.findall(
        r'<li[^>]*id="compare-a1-opgave".*?</li>', picture(SAID, answer((2, 4), (5, 0), (2, 2))), re.DOTALL
    )
    assert re.findall(r'<svg x="([\d.]+%)" y="50%"><(\w+) class="compare-(\w+)"', line) == [
        ("30%", "circle", "now"),
        ("80%", "rect", "should"),
    ]
    assert re.findall(r"<text[^>]*>([^<]+)", line) == ["1,5", "4"]
    assert 'x1="30%" x2="80%"' in line


def test_the_wall_names_what_most_people_turn_round_tomorrow() -> None:
    assert "Dit draaien we morgen om: Agenda (1)" in words(picture(SAID))
    assert "This is what we turn round tomorrow: Agenda (en) (2)" in words(picture(SAID, SAID, language="en"))
    assert "morgen om" not in words(picture(answer((1, 4), (5, 0), (2, 2))))


def test_what_is_not_on_the_wall_is_counted() -> None:
    keys = tuple("abcdefghij")
    html = picture(answer(*[(n % 5, 5) for n in range(10)], keys=keys), items=options(*keys))
    assert html.count("<li ") == 8
    assert "De grootste verschillen: 8 van de 10" in html
    assert "De grootste verschillen:" not in picture(SAID)


@pytest.mark.parametrize("audience", ["projector", "facilitator", "participant"])
def test_nobody_answered_is_nothing_to_show(audience: str) -> None:
    assert words(picture(audience=audience, phase="revealed")) == ""


def test_the_trainer_reads_the_top_three_and_what_to_ask() -> None:
    told = words(picture(SAID, audience="facilitator"))
    assert "Vraag: wat bepaal je zelf?" in told
    assert "Agenda: 5 → 0 (5 lager) Opgave: 1 → 4 (3 hoger)" in told
    assert "Begroting:" not in told
    assert "Er is nergens verschil." in words(picture(answer((1, 1), (2, 2), (3, 3)), audience="facilitator"))


def test_a_phone_gets_the_top_three_after_the_reveal() -> None:
    assert picture(SAID, audience="participant") == ""
    assert "Agenda: 5 → 0 (5 lager)" in words(picture(SAID, audience="participant", phase="revealed"))


@pytest.mark.parametrize("audience", ["projector", "facilitator", "participant"])
def test_before_the_reveal_no_number_is_in_anybodys_bytes(audience: str) -> None:
    other = answer((0, 0), (0, 0), (0, 0))
    assert screen(room(SAID, hide=True), audience).parts == screen(room(other, hide=True), audience).parts


def test_the_same_answers_give_the_same_bytes_and_no_news() -> None:
    other = answer((3, 4), (3, 0), (2, 5))
    before = screen(room(SAID, other), "projector")
    assert screen(room(other, SAID), "projector", former=before).changes(before) == []


def test_the_phone_has_two_rows_of_six_an_item_with_names_of_their_own() -> None:
    html = own_part(room())
    assert len(re.findall(r'name="values\.\w+\.(?:now|should)" value="[0-5]" required>', html)) == 2 * 6 * len(KEYS)
    rows = re.findall(r'role="radiogroup" aria-labelledby="([\w-]+) ([\w-]+)"', html)
    assert len(rows) == 2 * len(KEYS)
    assert all(f'id="{each}"' in html for pair in rows for each in pair)
    assert "checked" not in html


def test_the_phone_keeps_what_was_chosen() -> None:
    [said] = cards(SAID)
    assert re.findall(CHECKED, own_part(room(), said)) == [
        ("values.opgave.now", "1"), ("values.opgave.should", "4"), ("values.agenda.now", "5"),
        ("values.agenda.should", "0"), ("values.begroting.now", "2"), ("values.begroting.should", "2"),
        ("pick", "agenda"),
    ]  # fmt: skip
    unsure = shown("compare", 1, answer((1, 4), (5, 0), (2, 2)))
    assert ("pick", "") in re.findall(CHECKED, own_part(room(), unsure))


def test_a_refused_tap_keeps_what_was_typed() -> None:
    html = own_part(
        room(),
        typed={"values": {"agenda": {"now": "0"}}, "pick": "opgave"},
        refusal=Refused("Give both numbers on each line."),
    )
    assert re.findall(CHECKED, html) == [("values.agenda.now", "0"), ("pick", "opgave")]
    assert "Geef op elke regel beide cijfers." in html


@pytest.mark.parametrize(
    "typed",
    [
        {"values": "3"},
        {"values": {"agenda": "3"}},
        {"values": {"agenda": {"now": ["1", "2"]}}},
        {"pick": ["a", "b"]},
    ],
)
def test_a_form_that_nobody_can_type_is_drawn_anew(typed: dict[str, Any]) -> None:
    assert "checked" not in own_part(room(), typed=typed, refusal=Refused("x"))


def test_without_a_last_question_the_phone_asks_for_no_pick() -> None:
    assert 'name="pick"' not in own_part(room(pick=None))
    assert own_part(room()).count('name="pick"') == len(KEYS) + 1


def test_a_closed_question_shows_the_own_numbers_without_a_form() -> None:
    [said] = cards(SAID)
    html = own_part(room(phase="closed"), said)
    assert "<form" not in html
    assert words(html) == "Opgave: 1 → 4 Agenda: 5 → 0 Begroting: 2 → 2 Welke ene draai je morgen om? Agenda"
