"""Cards that may say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.doubles import AT_ONCE, alike, doubles, likeness, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("twee uur per week", "2 uur per week vrij"),
        ("een eigen projectkamer", "Projectkamers"),
        ("meer tijd voor de wijk", "tijd voor de wijken"),
        ("a decision by the director", "decisions from the directors"),
    ],
)
def test_other_endings_and_small_words_make_no_difference(one: str, other: str) -> None:
    assert likeness(stems(one), stems(other)) >= 0.5


@pytest.mark.parametrize(("one", "other"), [("een busje", "een besluit"), ("geld", "tijd"), ("", ""), ("de", "het")])
def test_other_things_are_not_alike(one: str, other: str) -> None:
    assert likeness(stems(one), stems(other)) < 0.5


def test_what_is_alike_is_one_group_that_begins_with_the_earliest_card() -> None:
    cards = [
        ("a", "een vaste projectkamer"),
        ("b", "geld"),
        ("c", "tijd"),
        ("d", "vaste projectkamer"),
        ("e", "Geld!"),
        ("f", "de vaste projectkamers"),
    ]
    assert doubles(cards) == [["a", "d", "f"], ["b", "e"]]
    assert alike("een projectkamer", cards)[0][0] in ("a", "d")


def test_of_a_large_group_the_first_are_shown() -> None:
    cards = [(str(number), "een vaste projectkamer") for number in range(40)]
    assert doubles(cards) == [[str(number) for number in range(AT_ONCE)]]


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_text_goes_and_no_card_stands_in_two_groups(texts: list[str]) -> None:
    groups = doubles([(str(number), text) for number, text in enumerate(texts)], most=99)
    flat = [each for group in groups for each in group]
    assert len(flat) == len(set(flat))
    assert all(len(group) > 1 for group in groups)
