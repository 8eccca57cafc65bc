"""When letters are due. The calendar of these tests: 24 November 2026 is a Tuesday."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.cadence import (
    WorkPattern,
    address_deletion_due,
    buddy_told_due,
    in_working_hours,
    late_answer_deadline,
    m1_due,
    m2_due,
    m2r_due,
    m3_due,
    m4_due,
    selectable_days,
    t1_due,
)
from app.core.workdays import DaysOff

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FULL_TIME = WorkPattern(AMSTERDAM, DaysOff())
NO_WEDNESDAY = WorkPattern(AMSTERDAM, DaysOff(), frozenset({2}))
FRIDAYS_ONLY = WorkPattern(AMSTERDAM, DaysOff(), frozenset({0, 1, 2, 3}))


def at(text: str) -> datetime:
    """A moment on the Dutch clock, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def local(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).isoformat(" ", "minutes")[:16]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("2026-11-25 09:30", "2026-11-25 07:45"),
        ("2026-11-25 08:45", "2026-11-25 07:45"),
        ("2026-11-25 08:44", "2026-11-24 16:30"),
        ("2026-11-30 08:00", "2026-11-27 16:30"),  # Monday early: on Friday
        ("2026-11-28 10:00", "2026-11-28 07:45"),  # a chosen Saturday
        ("2026-11-29 08:00", "2026-11-27 16:30"),  # a chosen Sunday, early
    ],
)
def test_the_morning_letter(action: str, expected: str) -> None:
    due = m1_due(at(action), FULL_TIME, m0_sent=None, now=at("2026-11-23 12:00"))
    assert due is not None
    assert local(due) == expected


def test_the_morning_letter_before_an_early_act_skips_the_own_day_off() -> None:
    due = m1_due(at("2026-11-26 08:00"), NO_WEDNESDAY, m0_sent=None, now=at("2026-11-23 12:00"))
    assert due == at("2026-11-24 16:30")


@pytest.mark.parametrize(("m0_sent", "goes"), [("13:30", True), ("13:31", False), ("16:20", False), ("16:40", False)])
def test_no_morning_letter_within_three_hours_of_m0(m0_sent: str, goes: bool) -> None:
    sent = at(f"2026-11-24 {m0_sent}")
    due = m1_due(at("2026-11-25 08:00"), FULL_TIME, m0_sent=sent, now=sent)
    assert (due is not None) is goes


def test_no_morning_letter_for_a_moment_that_is_past() -> None:
    action = at("2026-11-25 11:00")
    assert m1_due(action, FULL_TIME, m0_sent=None, now=at("2026-11-25 07:44")) == at("2026-11-25 07:45")
    assert m1_due(action, FULL_TIME, m0_sent=None, now=at("2026-11-25 07:45")) is None
    assert m1_due(action, FULL_TIME, m0_sent=at("2026-11-20 10:00"), now=at("2026-11-25 10:00")) is None


@pytest.mark.parametrize(
    ("action", "check", "reminder"),
    [
        ("2026-11-24 09:30", "2026-11-24 16:15", "2026-11-25 09:15"),
        ("2026-11-24 15:30", "2026-11-24 16:15", "2026-11-25 09:15"),
        ("2026-11-24 15:31", "2026-11-25 08:30", "2026-11-26 09:15"),
        ("2026-11-27 17:00", "2026-11-30 08:30", "2026-12-01 09:15"),
        ("2026-11-28 10:00", "2026-11-28 16:15", "2026-11-30 09:15"),  # a chosen Saturday
        ("2026-11-28 20:00", "2026-11-30 08:30", "2026-12-01 09:15"),
        ("2026-12-25 10:00", "2026-12-25 16:15", "2026-12-28 09:15"),  # a chosen Christmas Day
    ],
)
def test_the_check_and_the_reminder(action: str, check: str, reminder: str) -> None:
    assert local(m2_due(at(action), FULL_TIME)) == check
    assert local(m2r_due(at(action), FULL_TIME)) == reminder


def test_the_check_follows_a_chosen_own_day_off_and_the_reminder_does_not() -> None:
    assert local(m2_due(at("2026-11-25 10:00"), NO_WEDNESDAY)) == "2026-11-25 16:15"
    assert local(m2r_due(at("2026-11-24 10:00"), NO_WEDNESDAY)) == "2026-11-26 09:15"


@pytest.mark.parametrize(
    ("action", "m1", "m2", "m2r"),
    [
        # Summer time begins on Sunday 28 March 2027 (Easter) and ends on Sunday 31 October.
        ("2027-03-27 10:00", "2027-03-27T06:45Z", "2027-03-27T15:15Z", "2027-03-30T07:15Z"),
        ("2027-03-28 10:00", "2027-03-28T05:45Z", "2027-03-28T14:15Z", "2027-03-30T07:15Z"),
        ("2027-10-30 10:00", "2027-10-30T05:45Z", "2027-10-30T14:15Z", "2027-11-01T08:15Z"),
        ("2027-10-31 10:00", "2027-10-31T06:45Z", "2027-10-31T15:15Z", "2027-11-01T08:15Z"),
    ],
)
def test_letters_keep_the_local_time_when_the_clock_changes(action: str, m1: str, m2: str, m2r: str) -> None:
    morning = m1_due(at(action), FULL_TIME, m0_sent=None, now=at("2027-01-01 12:00"))
    assert morning == datetime.fromisoformat(m1)
    assert m2_due(at(action), FULL_TIME) == datetime.fromisoformat(m2)
    assert m2r_due(at(action), FULL_TIME) == datetime.fromisoformat(m2r)


