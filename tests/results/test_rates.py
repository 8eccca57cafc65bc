"""What was said against what was done, as section E5 of the method counts it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.results.rates import EXCUSED, Answer, Obstacle, Outcome, Rate, Row, Standing

DUE = date(2026, 11, 25)
CODES = ["DRUK", "VERGADERING", "NIET_BEREIKT", *sorted(EXCUSED)]


def row(answer: Answer | None = None, obstacle: str | None = None, **changes: Any) -> Row:
    return replace(Row(DUE, answer, obstacle, late=False, has_address=True, replanned=False), **changes)


ARNHEM = [
    *[row("gelukt")] * 14,
    row("deels", "VERGADERING"),
    row("deels", "NIET_BEREIKT"),
    row("niet", "VERGADERING", replanned=True),
    row("niet", replanned=True),
    *[row()] * 4,
]


def test_the_example_of_the_letter_to_the_trainer() -> None:
    standing = Standing.of(ARNHEM, DUE)
    outcome = standing.outcome
    assert outcome.rate_a == Rate(14, 22)
    assert outcome.rate_a.percentage == 64
    assert outcome.rate_b == Rate(14, 18)
    assert outcome.response == Rate(18, 22)
    assert (outcome.done, outcome.partly, outcome.not_done, outcome.unanswered) == (14, 2, 2, 4)
    assert standing.replanned == 2


def test_who_was_off_or_had_nothing_left_to_do_counts_in_a_and_not_in_b() -> None:
    outcome = Outcome.of([row("gelukt"), row("niet", "AFWEZIG"), row("deels", "ACHTERHAALD"), row("niet", "DRUK")])
    assert outcome.rate_a == Rate(1, 4)
    assert outcome.rate_b == Rate(1, 2)


def test_an_obstacle_left_over_from_an_earlier_answer_excuses_nothing() -> None:
    outcome = Outcome.of([row("gelukt", "AFWEZIG"), row(None, "AFWEZIG")])
    assert outcome.excused == 0
    assert outcome.rate_b == Rate(1, 1)


def test_without_commitments_there_are_no_rates() -> None:
    outcome = Standing.of([], DUE).outcome
    assert outcome.rate_a is None
    assert outcome.rate_b is None
    assert outcome.response is None


def test_without_answers_rate_a_is_nothing_of_all_and_rate_b_is_absent() -> None:
    outcome = Outcome.of([row(), row()])
    assert outcome.rate_a == Rate(0, 2)
    assert outcome.rate_b is None


def test_who_is_not_yet_due_stands_apart_even_when_answered_early() -> None:
    tomorrow = DUE + timedelta(days=1)
    rows = [row("gelukt"), row(), row("gelukt", due_day=tomorrow), row(due_day=tomorrow, has_address=False)]
    standing = Standing.of(rows, DUE)
    assert standing.outcome.rate_a == Rate(1, 2)
    assert standing.not_yet_due == 2
    assert standing.without_address == 0
    assert Standing.of(rows, tomorrow).outcome.rate_a == Rate(2, 4)
    assert Standing.of(rows, tomorrow).without_address == 1


def test_late_answers_count_and_are_marked() -> None:
    standing = Standing.of([row("gelukt", late=True), row("niet", late=True), row("gelukt"), row(late=True)], DUE)
    assert standing.outcome.rate_a == Rate(2, 4)
    assert standing.late == 2


@pytest.mark.parametrize(("n", "has_percentage"), [(1, False), (19, False), (20, True), (300, True)])
def test_a_small_group_gets_words_and_no_percentage(n: int, has_percentage: bool) -> None:
    assert Rate(1, n).has_percentage is has_percentage


@pytest.mark.parametrize(
    ("count", "n", "percentage"),
    [(0, 30, 0), (1, 300, 1), (299, 300, 99), (30, 30, 100), (25, 200, 13), (14, 22, 64)],
)
def test_a_percentage_is_none_or_all_only_when_it_is(count: int, n: int, percentage: int) -> None:
    assert Rate(count, n).percentage == percentage


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(14, 22, 0.4295, 0.8027), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_the_interval_is_that_of_wilson(count: int, n: int, low: float, high: float) -> None:
    assert Rate(count, n).interval == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(("count", "n"), [(1, 0), (0, 0), (3, 2), (-1, 2)])
def test_a_rate_that_cannot_be_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="no rate"):
        Rate(count, n)


def test_more_excused_than_missed_is_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        Outcome(done=3, partly=1, excused=2)


def test_obstacles_are_counted_from_five_who_were_stopped() -> None:
    rows = [*ARNHEM, row("niet", "VERGADERING"), row("gelukt", "DRUK")]
    counted = (Obstacle("VERGADERING", 3), Obstacle("NIET_BEREIKT", 1))
    assert Standing.of(rows, DUE).obstacles("trainer") == counted
    assert Standing.of(rows, DUE).obstacles("other") == counted


def test_below_five_the_trainer_sees_codes_without_counts_and_others_nothing() -> None:
    standing = Standing.of(ARNHEM, DUE)
    assert standing.obstacles("trainer") == (Obstacle("NIET_BEREIKT", None), Obstacle("VERGADERING", None))
    assert standing.obstacles("other") == ()


def test_an_organisation_may_ask_for_larger_groups() -> None:
    rows = [row("niet", "DRUK")] * 9
    assert Standing.of(rows, DUE, k=10).obstacles("other") == ()
    assert Standing.of(rows, DUE, k=9).obstacles("other") == (Obstacle("DRUK", 9),)


rows_of_a_workshop = st.lists(
    st.builds(
        Row,
        due_day=st.dates(DUE - timedelta(days=7), DUE + timedelta(days=7)),
        answer=st.sampled_from([*get_args(Answer), None]),
        obstacle=st.sampled_from([*CODES, None]),
        late=st.booleans(),
        has_address=st.booleans(),
        replanned=st.booleans(),
    ),
    max_size=60,
)


@given(rows_of_a_workshop)
def test_every_commitment_is_counted_once_and_rate_a_is_the_strict_one(rows: list[Row]) -> None:
    standing = Standing.of(rows, DUE)
    outcome = standing.outcome
    assert outcome.n + standing.not_yet_due == len(rows)
    assert outcome.n == outcome.done + outcome.partly + outcome.not_done + outcome.unanswered
    if outcome.rate_a is not None:
        assert outcome.rate_a.n == outcome.n
        assert 0 <= outcome.rate_a.value <= 1
    if outcome.rate_a is not None and outcome.rate_b is not None:
        assert outcome.rate_a.value <= outcome.rate_b.value <= 1


@given(rows_of_a_workshop)
def test_one_more_without_an_answer_never_raises_rate_a_and_leaves_rate_b(rows: list[Row]) -> None:
    before, after = Outcome.of([*rows, row("gelukt")]), Outcome.of([*rows, row("gelukt"), row()])
    assert before.rate_a is not None
    assert after.rate_a is not None
    assert after.rate_a.value < before.rate_a.value
    assert after.rate_b == before.rate_b


@given(rows_of_a_workshop, st.integers(1, 12))
def test_obstacles_are_never_counted_below_k(rows: list[Row], k: int) -> None:
    standing = Standing.of(rows, DUE, k)
    stopped = sum(row.due_day <= DUE and row.answer in ("deels", "niet") for row in rows)
    for obstacle in (*standing.obstacles("trainer"), *standing.obstacles("other")):
        assert (obstacle.count is not None) is (stopped >= k)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_lies_in_0_to_1_and_contains_the_rate(counts: tuple[int, int]) -> None:
    rate = Rate(*counts)
    low, high = rate.interval
    assert 0 <= low <= rate.value <= high <= 1
    assert low < high
    assert abs(rate.percentage - 100 * rate.value) <= 1
