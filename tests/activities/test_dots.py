"""Dots to spend on a list: the rules, the order, what lives on, and the form without JavaScript."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.activities.dots import DotsEntry, DotsKind, DotsSpec
from app.core.drafts import NeedsDraft
from app.core.errors import Refused
from app.core.shown import Shown
from app.live.view import View
from app.texts import say
from tests.activities.rooms import own_part, screen, shown, text, view
from tests.scripts import both

kind = DotsKind()
AUDIENCES = ["projector", "facilitator", "participant"]
KEYS = ("team", "means", "time")
ASKED: dict[str, Any] = {
    "dots": 3,
    "most_per_option": 2,
    "options": [{"key": key, "type": key.upper(), "label": both(key.title())} for key in KEYS],
}
SPEC = DotsSpec(question=both("?"), **ASKED)
EXAMPLE_SPEC = ASKED


def example_form(number: int) -> dict[str, Any]:
    return {"dots": {"team": str(1 + number % 2), "time": str(number % 2)}}


def cards(*given: dict[str, int]) -> list[Shown[Any]]:
    return [shown("dots", number, {"dots": dots}) for number, dots in enumerate(given)]


def room(*given: dict[str, int], **changed: Any) -> View:
    return view("dots", cards(*given), **ASKED | changed)


def refusal_of(**dots: int) -> Refused:
    with pytest.raises(Refused) as refused:
        kind.allow(SPEC, {}, DotsEntry(dots=dots))
    return refused.value


@pytest.mark.parametrize("dots", [{"team": 1}, {"team": 2, "means": 1}, {"team": 1, "means": 1, "time": 1}])
def test_one_to_all_dots_may_be_spent(dots: dict[str, int]) -> None:
    kind.allow(SPEC, {}, DotsEntry(dots=dots))


def test_too_many_dots_are_refused_with_how_many_to_take_away() -> None:
    refused = refusal_of(team=2, means=2, time=1)
    assert say("nl", refused.message, **refused.values) == "Je hebt 3 stippen en gaf er 5. Haal er 2 weg."
    assert say("en", refused.message, **refused.values) == "You have 3 dots and gave 5. Take 2 away."


@pytest.mark.parametrize("dots", [{}, {"team": 0, "means": 0}])
def test_at_least_one_dot_is_given(dots: dict[str, int]) -> None:
    assert "at least one" in refusal_of(**dots).message


def test_an_option_takes_no_more_than_the_script_says() -> None:
    assert refusal_of(team=3).values == {"most": 2}


def test_dots_for_what_is_not_on_the_list_are_refused() -> None:
    assert refusal_of(other=1).field == "dots"


@pytest.mark.parametrize("dots", ["3", {"team": "-1"}, {"team": "1.5"}, {"team": ["1", "1"]}, {"team": "veel"}])
def test_only_whole_dots_are_read(dots: Any) -> None:
    with pytest.raises(Refused):
        kind.parse({"dots": dots})


def test_a_form_arrives_as_text_and_its_empty_fields_do_not() -> None:
    assert kind.parse({"dots": {"team": "2"}}).dots == {"team": 2}
    assert kind.parse({}).dots == {}


def test_two_options_cannot_have_one_key() -> None:
    with pytest.raises(ValidationError, match="same key"):
        DotsSpec(question=both("?"), **ASKED | {"options": [ASKED["options"][0]] * 2})


def test_the_most_dots_come_first_and_equals_keep_the_order_of_the_script() -> None:
    tally = kind.tally(SPEC, cards({"time": 2, "means": 1}, {"time": 1, "team": 1}))
    assert [(bar.key, bar.count) for bar in tally.bars] == [("time", 3), ("team", 1), ("means", 1)]
    assert [round(bar.share, 2) for bar in tally.bars] == [1.0, 0.33, 0.33]
    assert tally.count == 2


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 2)), max_size=40))
def test_no_dot_is_lost_or_made(given: list[dict[str, int]]) -> None:
    tally = kind.tally(SPEC, cards(*given))
    counts = [bar.count for bar in tally.bars]
    assert sum(counts) == sum(sum(dots.values()) for dots in given)
    assert counts == sorted(counts, reverse=True)
    assert {bar.key for bar in tally.bars} == set(KEYS)
    assert all(0 <= bar.share <= 1 for bar in tally.bars)


def test_the_needs_live_on_with_their_dots_also_those_that_got_none() -> None:
    [settled] = kind.settle(SPEC, kind.tally(SPEC, cards({"means": 2}, {"means": 1, "team": 1})))
    assert settled == NeedsDraft(
        {"means": ("MEANS", "Means", 3), "team": ("TEAM", "Team", 1), "time": ("TIME", "Time", 0)}
    )
    assert list(kind.settle(SPEC, kind.tally(SPEC, []))) == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("count", [0, 1, 60])
def test_the_bars_can_be_drawn_for_the_room(count: int, language: str) -> None:
    full = room(*[{"means": 2, "time": 1}] * count, phase="revealed")
    for audience in AUDIENCES:
        drawn = screen(full, audience, language).parts.get("dots-a1", "")
        assert f'<b class="bar-count">{2 * count}</b>' in drawn or (audience == "participant" and not count)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_before_the_reveal_no_dot_is_in_anybodys_bytes(audience: str) -> None:
    hidden = screen(room({"team": 2}, hide=True), audience)
    assert hidden.parts == screen(room({"means": 1, "time": 2}, hide=True), audience).parts
    assert "bar-count" not in hidden.assemble("screen")
    assert "bar-count" in screen(room({"team": 2}, hide=True, phase="revealed"), audience).assemble("screen")


def fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'name="dots\.(\w+)" type="number"[^>]* value="(\d*)"', html))


def test_the_form_is_real_number_fields_with_their_bounds() -> None:
    html = own_part(room())
    assert fields(html) == {"team": "", "means": "", "time": ""}
    assert html.count('min="0" max="2"') == 3
    assert 'aria-label="Eén stip meer voor Team"' in html
    assert "Je hebt 3 stippen" in html


def test_the_form_shows_what_was_given() -> None:
    [said] = cards({"team": 2, "time": 1})
    assert fields(own_part(room(), said)) == {"team": "2", "means": "", "time": "1"}


def test_a_refused_form_keeps_what_was_typed_and_not_what_was_said_before() -> None:
    [said] = cards({"team": 2, "time": 1})
    html = own_part(room(), said, typed={"dots": {"means": "4"}}, refusal=refusal_of(means=4))
    assert fields(html) == {"team": "", "means": "4", "time": ""}
    assert "Haal er 1 weg." in html


@pytest.mark.parametrize("typed", [{"dots": "3"}, {"other": {"a": "b"}}])
def test_a_form_that_nobody_can_type_is_drawn_anew(typed: dict[str, Any]) -> None:
    assert set(fields(own_part(room(), typed=typed, refusal=Refused("x"))).values()) == {""}


def test_a_closed_list_shows_the_own_dots_without_a_form() -> None:
    [said] = cards({"team": 2, "time": 1, "means": 0})
    html = own_part(room(phase="closed"), said)
    assert "<form" not in html
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip() == "Team: 2 · Time: 1"


def test_the_projector_shows_as_many_bars_as_it_has_room_for() -> None:
    long = [{"key": f"n{n}", "label": both(f"een besluit over het oude schoolgebouw nummer {n}")} for n in range(12)]
    many = DotsSpec(question=both("Waar beginnen we?"), options=long)
    tally = kind.tally(many, cards({"n3": 2}, {"n3": 1, "n5": 1}))
    kept = kind.fitting(many, tally, "nl")
    assert [bar.key for bar in kept][:2] == ["n3", "n5"]
    assert 3 <= len(kept) < 6
    assert kind.fitting(SPEC, kind.tally(SPEC, cards({"team": 1})), "nl") == kind.tally(SPEC, cards({"team": 1})).bars
    html = text(view("dots", cards({"n3": 2}), options=long), "projector")
    assert f"Dit zijn de eerste {len(kept)} van 12." in html
