"""Two numbers an item, now and how it should be: the rules, the order of the differences, and what fits on the wall."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.activities.compare import MOST_LINES, Compare, CompareEntry, CompareSpec, CompareTally, Pair
from app.core.errors import Refused
from app.core.shown import Shown
from app.core.text import Text
from tests.activities.rooms import shown
from tests.scripts import both, options

kind = Compare()
KEYS = ("opgave", "agenda", "begroting")
EXAMPLE_SPEC: dict[str, Any] = {
    "items": options(*KEYS),
    "low": both("niet"),
    "high": both("heel sterk"),
    "first": both("nu"),
    "second": both("zou moeten"),
    "pick": both("Welke ene draai je morgen om?"),
}
PAIRS = st.tuples(st.integers(0, 5), st.integers(0, 5))
ANSWERS = st.lists(st.tuples(PAIRS, PAIRS, PAIRS, st.sampled_from(("", *KEYS))), max_size=40)


def answer(*pairs: tuple[int, int], pick: str = "", keys: tuple[str, ...] = KEYS) -> dict[str, Any]:
    """A form as a phone sends it: all values are strings, what is empty is left out."""
    values = {key: {"now": str(now), "should": str(should)} for key, (now, should) in zip(keys, pairs, strict=True)}
    return {"values": values, "pick": pick} if pick else {"values": values}


def example_form(number: int) -> dict[str, Any]:
    return answer((number % 3, 5), (4, number % 4), (2, 2), pick=("", *KEYS)[number % 4])


def spec(**changed: Any) -> CompareSpec:
    return CompareSpec(question=both("Wie stuurt?"), **EXAMPLE_SPEC | changed)


def cards(*forms: dict[str, Any]) -> list[Shown[Any]]:
    return [shown("compare", number, form) for number, form in enumerate(forms)]


def tally(*forms: dict[str, Any], **changed: Any) -> CompareTally:
    return kind.tally(spec(**changed), cards(*forms))


def test_every_item_needs_both_numbers() -> None:
    kind.allow(spec(), {}, kind.parse(answer((0, 5), (5, 0), (3, 3))))
    for keys in (KEYS[:2], (*KEYS, "other"), ("opgave", "agenda", "other")):
        with pytest.raises(Refused, match="both numbers"):
            kind.allow(spec(), {}, kind.parse(answer(*[(1, 2)] * len(keys), keys=keys)))
    with pytest.raises(Refused, match="missing"):
        kind.parse({"values": {"opgave": {"now": "1"}}})


@pytest.mark.parametrize("now", ["6", "-1", "2.5", "", "veel", ["1", "2"]])
def test_only_whole_numbers_from_0_to_5_are_answers(now: Any) -> None:
    with pytest.raises(Refused):
        kind.parse({"values": {"opgave": {"now": now, "should": "3"}}})


def test_the_pick_is_an_item_or_nothing() -> None:
    for pick in ("", *KEYS):
        kind.allow(spec(), {}, kind.parse(answer((1, 2), (1, 2), (1, 2), pick=pick)))
    with pytest.raises(Refused, match="one of the answers"):
        kind.allow(spec(), {}, kind.parse(answer((1, 2), (1, 2), (1, 2), pick="other")))


def test_where_nothing_is_to_be_picked_a_pick_is_refused() -> None:
    kind.allow(spec(pick=None), {}, kind.parse(answer((1, 2), (1, 2), (1, 2))))
    with pytest.raises(Refused, match="one of the answers"):
        kind.allow(spec(pick=None), {}, kind.parse(answer((1, 2), (1, 2), (1, 2), pick="agenda")))


@pytest.mark.parametrize(
    ("items", "says"),
    [
        (options("agenda", "agenda"), "same key"),
        (options("agenda"), "at least 2"),
        (options(*(f"item-{number}" for number in range(11))), "at most 10"),
        (options("agenda", "De agenda"), "pattern"),
    ],
)
def test_a_script_names_two_to_ten_different_items(items: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        spec(items=items)


def test_each_item_gets_its_medians_and_the_biggest_difference_comes_first() -> None:
    found = tally(answer((1, 4), (5, 0), (2, 2)), answer((2, 5), (4, 1), (3, 3)))
    assert [(line.key, line.now, line.should, line.difference) for line in found.lines] == [
        ("agenda", 4.5, 0.5, -4.0),
        ("opgave", 1.5, 4.5, 3.0),
        ("begroting", 2.5, 2.5, 0.0),
    ]
    assert found.count == 2


def test_the_top_three_are_items_that_differ() -> None:
    assert [line.key for line in tally(answer((1, 4), (5, 0), (2, 2))).top] == ["agenda", "opgave"]
    assert tally(answer((1, 1), (5, 5), (2, 2))).top == ()
    many = options(*"abcdef")
    found = tally(answer((0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (5, 5), keys=tuple("abcdef")), items=many)
    assert [line.key for line in found.top] == ["e", "d", "c"]


def test_where_many_share_the_first_place_nothing_is_picked() -> None:
    keys = tuple("abcd")
    forms = [answer(*[(1, 2)] * 4, pick=pick, keys=keys) for pick in "abcd"]
    assert [line.key for line in tally(*forms[:3], items=options(*keys)).picked] == ["a", "b", "c"]
    assert tally(*forms, items=options(*keys)).picked == ()


def test_what_most_people_picked_is_told_with_every_one_that_got_as_many() -> None:
    forms = [answer((1, 2), (1, 2), (1, 2), pick=pick) for pick in ("agenda", "", "opgave", "agenda", "opgave")]
    assert [(line.key, line.picks) for line in tally(*forms[:4]).picked] == [("agenda", 2)]
    assert [(line.key, line.picks) for line in tally(*forms).picked] == [("opgave", 2), ("agenda", 2)]
    assert tally(forms[1]).picked == ()
    assert tally().picked == ()
    assert tally(*forms, pick=None).picked == ()


@given(ANSWERS)
def test_the_differences_go_down_and_equal_ones_keep_the_order_of_the_script(said: list[Any]) -> None:
    found = tally(*(answer(*pairs, pick=pick) for *pairs, pick in said))
    places = [(-abs(line.difference), KEYS.index(line.key)) for line in found.lines]
    assert places == sorted(places)
    assert len(found.lines) == len(KEYS)
    assert found.count == len(said)
    assert sum(line.picks for line in found.lines) == sum(1 for *_, pick in said if pick)


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(said: list[Any], chance: Any) -> None:
    given_ = cards(*(answer(*pairs, pick=pick) for *pairs, pick in said))
    assert kind.tally(spec(), chance.sample(given_, len(given_))) == kind.tally(spec(), given_)


def test_nobody_answered_is_a_tally_of_nothing() -> None:
    empty = tally()
    assert [line.key for line in empty.lines] == list(KEYS)
    assert (empty.count, empty.top, kind.advice(empty)) == (0, (), [])
    assert kind.advice(tally(example_form(1))) == ["Ask: what do you decide yourself?"]


def test_an_entry_of_an_older_script_is_left_out_of_the_tally() -> None:
    old = Shown("c9", "p9", "one", CompareEntry(values={"opgave": Pair(now=1, should=2)}, pick="opgave"))
    found = kind.tally(spec(), [old])
    assert (found.count, found.picked) == (0, ())


def test_nothing_of_it_lives_on_and_no_entry_is_a_card() -> None:
    entry = kind.parse(example_form(3))
    assert kind.hand_on(spec(), entry) is None
    assert kind.card_text(entry) is None
    assert list(kind.settle(spec(), tally(example_form(3)))) == []


@pytest.mark.parametrize(("items", "length", "lines"), [(8, 33, 8), (10, 20, 8), (8, 66, 4), (2, 300, 1)])
def test_the_wall_shows_the_lines_that_fit_eight_at_most(items: int, length: int, lines: int) -> None:
    keys = tuple("abcdefghij"[:items])
    named = [{"key": key, "label": {"nl": "x" * length, "en": "x"}} for key in keys]
    found = tally(answer(*[(1, 4)] * items, pick="a", keys=keys), items=named)
    shown_ = kind.fitting(spec(items=named), found)
    assert (len(shown_), MOST_LINES) == (lines, 8)
    assert shown_ == found.lines[:lines]


@pytest.mark.parametrize(("length", "lines"), [(40, 8), (80, 8), (120, 5), (160, 4)])
def test_a_longer_question_takes_its_room_from_the_lines(length: int, lines: int) -> None:
    keys = tuple("abcdefgh")
    asked = spec(items=options(*keys)).model_copy(update={"question": Text(nl="x" * length, en="x")})
    assert len(kind.fitting(asked, tally(answer(*[(1, 4)] * 8, keys=keys), items=options(*keys)))) == lines