@pytest.mark.parametrize("action", ["2027-10-31T00:30+00:00", "2027-10-31T01:30+00:00", "2027-03-28T01:30+00:00"])
def test_an_act_in_the_night_of_the_change_gets_its_letters(action: str) -> None:
    moment = datetime.fromisoformat(action)
    assert local(m2_due(moment, FULL_TIME))[11:] == "16:15"
    assert m1_due(moment, FULL_TIME, m0_sent=None, now=at("2027-01-01 12:00")) is not None


@pytest.mark.parametrize(
    ("workshop", "covers", "due"),
    [
        ("2026-11-24 13:00", "2026-11-25", "2026-11-26 10:30"),
        ("2026-11-26 13:00", "2026-11-27", "2026-11-30 10:30"),
        ("2026-11-27 13:00", "2026-11-30", "2026-12-01 10:30"),
        ("2027-04-26 23:30", "2027-04-28", "2027-04-29 10:30"),
    ],
)
def test_the_digest_comes_one_working_day_after_the_next(workshop: str, covers: str, due: str) -> None:
    digest = t1_due(at(workshop), FULL_TIME)
    assert digest.covers == date.fromisoformat(covers)
    assert local(digest.due) == due
    assert local(digest.update_due) == due[:11] + "16:30"


def test_the_digest_comes_after_the_reminder_of_who_was_due() -> None:
    digest = t1_due(at("2026-11-24 13:00"), FULL_TIME)
    assert digest.due - m2r_due(at("2026-11-25 10:00"), FULL_TIME) == timedelta(minutes=75)


def test_the_next_seven_days_can_be_chosen_and_morgen_is_marked() -> None:
    choices = selectable_days(at("2026-11-24 23:30"), NO_WEDNESDAY)
    assert [choice.day.day for choice in choices] == [25, 26, 27, 28, 29, 30, 1]
    assert [choice.working for choice in choices] == [False, True, True, False, False, True, True]
    assert [choice.day for choice in choices if choice.default] == [date(2026, 11, 26)]


def test_a_morgen_that_is_further_off_is_an_eighth_choice() -> None:
    choices = selectable_days(at("2026-12-21 12:00"), FRIDAYS_ONLY)
    assert len(choices) == 8
    assert choices[-1].default
    assert choices[-1].day == date(2027, 1, 8)


def test_late_answers_count_until_the_end_of_the_fifth_working_day() -> None:
    assert local(late_answer_deadline(date(2026, 11, 25), FULL_TIME)) == "2026-12-03 00:00"
    assert local(late_answer_deadline(date(2026, 12, 23), FULL_TIME)) == "2027-01-01 00:00"
    assert local(late_answer_deadline(date(2026, 11, 25), NO_WEDNESDAY)) == "2026-12-04 00:00"


def test_the_address_goes_ten_working_days_after_the_reminder() -> None:
    action = at("2026-11-24 10:00")
    assert local(address_deletion_due(action, FULL_TIME, kept=10)) == "2026-12-09 09:15"
    assert local(address_deletion_due(action, FULL_TIME, kept=0)) == "2026-11-25 09:15"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        m2_due(datetime(2026, 11, 24, 10, 0), FULL_TIME)


patterns = st.builds(
    WorkPattern,
    zone=st.just(AMSTERDAM),
    days_off=st.builds(DaysOff, good_friday=st.booleans(), ascension_friday=st.booleans()),
    own_days_off=st.frozensets(st.integers(0, 6)),
)
moments = st.datetimes(datetime(1990, 1, 10), datetime(2100, 12, 1), timezones=st.just(UTC))
hours = st.timedeltas(timedelta(), timedelta(days=10))


@given(moments, hours, patterns)
def test_letters_come_in_order_around_the_act_and_never_in_the_evening(
    action: datetime, earlier: timedelta, pattern: WorkPattern
) -> None:
    sent = action - earlier
    morning = m1_due(action, pattern, m0_sent=sent, now=sent)
    check, reminder = m2_due(action, pattern), m2r_due(action, pattern)
    assert action < check < reminder < address_deletion_due(action, pattern, kept=1)
    if morning is not None:
        assert sent + timedelta(hours=3) <= morning < action
    for letter in (morning, check, reminder):
        if letter is not None:
            assert letter.utcoffset() == timedelta()
            assert time(7, 45) <= pattern.local(letter).time() <= time(16, 30)


@given(moments, patterns)
def test_a_letter_comes_on_a_free_day_only_when_that_day_was_chosen(action: datetime, pattern: WorkPattern) -> None:
    chosen = pattern.local(action).date()
    morning = m1_due(action, pattern, m0_sent=None, now=action - timedelta(days=60))
    assert morning is not None
    for letter in (morning, m2_due(action, pattern)):
        day = pattern.local(letter).date()
        assert day == chosen or pattern.works(day)
    assert pattern.works(pattern.local(m2r_due(action, pattern)).date())


