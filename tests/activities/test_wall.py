"""The wall of volunteers: nothing of a commitment is in anybody's bytes unless its owner chose so."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.wall import CHUNK, Wall, WallLine
from app.core.drafts import WallDraft
from app.core.errors import Refused
from app.core.lasting import Commitment
from app.core.participant import Participant
from app.live.view import View
from tests.activities.rooms import screen, shown, text, view

kind = Wall()
ZONE = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = date(2026, 11, 25)
AUDIENCES = ["projector", "facilitator", "participant"]
EXAMPLE_SPEC: dict[str, Any] = {}


def example_form(number: int) -> dict[str, Any]:
    return {"show": ("anonymous", "no")[number % 2]}


def commitment(number: int, wall: str = "no", act: str = "", day: date = WEDNESDAY, at: int = 9) -> Commitment:
    starts = datetime(day.year, day.month, day.day, at, 30, tzinfo=ZONE)
    return Commitment(
        id=f"k{number:03}", workshop_id="w1", participant_id=f"p{number}", act=act or f"bel persoon {number} op",
        day=day, starts_at=starts, first_due_day=day, wall=wall,
    )  # fmt: skip


def room(*commitments: Commitment, hidden: tuple[int, ...] = (), **changed: Any) -> View:
    people = [
        Participant(id=each.participant_id, workshop_id="w1", name=f"Naam{each.participant_id}") for each in commitments
    ]
    cards = [
        shown("wall", int(each.participant_id[1:]), {"show": each.wall}, hidden=int(each.participant_id[1:]) in hidden)
        for each in commitments
    ]
    return view("wall", cards, people, commitments, **changed)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def lines(room: View, language: str = "nl") -> list[str]:
    """What stands on the projector's wall, as text."""
    return [plain(line) for line in re.findall(r'<li id="wall-line-\w+">(.*?)</li>', text(room, "projector", language))]


@pytest.mark.parametrize("show", ["name", "anonymous", "no"])
def test_the_choice_is_handed_on(show: str) -> None:
    entry = kind.parse({"show": show})
    assert kind.hand_on(kind.Spec(question={"nl": "?", "en": "?"}), entry) == WallDraft(show)


