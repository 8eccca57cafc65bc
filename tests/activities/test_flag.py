"""The flag: who may say what, when a band is full, when the flag is up, and what lives on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.flag import LONGEST_WORD, MOST_WORDS, Flag, FlagEntry, FlagSpec, FlagTally
from app.core.drafts import StandsDraft
from app.core.errors import Refused
from app.core.lasting import Party
from app.core.opgave_hints import hints
from app.core.shown import Shown
from app.core.surroundings import Made
from tests.activities.rooms import shown
from tests.scripts import both

PARTIES = [
    {"id": "corporatie", "name": "Corporatie", "goal": "verhuur zonder overlast"},
    {"id": "opvang", "name": "Opvang", "goal": "een plek vrij"},
    {"id": "school", "name": "School", "goal": "een diploma"},
]
EXAMPLE_SPEC: dict[str, Any] = {"word": both("Welk woord zit in de weg?"), "parties": PARTIES}
SPEC = FlagSpec(question=both("?"), **EXAMPLE_SPEC)
NAMES = [party["id"] for party in PARTIES]
STANDS = ("yes", "not_yet", "unknown")
OPGAVE = "In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek."
kind = Flag()
votes = st.tuples(st.sampled_from(["", *NAMES]), st.tuples(*[st.sampled_from(STANDS)] * 3))


def example_form(number: int) -> dict[str, Any]:
    """Two vote for each who names a word."""
    if number % 3 == 2:
        return {"part": "word", "word": f"vaste woonplek {number}"}
    stands = {name: STANDS[(number + at) % 3] for at, name in enumerate(NAMES)}
    return {"stands": stands} | ({"looks_for": NAMES[number % 2]} if number % 2 else {})


def vote(number: int, *stands: str, looks_for: str = "", **changed: Any) -> Shown[Any]:
    form = {"stands": dict(zip(NAMES, stands, strict=False)), "looks_for": looks_for}
    return shown("flag", number, form, **changed)


def word(number: int, said: str, **changed: Any) -> Shown[Any]:
    made = shown("flag", number, {"part": "word", "word": said}, **changed)
    return Shown(f"w{number}", made.participant_id, "word", made.entry, made.text, absorbed=made.absorbed)


def tally(*cards: Shown[Any]) -> FlagTally:
    return kind.tally(SPEC, cards)


def refused(**form: Any) -> Refused:
    with pytest.raises(Refused) as found:
        kind.allow(SPEC, {}, kind.parse(form))
    return found.value


def test_a_vote_and_a_word_have_each_their_own_place() -> None:
    assert [kind.slot(kind.parse(example_form(number)), "k") for number in (0, 2)] == ["vote", "word"]


def test_a_vote_says_something_of_each_party() -> None:
    everything = dict.fromkeys(NAMES, "yes")
    kind.allow(SPEC, {}, kind.parse({"stands": everything, "looks_for": "opvang"}))
    assert "each party" in refused(stands={"opvang": "yes"}).message
    assert "each party" in refused().message


@pytest.mark.parametrize("form", [{"stands": {"nobody": "yes"}}, {"looks_for": "nobody"}, {"word": "stil"}])
def test_a_vote_on_a_party_that_is_not_there_is_refused(form: dict[str, Any]) -> None:
    assert "changed" in refused(**{"stands": dict.fromkeys(NAMES, "yes")} | form).message


def test_without_parties_there_is_nothing_to_vote_on() -> None:
    with pytest.raises(Refused, match="No parties"):
        kind.allow(SPEC.model_copy(update={"parties": ()}), {}, kind.parse({}))


def test_an_answer_that_nobody_offered_is_refused() -> None:
    refused(stands=dict.fromkeys(NAMES, "perhaps"))


def test_a_word_is_there_is_short_and_brings_no_vote() -> None:
    kind.allow(SPEC, {}, kind.parse({"part": "word", "word": "x" * LONGEST_WORD}))
    assert refused(part="word").message == "Type something first."
    assert refused(part="word", word="x" * (LONGEST_WORD + 1)).values == {"max_length": LONGEST_WORD}
    refused(part="word", word="dakloze", stands={"opvang": "yes"})


def test_a_band_counts_who_looks_for_its_party_and_nobody_else() -> None:
    band = tally(vote(1, "yes", looks_for="corporatie"), *[vote(n, "not_yet") for n in range(2, 9)]).bands[0]
    assert (band.stands, band.estimated, band.votes, band.is_full) == ("yes", False, (1, 0, 0), True)


def test_with_nobody_there_for_a_party_the_room_guesses() -> None:
    band = tally(vote(1, "yes", "yes", "yes", looks_for="opvang"), vote(2, "yes", "yes", "yes")).bands[0]
    assert (band.stands, band.estimated, band.votes, band.is_full) == ("yes", True, (2, 0, 0), False)
    assert band.state == "estimate-yes"


def test_before_anybody_voted_a_band_says_nothing_and_settles_nothing() -> None:
    empty = tally()
    assert {(band.stands, band.state, band.estimated) for band in empty.bands} == {("", "", False)}
    assert not empty.is_up
    assert list(kind.settle(SPEC, empty)) == []


@pytest.mark.parametrize(
    ("said", "stands"),
    [("y", "yes"), ("yyn", "yes"), ("yn", "not_yet"), ("yu", "unknown"), ("ynu", "not_yet"), ("uun", "unknown")],
)
def test_only_more_yes_than_all_else_lets_a_party_stand(said: str, stands: str) -> None:
    word_of = {"y": "yes", "n": "not_yet", "u": "unknown"}
    cards = [vote(n, word_of[sign], looks_for="corporatie") for n, sign in enumerate(said)]
    assert tally(*cards).bands[0].stands == stands


@given(st.lists(votes, max_size=12))
def test_every_vote_counts_at_most_once_for_each_band_and_in_any_order(said: list[tuple[str, tuple[str, ...]]]) -> None:
    cards = [vote(n, *stands, looks_for=chair) for n, (chair, stands) in enumerate(said)]
    made = tally(*cards)
    assert kind.tally(SPEC, cards[::-1]) == made
    for at, band in enumerate(made.bands):
        own = [stands[at] for chair, stands in said if chair == band.id]
        counted = own or [stands[at] for _, stands in said]
        assert band.votes == tuple(counted.count(each) for each in STANDS)
        assert band.estimated == (bool(said) and not own)
        assert (band.stands == "yes") == (2 * counted.count("yes") > len(counted))


@given(st.lists(votes, max_size=12))
def test_the_flag_is_up_when_all_can_stand_and_not_all_is_guessed(said: list[tuple[str, tuple[str, ...]]]) -> None:
    made = tally(*[vote(n, *stands, looks_for=chair) for n, (chair, stands) in enumerate(said)])
    seated = any(chair for chair, _ in said)
    assert made.is_up == (seated and all(band.stands == "yes" for band in made.bands))
    settled = {key: value for draft in kind.settle(SPEC, made) for key, value in draft.parties.items()}  # type: ignore[union-attr]
    assert settled == {band.id: (band.stands, band.estimated) for band in made.bands if said}


def test_guesses_alone_do_not_raise_the_flag() -> None:
    assert not tally(vote(1, "yes", "yes", "yes")).is_up
    assert tally(vote(1, "yes", "yes", "yes", looks_for="school")).is_up


def test_what_the_room_settles_names_who_can_stand() -> None:
    made = tally(vote(1, "yes", "not_yet", "unknown", looks_for="opvang"))
    stands = {"corporatie": ("yes", True), "opvang": ("not_yet", False), "school": ("unknown", True)}
    assert list(kind.settle(SPEC, made)) == [StandsDraft(stands)]


def test_words_in_the_way_count_alike_however_they_are_written() -> None:
    made = tally(
        word(1, "Dakloze"), word(2, "woonplek"), word(3, "dakloze"), word(4, "vies", text="woonplek", absorbed=("a",))
    )
    assert made.words == (("woonplek", 3), ("Dakloze", 2))
    assert len(tally(*[word(n, f"woord {n}") for n in range(20)]).words) == MOST_WORDS


def test_a_band_knows_the_words_of_who_said_not_yet_about_it() -> None:
    made = tally(vote(1, "not_yet", "yes"), word(1, "dakloze"), vote(2, "yes", "yes"), word(2, "alle"))
    assert [band.words for band in made.bands[:2]] == [(("dakloze", 1),), ()]


def test_a_word_that_the_trainer_takes_off_takes_no_vote_with_it() -> None:
    assert (
        tally(vote(1, "yes", looks_for="corporatie")).bands
        == tally(vote(1, "yes", looks_for="corporatie"), word(1, "lelijk")).bands
    )
    assert kind.card_text(kind.parse(example_form(0))) is None
    assert kind.card_text(FlagEntry(part="word", word="dakloze")) == "dakloze"


def test_the_flag_is_about_the_first_parties_that_were_named() -> None:
    rows = [Party(id=f"p{n}", workshop_id="w", name=f"Partij {n}", goal=f"doel {n}") for n in range(9)]
    asked = kind.prepare(SPEC, Made(parties=[Party(id="x", workshop_id="w", name=""), *rows]))
    assert [(each.id, each.name, each.goal) for each in asked.parties] == [
        (f"p{n}", f"Partij {n}", f"doel {n}") for n in range(6)
    ]
    assert asked.question == SPEC.question
    assert kind.prepare(SPEC, Made()).parties == SPEC.parties


@pytest.mark.parametrize(
    ("opgave", "named"),
    [
        (OPGAVE, False),
        ("In 2027 verhuurt de CORPORATIE 140 woningen in Malburgen.", True),
        ("In 2027 halen 140 scholieren in Malburgen hun diploma.", False),
        ("In 2027 gaan 140 jongeren in Malburgen elke dag naar school.", True),
    ],
)
def test_a_party_by_name_in_the_opgave_asks_whether_the_flag_is_neutral(opgave: str, named: bool) -> None:
    found = kind.advice(SPEC, opgave, "nl")
    assert any("neutral" in each.message for each in found) == named
    assert found[named:] == hints(opgave, "nl")


def test_without_an_opgave_there_is_nothing_to_advise() -> None:
    assert kind.advice(SPEC, "", "nl") == ()