@given(moments, patterns)
def test_exactly_one_choice_is_the_default_and_it_is_a_working_day(now: datetime, pattern: WorkPattern) -> None:
    choices = selectable_days(now, pattern)
    (default,) = [choice for choice in choices if choice.default]
    assert default.working
    assert not any(choice.working for choice in choices if choice.day < default.day)
    assert all(choice.day > pattern.local(now).date() for choice in choices)


MONDAYS_ONLY = WorkPattern(AMSTERDAM, DaysOff(), frozenset({1, 2, 3, 4}))


@pytest.mark.parametrize(
    ("action", "pattern", "expected"),
    [
        ("2026-11-25 09:30", FULL_TIME, "2026-12-02 10:00"),
        ("2026-11-30 09:30", FULL_TIME, "2026-12-08 10:00"),  # not on Monday
        ("2026-11-26 09:30", NO_WEDNESDAY, "2026-12-03 10:00"),
        ("2026-11-25 09:30", NO_WEDNESDAY, "2026-12-03 10:00"),  # a week later is an own day off
        ("2026-12-28 09:30", FULL_TIME, "2027-01-05 10:00"),  # New Year's Day is no working day; then not on Monday
        ("2027-03-22 09:30", FULL_TIME, "2027-03-30 10:00"),  # over Easter and the change of the clock
        ("2026-11-30 09:30", MONDAYS_ONLY, "2026-12-07 10:00"),
    ],
)
def test_the_letter_after_a_week(action: str, pattern: WorkPattern, expected: str) -> None:
    assert local(m3_due(at(action), pattern)) == expected


@pytest.mark.parametrize(
    ("action", "pattern", "holidays", "expected"),
    [
        ("2026-11-25 09:30", FULL_TIME, False, "2026-12-23 10:00"),
        ("2026-11-25 09:30", FULL_TIME, True, "2026-12-31 10:00"),
        ("2026-11-27 09:30", FULL_TIME, False, "2026-12-29 10:00"),  # Christmas lies between; never on a Monday
        ("2027-03-26 09:30", FULL_TIME, False, "2027-04-28 10:00"),  # King's Day is a Tuesday
        ("2026-11-27 09:30", FRIDAYS_ONLY, False, "2027-01-08 10:00"),  # who never works in the middle of the week
    ],
)
def test_the_letter_after_four_weeks(action: str, pattern: WorkPattern, holidays: bool, expected: str) -> None:
    assert local(m4_due(at(action), pattern, school_holidays=holidays)) == expected


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        ("2026-11-25 10:00", "2026-11-26 10:00"),  # before the check: the day after it
        ("2026-11-26 09:20", "2026-11-27 10:00"),
        ("2026-11-27 18:00", "2026-11-30 10:00"),  # Friday evening: on Monday
    ],
)
def test_a_buddy_hears_of_an_answer_with_the_next_batch(answered: str, told: str) -> None:
    assert local(buddy_told_due(at("2026-11-25 09:30"), FULL_TIME, at(answered))) == told


def test_an_address_stays_until_after_the_last_letter_that_is_wanted() -> None:
    act = at("2026-11-25 09:30")
    month = m4_due(act, FULL_TIME)
    due = address_deletion_due(act, FULL_TIME, later=True, kept=3)
    assert local(due)[:10] == FULL_TIME.after(FULL_TIME.local(month).date(), 3).isoformat()


@given(
    day=st.dates(date(2025, 1, 1), date(2040, 12, 31)),
    clock=st.times(),
    zone=st.sampled_from(["Europe/Amsterdam", "America/Curacao", "Pacific/Auckland", "Asia/Tehran"]),
    own=st.frozensets(st.integers(0, 4), max_size=5),
    holidays=st.booleans(),
    hours=st.integers(0, 300),
)
def test_nothing_comes_in_the_evening_or_on_a_day_off_that_was_not_chosen(
    day: date, clock: time, zone: str, own: frozenset[int], holidays: bool, hours: int
) -> None:
    pattern = WorkPattern(ZoneInfo(zone), DaysOff(), own)
    act = datetime.combine(day, clock, pattern.zone).astimezone(UTC)
    chosen = pattern.local(act).date()
    morning = m1_due(act, pattern, m0_sent=None, now=act - timedelta(days=30))
    letters = [
        *([morning] if morning else []),
        m2_due(act, pattern),
        m2r_due(act, pattern),
        m3_due(act, pattern),
        m4_due(act, pattern, school_holidays=holidays),
        buddy_told_due(act, pattern, act + timedelta(hours=hours)),
        in_working_hours(act, pattern),
    ]
    for due in letters:
        moment = pattern.local(due)
        assert time(7, 45) <= moment.time() < time(17)
        assert pattern.works(moment.date()) or moment.date() == chosen
    assert pattern.works(pattern.local(letters[-1]).date())
    assert letters[-1] >= act
