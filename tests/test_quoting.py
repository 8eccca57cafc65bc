"""What people typed, as it is read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quoting import in_first_person, own_words


@pytest.mark.parametrize("typed", ["bel Karin", "ik bel Karin", "Ik bel Karin", "IK  bel Karin.", " ik bel Karin . "])
def test_a_leading_ik_and_a_full_stop_are_said_once(typed: str) -> None:
    assert in_first_person(typed, "nl") == "Ik bel Karin"


def test_english_says_i() -> None:
    assert in_first_person("i call Karin and ask for two rooms.", "en") == "I call Karin and ask for two rooms"


def test_only_a_whole_word_is_taken_off() -> None:
    assert in_first_person("ikea bellen", "nl") == "Ik ikea bellen"
    assert in_first_person("invite Karin", "en") == "I invite Karin"


@pytest.mark.parametrize("typed", ["bel Karin op di a.s.", "mail het MT o.l.v.", "bel Karin...", "bel Karin…"])
def test_abbreviations_and_ellipses_keep_their_dots(typed: str) -> None:
    assert own_words(typed) == typed


@pytest.mark.parametrize("typed", ["bel Karin!", "bel Karin?", "vraag: ja of nee?"])
def test_other_signs_stay(typed: str) -> None:
    assert own_words(typed) == typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("morgen om 9:00 bel ik Karin", "Morgen om 9:00 bel ik Karin"),
        ("om 9.30 uur vraag ik Peter om twee kamers.", "Om 9.30 uur vraag ik Peter om twee kamers"),
        ("9:30 bel ik Karin", "9:30 bel ik Karin"),
        ("tomorrow at 9 I call Karin", "Tomorrow at 9 I call Karin"),
        ("I'll call Karin", "I'll call Karin"),
        ("i’m calling Karin", "I’m calling Karin"),
    ],
)
def test_a_sentence_with_its_own_subject_is_quoted_as_it_is(typed: str, said: str) -> None:
    assert in_first_person(typed, "nl") == said
    assert in_first_person(typed, "en") == said


def test_a_later_ik_is_not_the_subject_of_what_was_asked() -> None:
    assert in_first_person("bel Karin en vraag of ik mag komen", "nl") == "Ik bel Karin en vraag of ik mag komen"
    assert in_first_person("om 9:00 bellen met Karin", "nl") == "Ik om 9:00 bellen met Karin"


@pytest.mark.parametrize("typed", ["", "   ", "."])
def test_nothing_typed_is_nothing_said(typed: str) -> None:
    assert in_first_person(typed, "nl") == ""


def test_a_pronoun_alone_is_left_alone() -> None:
    assert own_words("ik") == "ik"


@given(st.text(alphabet=st.sampled_from("ikI bel.K…'’9:é\n"), max_size=40))
def test_no_other_word_is_lost(typed: str) -> None:
    said = in_first_person(typed, "nl")
    kept = own_words(typed)
    assert kept in said or kept[1:] in said
    assert kept in typed
