"""A group that comes back: what it sees of the former workshop, and what only its trainer sees."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.lookback import AROUND, LINE, QUOTE, ROOM, TWO_ROWS, Lookback, LookbackSpec
from app.live.view import View
from tests.activities.rooms import text, view
from tests.scripts import both

kind = Lookback()
EXAMPLE_SPEC: dict[str, Any] = {}
BEFORE: dict[str, Any] = {
    "opgave": "Iedereen <woont>.",
    "now": 3.0,
    "wanted": 7.5,
    "held_on": "2026-11-24",
    "k": 5,
    "obstacles": [["VERGADERING", 4], ["DRUK", 1]],
    "conditions": [{"text": "een <kamer>", "owner": "Directie", "status": "promised"}],
    "conditions_total": 1,
    "commitments": {"due": 22, "done": 14, "partly": 2, "not_done": 2, "silent": 4},
}
FEW = {
    "obstacles": [["DRUK", None]],
    "commitments": {"due": 4, "done": 1, "partly": 1, "not_done": 1, "silent": 1},
}
ALL = ["now", "obstacles", "conditions", "commitments"]


def example_form(number: int) -> dict[str, Any]:
    return {}


def spec(*show: str) -> LookbackSpec:
    return LookbackSpec(question=both("?"), **({"show": show} if show else {}))


def room(before: dict[str, Any], *show: str) -> View:
    made = view("lookback", **({"show": list(show)} if show else {}))
    made.workshop.before = before
    return made


def test_the_script_says_what_is_shown_and_in_which_order() -> None:
    assert kind.parts(spec(), BEFORE) == ALL
    assert kind.parts(spec("commitments", "now", "commitments"), BEFORE) == ["commitments", "now"]


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ({"now": None}, ALL[1:]),
        ({"obstacles": []}, ["now", *ALL[2:]]),
        ({"conditions": []}, ["now", "obstacles", ALL[3]]),
    ],
)
def test_what_was_not_left_is_not_shown(taken: dict[str, Any], left: list[str]) -> None:
    assert kind.parts(spec(), BEFORE | taken) == left


def test_what_would_point_at_persons_is_for_the_trainer_only() -> None:
    assert kind.parts(spec(), BEFORE | FEW) == ["now", "conditions"]
    assert kind.parts(spec(), BEFORE | FEW, for_trainer=True) == ALL


@pytest.mark.parametrize("audience", ["projector", "participant"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_small_numbers_are_in_nobodys_bytes_but_the_trainers(audience: str, language: str) -> None:
    html = text(room(BEFORE | FEW), audience, language)
    for words in ("Ik had het te druk", "I was too busy", "van de 4", "of 4 done"):
        assert words not in html
    assert "Ik had het te druk" in text(room(BEFORE | FEW), "facilitator")
    assert "Alleen jij ziet dit" in text(room(BEFORE | FEW), "facilitator")


@pytest.mark.parametrize("audience", ["projector", "participant", "facilitator"])
def test_all_of_it_is_one_calm_page(audience: str) -> None:
    html = text(room(BEFORE), audience)
    for words in ("Op dinsdag 24 november", "<b>3</b>", "<b>7,5</b>", "4×", "Een vergadering ging voor", "een &lt;kame",
                  "toegezegd", "14 van de 22 gedaan", "deels 2 · niet 2 · geen antwoord 4"):  # fmt: skip
        assert words in html


def test_a_list_that_is_cut_says_how_long_it_is() -> None:
    many = [{"text": f"nodig {number}", "owner": "", "status": "open"} for number in range(12)]
    before = BEFORE | {"conditions": many, "conditions_total": 30}
    assert "<small>2 van de 30</small>" in text(room(before), "projector")
    assert "<small>6 van de 30</small>" in text(room(before), "participant")


def test_the_former_opgave_is_shown_unless_it_is_the_present_one() -> None:
    assert "Iedereen &lt;woont&gt;." in text(room(BEFORE), "projector")


@pytest.mark.parametrize("audience", ["projector", "participant", "facilitator"])
@pytest.mark.parametrize("before", [{}, {"opgave": "", "now": None, "wanted": None, "held_on": "2026-11-24", "k": 5}])
def test_without_a_former_workshop_nothing_breaks(audience: str, before: dict[str, Any]) -> None:
    html = text(room(before), audience)
    assert "lookback-part" not in html.replace("lookback-parts", "")


def test_the_trainer_is_told_when_there_is_nothing() -> None:
    assert "volgt op geen andere" in text(room({}), "facilitator")
    assert "liet niets na" in text(room({"opgave": "x", "k": 5}), "facilitator")


@given(st.integers(1, 4), st.booleans(), st.integers(1, 80))
def test_the_lists_fit_beside_each_other(parts: int, has_quote: bool, question: int) -> None:
    lines = kind.lines(parts, has_quote, "x" * question)
    assert 1 <= lines <= 6
    if lines > 1:
        rows, line = (2, LINE) if parts > 2 else (1, LINE * TWO_ROWS)
        assert rows * (AROUND + lines * line) + (QUOTE if has_quote else 0) <= ROOM
