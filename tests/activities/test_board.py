"""The board: which lines the room sees, in which order, and what the trainer fills in."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.board import LINE, ROOM, ROW, Board, BoardSpec
from app.core.lasting import Condition, Need
from app.core.workshop import Activity
from app.live.view import View
from tests.activities.rooms import screen, text, view
from tests.scripts import both

kind = Board()
EXAMPLE_SPEC = {"of": "needs"}
OWNERS = [{"key": "manager", "label": {"nl": "Mijn leidinggevende", "en": "My manager"}}]


def example_form(number: int) -> dict[str, Any]:
    return {}


def need(name: str, **changed: Any) -> Need:
    return Need(id=name, workshop_id="w1", type="TEAM", **{"text": f"nodig {name}"} | changed)


def condition(name: str, **changed: Any) -> Condition:
    return Condition(id=name, workshop_id="w1", **{"text": f"voorwaarde {name}"} | changed)


def spec(of: str, most: int = 6) -> BoardSpec:
    return BoardSpec(question=both("?"), of=of, most=most)


def room(*rows: Need | Condition, **changed: Any) -> View:
    of = "conditions" if rows and isinstance(rows[0], Condition) else "needs"
    made = view("board", **{"of": of} | changed)
    made.mirror.lasting = {type(row): {each.id: each for each in rows} for row in rows}
    asked = Activity(id="a0", workshop_id="w1", position=0, step="s0", key="k", kind="cards", spec={"owners": OWNERS})
    made.mirror.activities["a0"] = asked
    return made


def listed(html: str) -> list[str]:
    return re.findall(r'class="board-text" dir="auto">(?:nodig|voorwaarde) (\w+)<', html)


def test_most_dots_come_first_and_then_what_the_room_worked_on() -> None:
    rows = [need("a", dots=1), need("b", dots=3), need("c", dots=1, source="team Zuid"), need("d", text="")]
    assert [row.id for row in kind.needs(rows)] == ["b", "c", "a"]


def test_what_has_an_answer_comes_first_and_then_what_has_an_owner() -> None:
    rows = [condition("a"), condition("b", owner="nobody"), condition("c", owner="manager")]
    rows += [condition("d", status="met"), condition("e", status="refused"), condition("f", status="promised")]
    assert [row.id for row in kind.conditions(rows)] == ["f", "d", "e", "c", "a", "b"]


@given(st.lists(st.integers(1, 300), max_size=20), st.integers(1, 8), st.integers(1, 90))
def test_the_lines_fit_and_the_rest_is_counted(signs: list[int], most: int, question: int) -> None:
    lines = [need(f"n{number}", text="x" * count) for number, count in enumerate(signs)]
    kept = kind.fitting(spec("needs", most), lines, "x" * question)
    assert kept == lines[: len(kept)]
    assert len(kept) <= most
    assert len(kept) * (LINE + ROW) <= ROOM
    assert kept or not lines


def test_six_lines_of_two_rows_fit_when_there_are_no_more() -> None:
    lines = [need(f"n{number}", text="x" * 90) for number in range(9)]
    assert len(kind.fitting(spec("needs"), lines[:5], "Kort?")) == 5
    assert len(kind.fitting(spec("needs"), lines, "Kort?")) == 5
    short = [need(f"n{number}") for number in range(9)]
    assert len(kind.fitting(spec("needs", 8), short, "Kort?")) == 8


@pytest.mark.parametrize("audience", ["projector", "participant"])
def test_the_room_sees_size_source_and_what_stops(audience: str) -> None:
    html = text(room(need("a", size="8 uur", source="team <Zuid>", stops="het overleg", settled=True)), audience)
    for words in ("nodig a", "8 uur", "komt van: team &lt;Zuid&gt;", "stopt: het overleg", "✓</span> Nu geregeld"):
        assert words in html
    assert "<form" not in re.sub(r'(?s)<div id="mine-.*', "", html) or audience == "projector"


@pytest.mark.parametrize(
    ("status", "sign", "word"),
    [("open", "○", "open"), ("promised", "→", "toegezegd"), ("met", "✓", "ingevuld"), ("refused", "✕", "nee")],
)
def test_a_condition_says_how_far_it_is_by_a_sign_and_a_word(status: str, sign: str, word: str) -> None:
    html = text(room(condition("a", status=status, owner="manager", by_date="1 februari")), "projector")
    assert f"{sign}</span> {word}</b>" in html
    assert "Mijn leidinggevende" in html
    assert "1 februari" in html


def test_an_owner_that_the_trainer_typed_stands_as_it_is() -> None:
    html = text(room(condition("a", owner="de wethouder")), "projector", "en")
    assert "de wethouder" in html
    assert "My manager" in text(room(condition("a", owner="manager")), "projector", "en")


def test_needs_from_cards_and_from_dots_are_on_one_board() -> None:
    html = text(room(need("card", contribution_id="c1"), need("preset", key="team", dots=4)), "projector")
    assert listed(html) == ["preset", "card"]


def test_what_does_not_fit_is_counted() -> None:
    html = text(room(*(need(f"n{number}") for number in range(9)), most=4), "projector")
    assert len(listed(html)) == 4
    assert "en nog 5" in html


def test_one_changed_line_is_the_only_news() -> None:
    before = screen(room(need("a"), need("b")), "projector")
    after = screen(room(need("a"), need("b", rev=7, dots=0, size="")), "projector", former=before)
    assert after.changes(before) == []
    changed = screen(room(need("a", size="8 uur", rev=8), need("b")), "projector", former=before)
    assert changed.changes(before) == ["board-line-a1-a"]


def test_enter_only_saves() -> None:
    """The first button of a form is the one that Enter presses."""
    html = text(room(condition("a", status="promised")), "facilitator")
    form = html[html.index('id="board-form-a"') :]
    assert re.findall(r'name="status" value="(\w+)"', form) == ["promised", "open", "promised", "met", "refused"]
    assert re.findall(r"<button[^>]*>([^<]*)<", text(room(need("a")), "facilitator"))
    assert 'action="/w/BCDFGH/conditions/a"' in html


def test_the_trainer_is_told_what_to_say_about_a_promise() -> None:
    said = "Dit mag in de brief aan de directie, zonder jouw naam."
    assert said in text(room(condition("a", status="promised")), "facilitator")
    assert said not in text(room(condition("a", status="met")), "facilitator")


def test_the_trainers_lines_do_not_change_places_under_the_finger() -> None:
    rows = [condition("b"), condition("a", status="met"), condition("c", status="promised")]
    html = text(room(*rows), "facilitator")
    assert re.findall(r'id="board-form-(\w)"', html) == ["a", "b", "c"]


def test_settled_can_be_taken_back_in_the_same_place() -> None:
    assert 'name="settled" value="yes"' in text(room(need("a")), "facilitator")
    assert 'name="settled" value="no"' in text(room(need("a", settled=True)), "facilitator")
