"""What was said, done, repeated and closed, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.results.follow_through import GapAgain, Later, Said, Sharpened, Wall
from app.results.rates import Outcome, Rate
from app.results.success_cases import Case, propose

counts = st.integers(0, 40)


@given(counts, counts, counts, st.integers(1, 9))
def test_the_wall_fills_with_what_was_done_and_not_below_k_answers(done: int, missed: int, silent: int, k: int) -> None:
    outcome = Outcome(done=done, not_done=missed, unanswered=silent)
    wall = Wall.of(outcome, outcome.n, k, "seed")
    assert len(wall.marks) == outcome.n
    assert wall.full == (done if done + missed >= k else 0)


@given(st.integers(5, 39), st.text(max_size=8))
def test_a_mark_that_is_full_stays_full_when_one_more_is_done(done: int, seed: str) -> None:
    before = Wall.of(Outcome(done=done, unanswered=40 - done), 40, 5, seed)
    after = Wall.of(Outcome(done=done + 1, unanswered=39 - done), 40, 5, seed)
    assert all(now for then, now in zip(before.marks, after.marks, strict=True) if then)


def test_yes_but_differently_is_no_plain_yes() -> None:
    said = Said(18, 3, 24)
    assert said.score == Rate(18, 24)
    assert said.gap(Rate(14, 22)) == 75 - 64


@pytest.mark.parametrize(("said", "done"), [(Said(5, 0, 6), Rate(14, 22)), (Said(20, 0, 22), Rate(3, 6))])
def test_a_small_group_gets_no_gap_in_percentage_points(said: Said, done: Rate) -> None:
    assert said.gap(done) is None


def test_after_a_week_no_answer_is_no_yes() -> None:
    later = Later(people=22, asked=20, answered=11, yes=8)
    assert (later.rate, later.of_answered, later.response) == (Rate(8, 22), Rate(8, 11), Rate(11, 20))
    assert Later(people=22).rate is None


def test_more_yes_than_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        Later(people=5, asked=5, answered=2, yes=3)


def test_drafts_that_were_not_judged_do_not_count_and_few_are_not_shown() -> None:
    verdicts = [("vrijblijvend", "concreet")] * 3 + [("concreet", "concreet")] * 2 + [("", "concreet")]
    assert Sharpened.of(verdicts, 5) == Sharpened(Rate(2, 5), Rate(5, 5))
    assert Sharpened.of(verdicts, 6) is None


def test_the_gap_is_closed_only_among_the_same_people() -> None:
    before = {str(number): 2 for number in range(5)} | {"other": 9}
    after = dict.fromkeys(map(str, range(5)), 4)
    again = GapAgain.of((3, 7.5), before, after, 5)
    assert again == GapAgain(2, 4, 7.5, 5, True)
    assert again.closed == 2


def test_other_people_get_both_medians_and_nothing_to_subtract() -> None:
    again = GapAgain.of((3, 7.5), {}, dict.fromkeys(map(str, range(5)), 4), 5)
    assert again == GapAgain(3, 4, 7.5, 5, False)
    assert again.closed is None


def test_four_later_answers_are_too_few() -> None:
    assert GapAgain.of((3, 7.5), {}, dict.fromkeys(map(str, range(4)), 4), 5) is None


def case(name: str, answer: str = "", week: str = "", month: str = "") -> Case:
    return Case(name, f"bel {name}", answer, week, month, "", "")


@pytest.mark.parametrize(
    ("told", "side"),
    [
        (("gelukt", "several", "several"), "strong"),
        (("gelukt", "several", "no"), "stuck"),
        (("gelukt", "no", "once"), "strong"),
        (("niet", "", "several"), "strong"),
        (("niet", "", "once"), "stuck"),
        (("deels", "", ""), "stuck"),
        (("", "", "several"), "strong"),
        (("", "", "once"), ""),
        (("", "", ""), ""),
    ],
)
def test_who_is_strong_and_who_is_stuck(told: tuple[str, str, str], side: str) -> None:
    assert case("Noor", *told).side == side


def test_the_clearest_two_of_each_are_proposed() -> None:
    found = propose(
        [
            case("a", "gelukt"),
            case("b", "gelukt", "several", "several"),
            case("c", "gelukt", "several", "once"),
            case("d", "niet", "no", "no"),
            case("e", "deels", "once", "once"),
            case("f", "niet"),
        ],
        ["zoë", "Adem"],
    )
    assert [each.name for each in found.strong] == ["b", "c"]
    assert {each.name for each in found.stuck} == {"d", "f"}
    assert found.others == ("Adem", "zoë")
    assert not found.is_short
    assert propose([case("a", "gelukt")], []).is_short
