"""When is *morgen*? The vectors are those of the method, section E6."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.workdays import (
    DaysOff,
    NoWorkingDay,
    add_working_days,
    is_working_day,
    next_working_day,
    previous_working_day,
)

DEFAULT = DaysOff()
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
own_days = st.frozensets(st.integers(0, 6))
organisations = st.builds(
    DaysOff,
    good_friday=st.booleans(),
    liberation_day=st.sampled_from(["lustrum", "always", "never"]),
    ascension_friday=st.booleans(),
    extra=st.frozensets(days, max_size=5),
)


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        ("2026-11-27", "2026-11-30"),  # Friday
        ("2026-12-24", "2026-12-28"),  # over Christmas and a weekend
        ("2026-12-31", "2027-01-04"),  # over New Year and a weekend
        ("2027-03-25", "2027-03-26"),  # Good Friday is a working day
        ("2027-03-26", "2027-03-30"),  # over Easter
        ("2027-04-26", "2027-04-28"),  # over Koningsdag
        ("2027-05-04", "2027-05-05"),  # no lustrum
        ("2027-05-05", "2027-05-07"),  # over Ascension Day
        ("2027-05-14", "2027-05-18"),  # over Pentecost
        ("2031-04-25", "2031-04-28"),  # Koningsdag on Sunday moves to Saturday 26
    ],
)
def test_the_next_working_day_with_the_usual_switches(session: str, expected: str) -> None:
    assert next_working_day(date.fromisoformat(session), DEFAULT) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("session", "off", "expected"),
    [
        ("2027-03-25", DaysOff(good_friday=True), "2027-03-30"),
        ("2027-05-04", DaysOff(liberation_day="always"), "2027-05-07"),
        ("2027-05-05", DaysOff(ascension_friday=True), "2027-05-10"),
        ("2030-05-03", DEFAULT, "2030-05-06"),
        ("2035-05-04", DEFAULT, "2035-05-07"),
        ("2032-05-04", DaysOff(liberation_day="always"), "2032-05-07"),  # 5 May, then Ascension Day
        ("2032-05-04", DaysOff(liberation_day="never"), "2032-05-05"),
        ("2005-05-04", DaysOff(liberation_day="never"), "2005-05-06"),  # 5 May was Ascension Day too
        ("2026-11-24", DaysOff(extra=frozenset({date(2026, 11, 25)})), "2026-11-26"),
        ("2012-04-29", DEFAULT, "2012-05-01"),  # Koninginnedag, until 2013
    ],
)
def test_an_organisation_may_be_free_on_other_days(session: str, off: DaysOff, expected: str) -> None:
    assert next_working_day(date.fromisoformat(session), off) == date.fromisoformat(expected)


@pytest.mark.parametrize(("liberation_day", "works"), [("lustrum", False), ("always", False), ("never", True)])
def test_five_may_of_a_lustrum_year(liberation_day: str, works: bool) -> None:
    off = DaysOff(liberation_day=liberation_day)  # type: ignore[arg-type]
    assert date(2025, 5, 5).weekday() == MONDAY
    assert is_working_day(date(2025, 5, 5), off) is works


def test_a_free_wednesday_moves_morgen_to_thursday() -> None:
    assert next_working_day(date(2026, 11, 24), DEFAULT, frozenset({WEDNESDAY})) == date(2026, 11, 26)


def test_who_works_on_fridays_only_skips_two_free_fridays() -> None:
    fridays_only = frozenset({MONDAY, TUESDAY, WEDNESDAY, THURSDAY})
    assert next_working_day(date(2026, 12, 21), DEFAULT, fridays_only) == date(2027, 1, 8)


def test_five_own_days_off_are_read_as_none() -> None:
    all_week = frozenset(range(5))
    assert next_working_day(date(2026, 11, 24), DEFAULT, all_week) == date(2026, 11, 25)


def test_an_organisation_that_is_closed_all_year_is_refused() -> None:
    closed = DaysOff(extra=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(800)))
    with pytest.raises(NoWorkingDay):
        next_working_day(date(2026, 3, 2), closed)
    with pytest.raises(NoWorkingDay):
        previous_working_day(date(2027, 12, 31), closed)


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "2026-11-28"), (1, "2026-11-30"), (5, "2026-12-04"), (20, "2026-12-28")]
)
def test_working_days_are_counted_from_a_saturday(n: int, expected: str) -> None:
    assert add_working_days(date(2026, 11, 28), n, DEFAULT) == date.fromisoformat(expected)


def test_a_negative_number_of_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2026, 11, 28), -1, DEFAULT)


@given(days, organisations, own_days)
def test_the_next_working_day_is_later_and_is_the_first_that_works(
    day: date, off: DaysOff, own: frozenset[int]
) -> None:
    found = next_working_day(day, off, own)
    assert found > day
    assert is_working_day(found, off, own)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days)]
    assert not any(is_working_day(other, off, own) for other in between)


@given(days, organisations, own_days)
def test_a_working_day_is_no_weekend_no_own_day_off_and_no_extra_day(
    day: date, off: DaysOff, own: frozenset[int]
) -> None:
    if is_working_day(day, off, own):
        assert day.weekday() < 5
        assert day not in off.extra
        assert day.weekday() not in own or own >= frozenset(range(5))


@given(days, organisations, own_days)
def test_back_and_forth_ends_where_it_began(day: date, off: DaysOff, own: frozenset[int]) -> None:
    following = next_working_day(day, off, own)
    assert previous_working_day(next_working_day(following, off, own), off, own) == following


@given(days, st.integers(0, 12), st.integers(0, 12), organisations, own_days)
def test_adding_in_two_goes_is_adding_at_once(day: date, n: int, m: int, off: DaysOff, own: frozenset[int]) -> None:
    twice = add_working_days(add_working_days(day, n, off, own), m, off, own)
    assert twice == add_working_days(day, n + m, off, own)
