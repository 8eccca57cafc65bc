"""Answers from 0 to 10: the rules, the medians and quartiles, and what the trainer is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.activities.scale import Scale, ScaleEntry, ScaleSpec
from app.core.drafts import GapDraft
from app.core.errors import Refused
from app.core.shown import Shown
from tests.activities.rooms import shown
from tests.scripts import both

kind = Scale()
grades = st.integers(0, 10)


def asked(*keys: str, **changed: Any) -> dict[str, Any]:
    points = [{"key": key, "label": both(key.title())} for key in keys]
    return {"points": points, "low": both("niets"), "high": both("alles"), **changed}


GAP = asked("now", "wanted", picture="gap", settles=True)
EXAMPLE_SPEC = GAP
GRID = asked("want", "can", picture="grid")


def example_form(number: int) -> dict[str, Any]:
    return {"values": {"now": str(number % 5), "wanted": str(5 + number % 6)}}


def spec(given: dict[str, Any]) -> ScaleSpec:
    return ScaleSpec(question=both("?"), **given)


def answers(keys: tuple[str, str], *pairs: tuple[int, int]) -> list[Shown[Any]]:
    return [
        shown("scale", number, {"values": {key: str(grade) for key, grade in zip(keys, pair, strict=True)}})
        for number, pair in enumerate(pairs)
    ]


def test_every_point_needs_a_number() -> None:
    kind.allow(spec(GAP), {}, kind.parse({"values": {"now": "0", "wanted": "10"}}))
    for values in ({"now": "3"}, {"now": "3", "other": "4"}, {"now": "3", "wanted": "4", "third": "5"}):
        with pytest.raises(Refused, match="each line"):
            kind.allow(spec(GAP), {}, kind.parse({"values": values}))


@pytest.mark.parametrize("form", [{}, {"values": "3"}, {"values": {"now": "11"}}, {"values": {"now": "-1"}},
                                  {"values": {"now": "2.5"}}, {"values": {"now": ["1", "2"]}}])  # fmt: skip
def test_only_whole_numbers_from_0_to_10_are_answers(form: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        kind.parse(form)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (asked("now", "now"), "same key"),
        (asked("want", "can", picture="gap"), "'now' and 'wanted'"),
        (asked("now", "wanted", "later", picture="gap"), "'now' and 'wanted'"),
        (asked("energy", picture="grid"), "two points"),
        (asked("energy", settles=True), "settle the gap"),
    ],
)
def test_a_script_cannot_ask_for_a_picture_that_its_points_do_not_make(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        spec(given)


def test_the_gap_is_the_difference_of_the_medians() -> None:
    tally = kind.tally(spec(GAP), answers(("now", "wanted"), (2, 7), (3, 8), (4, 9), (2, 8)))
    now, wanted = tally.clouds
    assert (now.median, wanted.median, tally.gap, tally.count) == (2.5, 8.0, 5.5, 4)
    assert now.counts == (0, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0)


def test_spread_is_the_distance_of_the_quartiles() -> None:
    tally = kind.tally(spec(GAP), answers(("now", "wanted"), (1, 8), (2, 8), (6, 8), (9, 8)))
    assert [(each.q1, each.q3, each.spread) for each in tally.clouds] == [(1.5, 7.5, 6.0), (8.0, 8.0, 0.0)]


@pytest.mark.parametrize(
    ("values", "q1", "q3"), [([4], 4, 4), ([2, 8], 2, 8), ([1, 5, 9], 1, 9), ([1, 2, 3, 4, 9], 1.5, 6.5)]
)
def test_the_middle_one_of_an_odd_number_belongs_to_neither_half(values: list[int], q1: float, q3: float) -> None:
    cards = [shown("scale", number, {"values": {"energy": value}}) for number, value in enumerate(values)]
    [cloud] = kind.tally(spec(asked("energy")), cards).clouds
    assert (cloud.q1, cloud.q3) == (q1, q3)


@given(st.lists(grades, min_size=1, max_size=60))
def test_median_and_quartiles_stand_in_order_within_the_answers(values: list[int]) -> None:
    tally = kind.tally(
        spec(asked("energy")), [shown("scale", n, {"values": {"energy": v}}) for n, v in enumerate(values)]
    )
    [cloud] = tally.clouds
    assert min(values) <= cloud.q1 <= cloud.median <= cloud.q3 <= max(values)
    assert sum(cloud.counts) == tally.count == len(values)
    assert sum(1 for v in values if v < cloud.median) <= len(values) / 2 >= sum(1 for v in values if v > cloud.median)


@given(st.lists(st.tuples(grades, grades), max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(pairs: list[tuple[int, int]], chance: Any) -> None:
    cards = answers(("want", "can"), *pairs)
    mixed = chance.sample(cards, len(cards))
    tally = kind.tally(spec(GRID), cards)
    assert kind.tally(spec(GRID), mixed) == tally
    assert sum(people for _, _, people in tally.pairs) == len(pairs)
    assert {(x, y) for x, y, _ in tally.pairs} == set(pairs)


def test_the_medians_live_on_when_the_script_says_so() -> None:
    tally = kind.tally(spec(GAP), answers(("now", "wanted"), (2, 7), (4, 9)))
    assert list(kind.settle(spec(GAP), tally)) == [GapDraft(now=3.0, wanted=8.0, count=2)]
    assert list(kind.settle(spec(GAP | {"settles": False}), tally)) == []
    assert list(kind.settle(spec(GAP), kind.tally(spec(GAP), []))) == []


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([], []),
        ([(2, 7), (3, 8), (3, 7), (2, 8)], []),
        ([(0, 8), (1, 8), (6, 8), (9, 8)], ["Answers lie far apart"]),
        ([(6, 7), (6, 7)], ["The gap is small"]),
        ([(8, 3), (8, 3)], ["The gap is small"]),
        ([(2, 10), (3, 10)], ["Everybody wants a ten"]),
        ([(2, 10), (3, 9)], []),
        ([(0, 10), (1, 10), (8, 10), (10, 10), (10, 10)], ["Answers lie far apart", "Everybody wants a ten"]),
    ],
)
def test_the_trainer_is_told_what_to_talk_about_first(pairs: list[tuple[int, int]], said: list[str]) -> None:
    lines = kind.advice(spec(GAP), kind.tally(spec(GAP), answers(("now", "wanted"), *pairs)))
    assert [line[: len(start)] for line, start in zip(lines, said, strict=True)] == said


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([(8, 7), (9, 8), (7, 5), (5, 4)], []),
        ([(8, 3), (9, 8), (7, 7), (8, 8)], ["right bottom"]),
        ([(2, 3), (9, 8), (7, 7), (8, 8)], ["at the left"]),
        ([(8, 2)] + [(8, 8)] * 4, []),
    ],
)
def test_on_willing_and_able_a_group_in_a_corner_is_named(pairs: list[tuple[int, int]], said: list[str]) -> None:
    lines = kind.advice(spec(GRID), kind.tally(spec(GRID), answers(("want", "can"), *pairs)))
    assert len(lines) == len(said)
    assert all(word in line for word, line in zip(said, lines, strict=True))


def test_another_grid_is_not_about_willing_and_able() -> None:
    other = asked("needed", "available", picture="grid")
    assert kind.advice(spec(other), kind.tally(spec(other), answers(("needed", "available"), (9, 1), (1, 1)))) == []


def test_an_entry_of_an_older_script_is_left_out_of_the_tally() -> None:
    old = Shown("c9", "p9", "one", ScaleEntry(values={"now": 1}))
    assert kind.tally(spec(GAP), [old]).count == 0
