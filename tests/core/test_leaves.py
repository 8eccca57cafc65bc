"""Which pages of a wall the trainer can turn to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.places import leaves


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (0, 1, (1,)),
        (0, 4, (1, 2, 3, 4)),
        (0, 84, (1, 2, 3, 0, 84)),
        (1, 5, (1, 2, 3, 4, 5)),
        (4, 84, (1, 2, 3, 4, 5, 0, 84)),
        (40, 84, (1, 0, 39, 40, 41, 0, 84)),
        (84, 84, (1, 0, 83, 84)),
        (9, 3, (1, 2, 3)),
    ],
)
def test_the_first_the_last_and_those_beside_the_present_one(page: int, pages: int, shown: tuple[int, ...]) -> None:
    assert leaves(page, pages) == shown


@given(st.integers(0, 200), st.integers(1, 200))
def test_from_every_page_the_next_and_the_one_before_can_be_reached(page: int, pages: int) -> None:
    shown = leaves(page, pages)
    assert len(shown) <= 7
    assert {1, pages} <= set(shown)
    if page <= pages:
        assert {each for each in (page - 1, page + 1) if 1 <= each <= pages} <= set(shown)
