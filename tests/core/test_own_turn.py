"""The one thing that the own page is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.own_turn import Standing, turn

ACT = Standing(has_act=True)


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(False, week=True), "none"),
        (ACT, "act"),
        (Standing(True, has_come=True, open=True), "check"),
        (Standing(True, has_come=True, open=True, week=True), "check"),
        (Standing(True, has_come=True, week=True), "week"),
        (Standing(True, has_come=True, week=True, month=True), "month"),
        (Standing(True, is_first=False, week=True), "week"),
        (Standing(True, is_first=False), "act"),
        (Standing(True, has_come=True, open=True, answer="niet", may_replan=True), "again"),
        (Standing(True, has_come=True, open=True, answer="niet", may_replan=True, week=True), "week"),
        (Standing(True, has_come=True, open=True, answer="gelukt", may_go_on=True), "next"),
        (Standing(True, has_come=True), "rest"),
    ],
)
def test_the_one_thing_to_do_now(standing: Standing, expected: str) -> None:
    assert turn(standing) == expected


@given(st.builds(Standing, has_act=st.just(True), has_come=st.just(False), is_first=st.just(True)))
def test_before_its_moment_nobody_is_asked_anything(standing: Standing) -> None:
    assert turn(standing) == "act"
