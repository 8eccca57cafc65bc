"""One question and some answers: the rules, the bars, and the line of text that an answer may ask for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.activities.poll import IN_ONE_ROW, MOST_ASKED, WORD_ROWS, Poll, PollSpec
from app.core.errors import Refused
from app.live.view import View
from tests.activities.rooms import own_part, screen, shown, text, view
from tests.scripts import both, options

EXAMPLE_SPEC: dict[str, Any] = {
    "options": [*options("ja", "bijna"), {"key": "nee", "label": both("Nee"), "ask": both("Welk woord?")}]
}
SPEC = PollSpec(question=both("?"), **EXAMPLE_SPEC)
KEYS = ["ja", "bijna", "nee"]
kind = Poll()


def example_form(number: int) -> dict[str, Any]:
    pick = KEYS[number % 3]
    return {"pick": pick, "words": {"nee": f"woonplek nummer {number}"}} if pick == "nee" else {"pick": pick}


def room(*picks: str, **changed: Any) -> View:
    cards = [shown("poll", number, {"pick": pick}) for number, pick in enumerate(picks)]
    return view("poll", cards, **EXAMPLE_SPEC | changed)


@pytest.mark.parametrize("pick", ["misschien", "", "JA"])
def test_an_answer_that_is_no_option_is_refused(pick: str) -> None:
    with pytest.raises(Refused):
        kind.allow(SPEC, {}, kind.parse({"pick": pick}))


def test_one_question_has_one_answer() -> None:
    with pytest.raises(Refused):
        kind.parse({"pick": ["ja", "nee"]})


def test_a_line_of_text_has_its_length() -> None:
    kind.allow(SPEC, {}, kind.parse({"pick": "nee", "words": {"nee": "x" * MOST_ASKED}}))
    with pytest.raises(Refused, match="too long"):
        kind.allow(SPEC, {}, kind.parse({"pick": "nee", "words": {"nee": "x" * (MOST_ASKED + 1)}}))


def test_a_question_needs_two_answers() -> None:
    with pytest.raises(ValidationError):
        PollSpec(question=both("?"), options=options("ja"))


@given(st.lists(st.sampled_from(KEYS), max_size=60))
def test_every_answer_is_in_one_bar(picks: list[str]) -> None:
    tally = kind.tally(SPEC, [shown("poll", number, {"pick": pick}) for number, pick in enumerate(picks)])
    assert [(bar.key, bar.count) for bar in tally.bars] == [(key, picks.count(key)) for key in KEYS]
    assert sum(bar.share for bar in tally.bars) == pytest.approx(1 if picks else 0)


def test_only_the_words_of_the_chosen_answer_are_shown() -> None:
    cards = [
        shown("poll", 1, {"pick": "ja", "words": {"nee": "typed, and then chosen otherwise"}}),
        shown("poll", 2, {"pick": "nee", "words": {"nee": "alle"}}),
        shown("poll", 3, {"pick": "nee", "words": {"nee": "een lelijk woord"}}, text="een ander woord"),
        shown("poll", 4, {"pick": "nee"}),
    ]
    assert [words for _, words in kind.tally(SPEC, cards).words] == ["alle", "een ander woord"]
    assert [kind.card_text(card.entry) for card in cards] == [None, "alle", "een lelijk woord", None]


def test_the_form_shows_what_was_said_and_can_be_changed() -> None:
    html = own_part(room("ja"), shown("poll", 0, {"pick": "bijna"}))
    assert 'value="bijna" required checked' in html
    assert html.count(" checked") == 1
    assert "Verander mijn antwoord" in html


def test_a_closed_question_shows_what_was_said_without_a_form() -> None:
    html = own_part(room("ja", phase="closed"), shown("poll", 0, {"pick": "bijna"}))
    assert "<form" not in html
    assert "<q>Bijna</q>" in html


def test_the_phones_see_the_bars_after_the_reveal_only() -> None:
    assert "bars-a1" not in screen(room("ja"), "participant").parts
    assert "bars-a1" in screen(room("ja", phase="revealed"), "participant").parts


def test_a_question_that_is_its_own_picture_has_no_bars_before_the_first_answer() -> None:
    assert "bars-a1" not in screen(room(literal=True), "projector").parts
    assert "bars-a1" in screen(room("ja", literal=True), "projector").parts


def test_words_of_people_are_text_and_nothing_else() -> None:
    cards = [shown("poll", 1, {"pick": "nee", "words": {"nee": "<b>dik</b>"}})]
    assert "<b>dik" not in text(view("poll", cards, **EXAMPLE_SPEC), "projector")


WORDS = st.lists(st.integers(1, MOST_ASKED), max_size=40).map(
    lambda lengths: [(f"c{number}", "x" * length) for number, length in enumerate(lengths)]
)


@given(WORDS)
def test_the_wall_shows_the_newest_words_that_fit_whole(words: list[tuple[str, str]]) -> None:
    kept = list(kind.fitting(words))
    assert kept == words[len(words) - len(kept) :]
    assert bool(kept) == bool(words)
    if len(kept) > 1:
        assert sum(len(text) for _, text in kept) <= WORD_ROWS * IN_ONE_ROW


def test_words_that_do_not_fit_are_counted() -> None:
    forms = [{"pick": "nee", "words": {"nee": f"woonplek nummer {number:03}"}} for number in range(30)]
    html = text(
        view("poll", [shown("poll", number, form) for number, form in enumerate(forms)], **EXAMPLE_SPEC), "projector"
    )
    assert "woonplek nummer 029" in html
    assert "woonplek nummer 000" not in html
    assert f"en nog {30 - html.count('woonplek nummer')}" in html
