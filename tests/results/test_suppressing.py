"""Numbers that are shared: whatever total somebody knows, no small number comes out of it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.results.rates import Outcome
from app.results.suppressing import breakdown, part, without_small


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"done": 14, "partly": 6, "not_done": 5}, {"done": 14, "partly": 6, "not_done": 5}),
        ({"done": 14, "partly": 2, "not_done": 2, "no_answer": 4}, {"done": 14}),
        ({"done": 14, "partly": 2, "not_done": 6}, {"done": 14}),
        ({"done": 14, "partly": 4, "not_done": 4, "no_answer": 9}, {"done": 14}),
        ({"done": 14, "partly": 0, "not_done": 0, "no_answer": 9}, {"done": 14}),
        ({"done": 14, "partly": 1}, {}),
        ({}, {}),
    ],
)
def test_a_small_cell_goes_and_takes_along_what_would_give_it_away(
    cells: dict[str, int], shown: dict[str, int]
) -> None:
    assert without_small(cells, 5) == shown


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.integers(2, 5))
def test_from_total_and_what_is_shown_no_hidden_cell_follows(counts: list[int], k: int) -> None:
    cells = {str(index): count for index, count in enumerate(counts)}
    shown = without_small(cells, k)
    assert all(count >= k for count in shown.values())
    hidden = [name for name in cells if name not in shown]
    if not hidden or not shown:
        return  # nothing is hidden, or no number is there to work with
    rest = sum(counts) - sum(shown.values())
    assert rest >= k
    largest = min(rest, max(shown.values()))
    fitting = [each for each in product(range(largest + 1), repeat=len(hidden) - 1) if rest - sum(each) >= 0]
    fitting = [each for each in fitting if _could_be([*each, rest - sum(each)], list(shown.values()), k)]
    assert all(len({each[at] for each in fitting}) > 1 for at in range(len(hidden) - 1))


def _could_be(hidden: list[int], shown: list[int], k: int) -> bool:
    """Whether these numbers would have been hidden, and no others."""
    cells = {f"h{index}": count for index, count in enumerate(hidden)}
    cells |= {f"s{index}": count for index, count in enumerate(shown)}
    return set(without_small(cells, k)) == {name for name in cells if name[0] == "s"}


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 12))
def test_a_part_is_told_when_those_counted_and_the_others_are_enough(count: int, others: int, k: int) -> None:
    assert part(count, count + others, k) == (count if min(count, others) >= k else None)


def test_a_breakdown_hides_small_groups_and_the_one_that_would_give_them_away() -> None:
    groups = {"a": Outcome(done=8, partly=4), "b": Outcome(done=2, not_done=1), "c": Outcome(done=5, not_done=1)}
    assert breakdown(groups) == {"a": groups["a"], "b": None, "c": None}


def test_a_breakdown_hides_no_more_when_the_hidden_groups_cover_each_other() -> None:
    groups = {"a": Outcome(done=9, not_done=3), "b": Outcome(done=3), "c": Outcome(not_done=2), "d": Outcome(4, 1)}
    assert breakdown(groups) == {"a": groups["a"], "b": None, "c": None, "d": groups["d"]}


def test_a_group_in_which_all_did_the_same_tells_of_each_and_is_hidden() -> None:
    groups = {"all": Outcome(done=9), "none": Outcome(not_done=6), "some": Outcome(done=6, not_done=6)}
    assert breakdown(groups) == {"all": None, "none": None, "some": groups["some"]}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3)), max_size=8), st.integers(1, 8))
def test_what_a_breakdown_hides_cannot_be_told_from_the_total(sizes: list[tuple[int, int, int]], k: int) -> None:
    groups = {str(at): Outcome(done, 0, missed, silent) for at, (done, missed, silent) in enumerate(sizes)}
    shown = breakdown(groups, k)
    hidden = sum((groups[name] for name, outcome in shown.items() if outcome is None), Outcome())
    assert list(shown) == list(groups)
    assert all(outcome is None or outcome.hides_persons(k) for outcome in shown.values())
    assert hidden.n == 0 or hidden.hides_persons(k) or all(outcome is None for outcome in shown.values())
