"""The opgave in one sentence: drafts in parts, checks, dots, and what becomes of it."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.activities.statement import Statement
from app.activities.statement.form import LONGEST_PART, StatementEntry, StatementSpec
from app.activities.statement.sentence import OPEN, compose
from app.activities.statement.tally import TOP
from app.core.drafts import OpgaveDraft
from app.core.errors import Refused
from app.core.forgetting import without_texts
from app.core.shown import Shown
from app.core.surroundings import Surroundings
from tests.activities.rooms import view
from tests.scripts import both

KEYS = ("when", "who", "where", "what", "now")
FRAME = {
    "nl": "In {when}: {who} in {where} {what}. Nu is dat {now}.",
    "en": "By {when}: {who} in {where} {what}. Today that is {now}.",
}
EXAMPLE_SPEC: dict[str, Any] = {
    "parts": [{"key": key, "label": both(f"{key}?"), "placeholder": both(f"bijv. {key}")} for key in KEYS],
    "frame": FRAME,
    "dots": 2,
    "hide": True,
}
SPEC = StatementSpec(question=both("?"), **EXAMPLE_SPEC)
WHOLE = {"when": "2028", "who": "600 ouderen", "where": "De Hoven", "what": "bewegen elke week", "now": "250"}
kind = Statement()
parts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


def example_form(number: int) -> dict[str, Any]:
    return {**WHOLE, "who": f"{number + 20} ouderen", "what": f"bewegen {number} keer per week"}


def entry(**form: Any) -> StatementEntry:
    """As it is stored."""
    return kind.complete(SPEC, {}, kind.parse(form), Surroundings())


def draft(number: int, words: str = "", **form: Any) -> Shown[Any]:
    return Shown(f"c{number}", f"p{number}", "draft", entry(**(form or example_form(number))), words)


def vote(number: int, *drafts: int) -> Shown[Any]:
    picked = [f"c{each}" for each in drafts]
    return Shown(f"v{number}", f"p{number}", "vote", entry(vote="true", pick=picked if len(picked) != 1 else picked[0]))


def refused(**form: Any) -> Refused:
    with pytest.raises(Refused) as found:
        kind.allow(SPEC, {}, kind.parse(form))
    return found.value


def test_the_sentence_is_the_frame_with_what_was_typed_in_its_places() -> None:
    assert entry(**WHOLE).text == "In 2028: 600 ouderen in De Hoven bewegen elke week. Nu is dat 250."
    assert (
        entry(**WHOLE, language="en").text == "By 2028: 600 ouderen in De Hoven bewegen elke week. Today that is 250."
    )


def test_what_is_not_known_yet_stays_open_in_the_sentence() -> None:
    assert entry(what="bewegen", who="ouderen").text == f"In {OPEN}: ouderen in {OPEN} bewegen. Nu is dat {OPEN}."


def test_a_full_stop_that_was_typed_does_not_stand_twice() -> None:
    assert entry(**WHOLE | {"now": "250."}).text.endswith("Nu is dat 250.")


@given(st.fixed_dictionaries(dict.fromkeys(KEYS, parts)))
def test_braces_and_anything_else_that_is_typed_are_text(typed: dict[str, str]) -> None:
    said = StatementEntry(**typed)
    pieces = re.split(r"\{\w+\}", FRAME["nl"])
    filled = [said.part(key).rstrip(" .") or OPEN for key in KEYS] + [""]
    assert compose(SPEC, said) == "".join(text + part for text, part in zip(pieces, filled, strict=True))


def test_a_sentence_that_a_phone_sends_ready_made_is_not_taken_over() -> None:
    assert "geheim" not in entry(**WHOLE, text="geheim").text


@pytest.mark.parametrize("form", [{}, {"what": "bewegen"}, {"when": "2028", "who": "ouderen"}])
def test_it_says_what_will_be_different_and_one_thing_more(form: dict[str, str]) -> None:
    assert refused(**form).field == "what"


@pytest.mark.parametrize("key", ["when", "who", "where", "now"])
def test_what_and_one_other_part_are_enough(key: str) -> None:
    kind.allow(SPEC, {}, kind.parse({"what": "bewegen", key: "2028"}))


def test_it_is_short_enough_to_remember() -> None:
    frame = len(["In", ":", "in", ".", "Nu", "is", "dat", "."])
    fits = {"when": "2028", "what": "x " * (35 - frame - 3)}
    while len(compose(SPEC, kind.parse(fits)).split()) < 35:
        fits["what"] += "x "
    kind.allow(SPEC, {}, kind.parse(fits))
    assert refused(**fits | {"what": fits["what"] + "x"}).values == {"words": 35}
    with pytest.raises(Refused, match="too long"):
        kind.parse({"what": "x" * (LONGEST_PART + 1)})


def test_a_part_that_the_script_does_not_ask_for_is_refused() -> None:
    short = StatementSpec(question=both("?"), **EXAMPLE_SPEC | {
        "parts": EXAMPLE_SPEC["parts"][:4:3], "frame": both("In {when}: {what}.")})  # fmt: skip
    kind.allow(short, {}, kind.parse({"when": "2028", "what": "x"}))
    with pytest.raises(Refused):
        kind.allow(short, {}, kind.parse({"when": "2028", "what": "x", "who": "600"}))


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        ("In {when} {who} {where} {what}.", "for each part"),
        ("In {when} {who} {where} {what} {now} {now}.", "for each part"),
        ("In {when} {who} {where} {what} {now} {later}.", "for each part"),
        ("In {when", "expected"),
    ],
)
def test_a_frame_that_does_not_fit_its_parts_is_no_script(frame: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        StatementSpec(question=both("?"), **EXAMPLE_SPEC | {"frame": both(frame)})


def test_a_script_asks_what_will_be_different() -> None:
    with pytest.raises(ValidationError, match="'what'"):
        StatementSpec(question=both("?"), **EXAMPLE_SPEC | {
            "parts": EXAMPLE_SPEC["parts"][:2], "frame": both("{when} {who}")})  # fmt: skip


def test_a_vote_and_a_sentence_have_places_of_their_own() -> None:
    assert kind.slot(entry(**WHOLE), "k") == "draft"
    assert kind.slot(entry(vote="true", pick="c1"), "k") == "vote"


def test_one_or_two_sentences_get_a_dot_and_each_one_only() -> None:
    kind.allow(SPEC, {}, kind.parse({"vote": "true", "pick": "c1"}))
    kind.allow(SPEC, {}, kind.parse({"vote": "true", "pick": ["c1", "c2", "c2"]}))
    assert entry(vote="true", pick=["c2", "c2"]).pick == ("c2",)
    assert refused(vote="true", pick=["c1", "c2", "c3"]).values == {"dots": 2}
    assert "first" in refused(vote="true").message


def test_the_strongest_comes_first_and_of_equals_the_earliest() -> None:
    cards = [draft(n) for n in range(7)] + [vote(1, 5, 3), vote(2, 5), vote(3, 6, 99)]
    tally = kind.tally(SPEC, cards)
    assert [(each.id, each.dots) for each in tally.top] == [("c5", 2), ("c3", 1), ("c6", 1), ("c0", 0), ("c1", 0)]
    assert len(tally.top) == TOP
    assert tally.votes == 3
    assert [id for id, _ in tally.ballot] == [f"c{n}" for n in range(7)]


@given(st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=2, unique=True), max_size=30))
def test_no_dot_is_lost_or_made(votes: list[list[int]]) -> None:
    tally = kind.tally(SPEC, [*(draft(n) for n in range(5)), *(vote(n, *each) for n, each in enumerate(votes))])
    assert sum(each.dots for each in tally.drafts) == sum(len(each) for each in votes)
    assert [each.dots for each in tally.ranked] == sorted((each.dots for each in tally.drafts), reverse=True)


@pytest.mark.parametrize(
    ("changed", "lacks"),
    [
        ({}, []),
        ({"where": ""}, ["where"]),
        ({"where": "overal"}, ["where"]),
        ({"who": ""}, ["who"]),
        ({"who": "mensen"}, ["who"]),
        ({"when": "straks"}, ["when"]),
        ({"when": "straks", "who": "mensen", "where": "overal"}, ["where", "who", "when"]),
    ],
)
def test_a_check_needs_a_part_that_is_filled_and_concrete(changed: dict[str, str], lacks: list[str]) -> None:
    form = {key: value for key, value in (WHOLE | changed).items() if value}
    [one] = kind.tally(SPEC, [draft(1, **form)]).drafts
    assert [key for key, ok in one.checks if not ok] == lacks


def test_the_trainers_wording_wins_and_is_what_is_checked() -> None:
    [one] = kind.tally(SPEC, [draft(1, "In 2028 bewegen zij in De Hoven")]).drafts
    assert one.text == "In 2028 bewegen zij in De Hoven"
    assert dict(one.checks) == {"where": True, "who": False, "when": True}


def test_the_strongest_sentence_becomes_the_opgave() -> None:
    cards = [draft(1), draft(2, "Een betere zin"), vote(1, 2)]
    assert list(kind.settle(SPEC, kind.tally(SPEC, cards))) == [OpgaveDraft("Een betere zin", "c2")]
    assert list(kind.settle(SPEC, kind.tally(SPEC, cards[:1]))) == [OpgaveDraft(draft(1).entry.text, "c1")]
    assert list(kind.settle(SPEC, kind.tally(SPEC, [vote(1, 1)]))) == []


def test_dots_for_a_sentence_that_was_merged_count_for_the_one_that_stays() -> None:
    stays = replace(draft(1), absorbed=("c2",))
    [one] = kind.tally(SPEC, [stays, vote(1, 2), vote(2, 1, 2), vote(3, 9)]).drafts
    assert one.dots == 2


def test_the_projector_shows_as_many_sentences_as_it_has_room_for() -> None:
    short = kind.tally(SPEC, [draft(number, "In 2028 is het goed.") for number in range(9)])
    long = kind.tally(SPEC, [draft(number, "woord " * 35) for number in range(9)])
    assert len(kind.fitting(SPEC, short, "nl")) == 4
    assert 2 <= len(kind.fitting(SPEC, long, "nl")) < 3


def test_of_sentences_without_dots_none_becomes_the_opgave() -> None:
    assert list(kind.settle(SPEC, kind.tally(SPEC, [draft(1), draft(2)]))) == []


def test_after_the_reveal_who_gave_dots_is_ready() -> None:
    cards = [draft(1), draft(2), vote(1, 2)]
    assert view("statement", cards, phase="open", **EXAMPLE_SPEC | {"hide": True}).ready == 2
    assert view("statement", cards, phase="revealed", **EXAMPLE_SPEC | {"hide": True}).ready == 1


def test_what_nobody_knows_yet_is_said_and_is_a_need_for_information() -> None:
    unknown = entry(**WHOLE | {"unknown": "true"})
    assert "nog niet bekend" in compose(SPEC, unknown)
    need = kind.hand_on(SPEC, unknown)
    assert need
    assert (need.type, WHOLE["what"] in need.text) == ("INFORMATIE", True)
    assert kind.hand_on(SPEC, entry(**WHOLE)) is None


def test_the_trainer_edits_the_whole_sentence_and_no_vote() -> None:
    assert kind.card_text(entry(**WHOLE)) == entry(**WHOLE).text
    assert kind.card_text(entry(vote="true", pick="c1")) is None


def test_nothing_typed_is_kept_when_texts_go() -> None:
    kept = without_texts(kind, entry(**WHOLE).model_dump(mode="json"))
    assert kept == {"language": "nl", "unknown": False, "vote": False, "pick": []}
