"""Simulated people read a form as it stands and fill in what it asks."""

from collections import Counter
from random import Random

import pytest

from app.rehearsal.filling import fill
from app.rehearsal.forms import Form, Pair, read
from app.rehearsal.seats import seat_for

TIMES = 200


def form(inside: str, main: bool = True) -> Form:
    button = f'<button class="button{" button-primary" if main else ""}">Stuur</button>'
    return read(f'<form id="f" method="post" action="/w/AB/x">{inside}{button}</form>', lambda _: True)[0]


def filled(inside: str, wise: bool = True) -> list[list[Pair]]:
    chance = Random(5)
    return [fill(form(inside), chance, wise, "Noor") for _ in range(TIMES)]


def radios(name: str, values: range, checked: int = -1) -> str:
    return "".join(
        f'<input type="radio" name="{name}" value="{each}"{" checked" if each == checked else ""}>' for each in values
    )


def middle(name: str) -> float:
    return sum(int(value) for sent in filled(radios(name, range(11))) for _, value in sent) / TIMES


@pytest.mark.parametrize("name", ["values.now", "guesses.a.available"])
def test_what_is_there_now_is_seen_low(name: str) -> None:
    assert middle(name) < 4


@pytest.mark.parametrize("name", ["values.wanted", "values.a.should", "guesses.a.needed"])
def test_what_is_wanted_is_seen_high(name: str) -> None:
    assert middle(name) > 6


def test_a_select_gets_one_of_its_options() -> None:
    sent = filled('<select name="s"><option value="">geen</option><option value="a">A</option></select>')
    assert {each for (each,) in sent} == {("s", ""), ("s", "a")}


def test_what_is_chosen_already_mostly_stays() -> None:
    assert sum(sent == [("day", "2")] for sent in filled(radios("day", range(5), checked=2))) > TIMES * 0.7


def test_the_wise_give_as_many_dots_as_there_are_and_the_foolish_now_and_then_one_too_many() -> None:
    rows = "".join(f'<input type="number" name="dots.{each}" max="2">' for each in "abc")
    given = lambda wise: Counter(  # noqa: E731
        sum(int(count) for _, count in sent) for sent in filled(f'<div data-dots="3">{rows}</div>', wise)
    )
    assert given(True) == {3: TIMES}
    assert set(given(False)) == {3, 4}


def test_of_boxes_as_many_are_ticked_as_the_legend_asks_for() -> None:
    boxes = "".join(f'<input type="checkbox" name="pick" value="{each}">' for each in range(5))
    sent = filled(f"<fieldset><legend>Welke 2 zinnen?</legend>{boxes}</fieldset>")
    assert {len(each) for each in sent} == {1, 2}


def test_a_hidden_field_and_the_value_of_the_button_go_along() -> None:
    asked = form('<input type="hidden" name="key" value="k"><button name="stage" value="check">Lees terug</button>')
    assert fill(asked, Random(1), True, "Noor") == [("key", "k"), ("stage", "check")]


def test_only_a_form_with_the_main_button_that_is_not_folded_away_asks() -> None:
    assert form("").asks
    assert not form("", main=False).asks
    inside = '<form method="post" action="/w"><button class="button-primary">x</button></form>'
    folded = read(f"<details>{inside}</details><details open>{inside}</details>{inside}", lambda _: True)
    assert [each.asks for each in folded] == [False, True, True]


def test_tables_fill_in_turn_with_one_pen_each_and_one_of_seven_is_online() -> None:
    asked = form(
        "".join(f'<input type="radio" name="table" value="{each}">' for each in ("1", "2", "3", "online", "0"))
    )
    seats = [dict(seat_for(number, asked)) for number in range(14)]
    assert Counter(each["table"] for each in seats) == {"1": 4, "2": 4, "3": 4, "online": 2}
    assert sorted(each["table"] for each in seats if "pen" in each) == ["1", "2", "3"]