@pytest.mark.parametrize("form", [{}, {"show": "yes"}, {"show": ["name", "no"]}, {"show": "no", "act": "iets"}])
def test_only_the_three_answers_are_read(form: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        kind.parse(form)


def test_a_line_has_the_time_the_name_and_the_act_as_a_quotation() -> None:
    assert lines(room(commitment(1, "name", "Ik bel Karin en vraag twee kamers."))) == [
        "9:30 Naamp1: Ik bel Karin en vraag twee kamers"
    ]


def test_without_a_name_it_is_somebodys() -> None:
    wall = room(commitment(1, "anonymous", "bel Karin"))
    assert lines(wall) == ["9:30 Iemand: Ik bel Karin"]
    assert lines(wall, "en") == ["9:30 Somebody: Ik bel Karin"]


def test_the_sentence_decides_its_language_and_not_the_screen() -> None:
    wall = room(commitment(1, "anonymous", "call Karin and ask for two rooms"))
    assert lines(wall) == ["9:30 Iemand: I call Karin and ask for two rooms"]
    assert kind.quoted("Karin 9:30", "nl") == "Ik Karin 9:30"
    assert kind.quoted("Karin 9:30", "en") == "I Karin 9:30"


def test_the_time_is_the_workshops_and_another_day_than_tomorrow_is_named() -> None:
    later = commitment(2, "anonymous", "bel Tom", day=date(2026, 11, 27), at=13)
    assert lines(room(commitment(1, "anonymous", "bel Karin"), later)) == [
        "9:30 Iemand: Ik bel Karin",
        "vr 27 nov 13:30 Iemand: Ik bel Tom",
    ]


def test_the_wall_stands_in_the_order_of_day_and_time() -> None:
    wall = room(
        commitment(1, "name", day=date(2026, 11, 26)), commitment(2, "name", at=14), commitment(3, "name", at=8)
    )
    assert [line.partition("Naam")[2][:2] for line in lines(wall)] == ["p3", "p2", "p1"]


@pytest.mark.parametrize(("most", "on_it", "more"), [(12, 5, 10), (4, 4, 11)])
def test_all_are_counted_and_the_rest_of_the_volunteers_too(most: int, on_it: int, more: int) -> None:
    wall = room(*[commitment(number, "anonymous" if number < 15 else "no") for number in range(22)], most=most)
    assert len(lines(wall)) == on_it
    assert "22 afspraken voor morgen" in plain(text(wall, "projector"))
    assert f"en nog {more}" in plain(text(wall, "projector"))
    assert "22 commitments for tomorrow" in plain(text(wall, "projector", "en"))


def test_one_commitment_is_one() -> None:
    assert "1 afspraak voor morgen" in plain(text(room(commitment(1)), "projector"))


@given(st.lists(st.sampled_from(["name", "anonymous", "no"]), max_size=30))
def test_nothing_of_who_said_no_and_no_name_that_was_not_given_is_in_any_bytes(walls: list[str]) -> None:
    wall = room(*[commitment(number, each, f"doe daad{number}!") for number, each in enumerate(walls)], most=40)
    for audience in AUDIENCES:
        seen = text(wall, audience)
        acts = {int(number) for number in re.findall(r"daad(\d+)!", seen)}
        names = {int(number) for number in re.findall(r"Naamp(\d+)", seen)}
        volunteers = {number for number, each in enumerate(walls) if each != "no"}
        named = {number for number, each in enumerate(walls) if each == "name"}
        if audience == "facilitator":
            assert (acts, names) == (volunteers, named)
        elif audience == "projector":
            assert acts <= volunteers
            assert names == named & acts
            assert len(acts) == (len(volunteers) if len(volunteers) <= 6 else 5)
        else:
            assert not acts | names


@pytest.mark.parametrize("audience", AUDIENCES)
def test_before_a_reveal_nothing_is_on_the_wall(audience: str) -> None:
    assert "Karin" not in text(room(commitment(1, "name", "bel Karin"), hide=True), audience)


def test_the_trainer_can_take_a_line_off_and_put_it_back() -> None:
    wall = room(commitment(1, "name", "bel Karin"), commitment(2, "name", "bel Tom"), hidden=(1,))
    assert lines(wall) == ["9:30 Naamp2: Ik bel Tom"]
    seen = text(wall, "facilitator")
    assert "Ik bel Karin" in seen
    assert 'action="/w/BCDFGH/cards/c1/curations"' in seen
    assert plain(seen).count("Toon weer") == plain(seen).count("Verberg") == 1


def short(count: int) -> list[WallLine]:
    return [kind.line(commitment(number, act="bel Karin")) for number in range(count)]


@given(st.integers(0, 60))
def test_chunks_hold_the_lines_in_their_order(count: int) -> None:
    chunks = kind.chunks(short(count))
    assert [line for chunk in chunks for line in chunk] == short(count)
    assert all(0 < len(chunk) <= CHUNK for chunk in chunks)


@given(st.lists(st.integers(1, 160), max_size=40), st.integers(1, 40), st.integers(1, 200))
def test_the_first_lines_are_kept_until_the_screen_is_full(lengths: list[int], most: int, asked: int) -> None:
    all_lines = [kind.line(commitment(number, act="x" * length)) for number, length in enumerate(lengths)]
    kept = kind.fitting(all_lines, most, "?" * asked)
    assert kept == all_lines[: len(kept)]
    assert bool(kept) == bool(all_lines)
    assert len(kept) <= most
    assert len(kept) >= len(kind.fitting(all_lines, most, "?" * (asked + 40)))


def test_long_texts_and_a_long_question_leave_room_for_fewer() -> None:
    long = [kind.line(commitment(number, act="x" * 150)) for number in range(9)]
    assert [len(kind.fitting(short(count), 40)) for count in (5, 6, 7, 40)] == [5, 6, 5, 5]
    assert len(kind.fitting(short(9), 4)) == 4
    assert len(kind.fitting(long, 40)) == 2
    assert len(kind.fitting(short(9), 40, "x" * 60)) == 4


def test_who_said_no_changes_the_count_and_no_line() -> None:
    three = [commitment(number, "name") for number in range(3)]
    before = screen(room(*three), "projector")
    after = screen(room(*three, commitment(9)), "projector", former=before)
    assert set(after.changes(before)) == {"wall-count-a1", "count"}
    fourth = screen(room(*three, commitment(9, "name")), "projector", former=before)
    assert set(fourth.changes(before)) == {"wall-a1-0", "wall-count-a1", "count"}
