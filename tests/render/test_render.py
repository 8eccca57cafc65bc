"""Sheets: parts that stand by themselves, and frames of only what changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, DictLoader

from app import render
from app.render import environment, sheet
from app.sheet import Sheet, partial

NESTED = """
<p>around {{ n }}</p>
{% call place("stage") %}<h1>{{ title }}</h1>
{%- call place("cards", version=v) %}{{ draws.append("cards") or cards }}{% endcall %}
{%- endcall %}
{% call place("mine", keep=True, class_="mine", aria_live="polite") %}form{% endcall %}
"""
BROKEN = """
{% call place("good") %}fine{% endcall %}
{% call place("bad") %}{% call place("in") %}x{% endcall %}{{ 1 // n }}{% endcall %}
{% call place("last") %}end{% endcall %}
"""
TWICE = '{% call place("a") %}1{% endcall %}{% call place("a") %}2{% endcall %}'
ROWS = '{% call(row) places(rows, tag="li", class_="row") %}{{ draws.append(row) or row }}{% endcall %}'
OURS = DictLoader({"rows.html": ROWS, "nested.html": NESTED, "broken.html": BROKEN, "twice.html": TWICE})


@pytest.fixture(autouse=True)
def templates(monkeypatch: pytest.MonkeyPatch) -> None:
    made = environment("nl")
    assert made.loader
    monkeypatch.setattr(made, "loader", ChoiceLoader([OURS, made.loader]))


def nested(former: Sheet | None = None, **changed: object) -> tuple[Sheet, list[str]]:
    draws: list[str] = []
    given = {"n": 1, "title": "Title", "cards": "one & two", "v": None, "draws": draws} | changed
    return sheet("nested.html", "nl", former, **given), draws


def test_a_screen_is_its_parts_put_into_each_other() -> None:
    drawn, _ = nested()
    assert list(drawn.parts) == ["screen", "stage", "cards", "mine"]
    assert drawn.inside == {"stage": "screen", "cards": "stage", "mine": "screen"}
    whole = drawn.assemble("screen")
    assert '<div id="stage"><h1>Title</h1><div id="cards">one &amp; two</div></div>' in whole
    assert '<div id="mine" hx-morph-skip-children class="mine" aria-live="polite">form</div>' in whole
    assert "\0" not in whole


def test_the_own_part_takes_the_place_of_the_common_one() -> None:
    drawn, _ = nested()
    assert ">what Bas said</div>" in drawn.assemble("screen", {"mine": "what Bas said"})
    assert ">form</div>" in drawn.assemble("screen")


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        ({}, []),
        ({"cards": "three"}, ["cards"]),
        ({"title": "Other"}, ["stage"]),
        ({"title": "Other", "cards": "three"}, ["stage"]),
        ({"n": 2, "cards": "three"}, ["screen"]),
    ],
)
def test_a_frame_holds_only_what_changed_and_nothing_twice(changed: dict[str, object], parts: list[str]) -> None:
    before, _ = nested()
    after, _ = nested(before, **changed)
    assert after.changes(before) == parts
    frame = after.frame(before)
    assert frame.count("<hx-partial") == len(parts)
    assert frame.count("three") == ("cards" in changed)


def test_what_lies_in_a_changed_part_and_stayed_the_same_is_not_told_again() -> None:
    before, _ = nested()
    after, _ = nested(before, title="Other")
    assert '<h1>Other</h1><div id="cards" data-same></div>' in after.frame(before)
    moved, _ = nested(before, title="Other", cards="three")
    assert '<h1>Other</h1><div id="cards">three</div>' in moved.frame(before)


def test_everything_is_news_to_who_saw_nothing() -> None:
    drawn, _ = nested()
    assert drawn.changes(Sheet()) == ["screen"]
    assert drawn.frame(Sheet()) == partial("screen", drawn.assemble("screen"))


def test_a_part_of_the_same_version_is_not_drawn_again() -> None:
    first, drawn_first = nested(v=(1,))
    second, drawn_second = nested(first, v=(1,), cards="never drawn")
    third, drawn_third = nested(second, v=(2,), cards="three")
    assert (drawn_first, drawn_second, drawn_third) == (["cards"], [], ["cards"])
    assert second.changes(first) == []
    assert third.changes(second) == ["cards"]
    assert third.former is None  # else every sheet since the start would be held


def test_of_a_list_only_the_rows_that_changed_are_drawn() -> None:
    draws: list[str] = []

    def drawn(former: Sheet | None = None, **rows: str) -> Sheet:
        draws.clear()
        return sheet("rows.html", "nl", former, rows=rows, draws=draws)

    first = drawn(a="one", b="two & more")
    assert draws == ["one", "two & more"]
    assert first.assemble("screen") == '<li id="a" class="row">one</li><li id="b" class="row">two &amp; more</li>'
    second = drawn(first, a="one", b="three")
    assert draws == ["three"]
    assert second.changes(first) == ["b"]
    assert drawn(second, b="three", c="four").assemble("screen").index("three") > 0
    assert draws == ["four"]


def test_one_broken_part_is_told_and_the_rest_stands() -> None:
    drawn = sheet("broken.html", "nl", n=0)
    whole = drawn.assemble("screen")
    notice = environment("nl").get_template("shared/unrenderable.html").render()
    assert notice.strip()
    assert f'<div id="bad">{notice}</div>' in whole
    assert ">fine</div>" in whole
    assert ">end</div>" in whole
    assert "in" not in drawn.parts
    mended = sheet("broken.html", "nl", drawn, n=1)
    assert mended.changes(drawn) == ["bad"]
    assert ">x</div>" in mended.assemble("bad")


def test_a_page_with_a_broken_part_is_a_fault() -> None:
    with pytest.raises(ZeroDivisionError):
        render.page("broken.html", "nl", n=0)


def test_two_parts_of_one_name_are_a_fault_of_the_template() -> None:
    with pytest.raises(ValueError, match="drawn twice"):
        render.page("twice.html", "nl")


def test_the_same_state_gives_the_same_bytes() -> None:
    first, second = nested()[0], nested()[0]
    assert first.parts == second.parts


@given(st.text(max_size=40))
def test_what_people_type_stays_text(typed: str) -> None:
    drawn, _ = nested(cards=typed)
    inside = drawn.assemble("cards")
    assert "<" not in inside
    assert '"' not in inside


def test_a_partial_names_its_target() -> None:
    text = partial("stage", "<b>now</b>")
    assert text == '<hx-partial hx-target="#stage" hx-swap="innerMorph"><b>now</b></hx-partial>'
