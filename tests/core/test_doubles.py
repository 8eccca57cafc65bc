"""Cards that may say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.doubles import alike, doubles, likeness, stems


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


def test_the_most_alike_pair_comes_first_and_the_earlier_card_first_in_it() -> None:
    cards = [
        ("a", "een vaste projectkamer"),
        ("b", "geld"),
        ("c", "vaste kamer voor projecten"),
        ("d", "vaste projectkamer"),
    ]
    assert doubles(cards)[0] == ("a", "d")
    assert alike("een projectkamer", [each for each in cards if each[0] != "b"])[0][0] in ("a", "d")


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_text_goes_and_no_card_is_a_double_of_itself(texts: list[str]) -> None:
    cards = [(str(number), text) for number, text in enumerate(texts)]
    assert all(one < other or int(one) < int(other) for one, other in doubles(cards))
