"""How needed, how available: the medians, where the work is, and dots that do not lie on each other."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.matrix import HIGH, MIDDLE, WIDE, Item, Matrix, MatrixSpec, MatrixTally, Placed
from app.core.drafts import MatrixDraft
from app.core.errors import Refused
from app.core.lasting import Need
from app.core.shown import Shown
from app.core.surroundings import Made
from app.live.view import View
from tests.activities.rooms import own_part, screen, shown, text, view
from tests.scripts import both

kind = Matrix()
EXAMPLE_SPEC = {
    "needed": both("Hoe nodig"),
    "available": both("Hoe beschikbaar"),
    "items": [{"id": "coach", "text": "een wijkcoach"}, {"id": "bus-1", "text": "een <busje>"}],
}
halves = st.integers(0, 20).map(lambda number: number / 2)


def guesses(coach: tuple[int, int], bus: tuple[int, int]) -> dict[str, Any]:
    pairs = {"coach": coach, "bus-1": bus}
    return {"guesses": {key: {"needed": str(n), "available": str(a)} for key, (n, a) in pairs.items()}}


def example_form(number: int) -> dict[str, Any]:
    return guesses((9, number % 4), (3, 5 + number % 6))


def spec(**changed: Any) -> MatrixSpec:
    return MatrixSpec(question=both("?"), **EXAMPLE_SPEC | changed)


def answers(*forms: dict[str, Any]) -> list[Shown[Any]]:
    return [shown("matrix", number, form) for number, form in enumerate(forms)]


def tallied(*places: tuple[float, float]) -> MatrixTally:
    placed = [Placed(number, f"n{number}", "x", "TEAM", *place) for number, place in enumerate(places, 1)]
    return MatrixTally(tuple(placed), 1)


def room(*forms: dict[str, Any], **changed: Any) -> View:
    return view("matrix", answers(*forms), **EXAMPLE_SPEC | changed)


def test_the_place_of_a_need_is_the_median_of_both_guesses() -> None:
    tally = kind.tally(spec(), answers(guesses((9, 1), (0, 0)), guesses((8, 4), (1, 10)), guesses((4, 2), (2, 9))))
    assert [(each.number, each.id, each.needed, each.available) for each in tally.placed] == [
        (1, "coach", 8.0, 2.0),
        (2, "bus-1", 1.0, 9.0),
    ]
    assert list(kind.settle(spec(), tally)) == [MatrixDraft({"coach": (8.0, 2.0), "bus-1": (1.0, 9.0)})]


def test_without_answers_nothing_is_placed_or_kept() -> None:
    tally = kind.tally(spec(), [])
    assert (tally.placed, list(kind.settle(spec(), tally))) == ((), [])


@pytest.mark.parametrize(
    ("needed", "available", "is_work"), [(5, 4.5, True), (5, 5, False), (4.5, 0, False), (10, 0, True), (10, 10, False)]
)
def test_the_work_is_where_much_is_needed_and_little_is_there(needed: float, available: float, is_work: bool) -> None:
    assert [each.is_work for each in tallied((needed, available)).placed] == [is_work]


def test_the_largest_distance_comes_first() -> None:
    assert [each.number for each in tallied((6, 4), (9, 1), (2, 2), (7, 4)).work] == [2, 4, 1]


def test_a_guess_about_each_need_is_asked_and_about_nothing_else() -> None:
    kind.allow(spec(), {}, kind.parse(example_form(0)))
    half = {"guesses": {"coach": {"needed": "1", "available": "2"}}}
    with pytest.raises(Refused, match="two numbers"):
        kind.allow(spec(), {}, kind.parse(half))
    half["guesses"]["gone"] = half["guesses"]["coach"]
    with pytest.raises(Refused, match="has changed"):
        kind.allow(spec(), {}, kind.parse(half))


@pytest.mark.parametrize(
    "pair", [{"needed": "11", "available": "1"}, {"needed": "1"}, "7", {"needed": "", "available": "1"}]
)
def test_a_guess_is_two_whole_numbers_from_0_to_10(pair: Any) -> None:
    with pytest.raises(Refused):
        kind.parse({"guesses": {"coach": pair}})


def test_the_needs_with_most_dots_are_asked_about_whether_typed_or_preset() -> None:
    needs = [
        Need(id=f"n{number}", workshop_id="w", type="TEAM", text=text)
        for number, text in enumerate(("a", "", "b", "c"))
    ]
    asked = kind.prepare(spec(most=2), Made(needs=needs))
    assert asked.items == (Item(id="n0", text="a", type="TEAM"), Item(id="n2", text="b", type="TEAM"))
    assert kind.prepare(spec(), Made()) == spec()


@given(st.lists(st.tuples(halves, halves), min_size=1, max_size=9))
def test_a_dot_stays_on_its_side_of_the_middle_and_within_the_picture(places: list[tuple[float, float]]) -> None:
    for spot in tallied(*places).spots:
        across, up = (spot.x - 5) / 9, (92 - spot.y) / 8.4
        assert -1e-6 <= across <= 10 + 1e-6
        assert -1e-6 <= up <= 10 + 1e-6
        assert (across >= MIDDLE - 1e-6) is (spot.placed.available >= MIDDLE)
        assert (up >= MIDDLE - 1e-6) is (spot.placed.needed >= MIDDLE)


@given(st.lists(st.tuples(halves, halves), min_size=1, max_size=6), st.integers(2, 6))
def test_needs_in_one_place_are_put_beside_each_other(places: list[tuple[float, float]], times: int) -> None:
    spots = tallied(*[places[0]] * times).spots
    for number, one in enumerate(spots):
        for other in spots[:number]:
            assert abs(one.x - other.x) >= 9 * WIDE - 1e-6 or abs(one.y - other.y) >= 8.4 * HIGH - 1e-6


def test_a_dot_that_is_alone_stands_where_it_belongs() -> None:
    assert [(spot.x, spot.y) for spot in tallied((10, 0), (0, 10)).spots] == [(5.0, 8.0), (95.0, 92.0)]


@pytest.mark.parametrize("audience", ["projector", "participant"])
def test_the_picture_says_in_words_what_it_shows(audience: str) -> None:
    html = text(room(guesses((9, 2), (3, 8)), phase="revealed"), audience)
    assert "Hier zit het werk" in html
    assert "1. een wijkcoach: nodig 9, beschikbaar 2." in html
    assert html.count('class="matrix-dot is-work"') == html.count('class="matrix-badge is-work"') == 1
    assert "een &lt;busje&gt;" in html


def test_before_the_reveal_no_number_is_in_anybodys_bytes() -> None:
    for audience in ("projector", "facilitator", "participant"):
        one, other = (screen(room(form, hide=True), audience).parts for form in (example_form(0), example_form(3)))
        assert one == other


def test_the_trainer_sees_what_to_work_on() -> None:
    assert "nodig 9, beschikbaar 2" in text(room(guesses((9, 2), (3, 8))), "facilitator")
    assert "Niets is nodig én nauwelijks beschikbaar" in text(room(guesses((9, 9), (3, 8))), "facilitator")
    assert "Haal eerst op wat er nodig is" in text(room(items=[]), "facilitator")


def test_the_phone_has_two_rows_of_eleven_buttons_a_need_and_keeps_what_was_chosen() -> None:
    [said] = answers(guesses((0, 10), (3, 8)))
    html = own_part(room(), said)
    assert html.count("<fieldset") == 2
    assert html.count('type="radio"') == 44
    assert re.findall(r'name="guesses\.([\w.-]+)" value="(\d+)" required checked', html) == [
        ("coach.needed", "0"),
        ("coach.available", "10"),
        ("bus-1.needed", "3"),
        ("bus-1.available", "8"),
    ]


@pytest.mark.parametrize(
    "typed", [{"guesses": "3"}, {"guesses": {"coach": "3"}}, {"guesses": {"coach": {"needed": ["1"]}}}]
)
def test_a_form_that_nobody_can_type_is_drawn_anew(typed: dict[str, Any]) -> None:
    assert "checked" not in own_part(room(), typed=typed, refusal=Refused("x"))


def test_without_needs_there_is_no_form() -> None:
    html = own_part(room(items=[]))
    assert "<form" not in html
    assert "Kijk op het scherm" in html


def test_a_closed_question_shows_the_own_guesses() -> None:
    [said] = answers(guesses((0, 10), (3, 8)))
    html = own_part(room(phase="closed"), said)
    assert "<form" not in html
    assert "nodig 0, beschikbaar 10" in html
