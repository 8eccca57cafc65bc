"""Working days in the Netherlands: which day is *morgen* for this person?

The list of public holidays is that of the `holidays` library, which knows the moved Koningsdag and the
earlier Koninginnedag. It runs from 1966 to 2100; outside those years only weekends and extra days are off.
It follows the law on legal terms (Algemene termijnenwet, article 3), which is not a law on time off: Good
Friday and 5 May differ per collective agreement. Those are therefore switches of the organisation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import holidays

SATURDAY = 5
WEEKDAYS = frozenset(range(5))
_LONGEST_CLOSURE = 366  # days: an organisation whose extra days off fill a whole year has no working days


class NoWorkingDay(ValueError):
    """No working day was found within a year: the organisation's extra days off leave none."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """What one organisation is free on, beside weekends and the holidays that nobody disputes."""

    good_friday: bool = False
    liberation_day: Literal["lustrum", "always", "never"] = "lustrum"  # lustrum: 2030, 2035, …
    ascension_friday: bool = False
    extra: frozenset[date] = frozenset()


@lru_cache(maxsize=512)
def _holidays(year: int, good_friday: bool, liberation_day: str, ascension_friday: bool) -> frozenset[date]:
    listed = holidays.country_holidays("NL", years=year, language="nl", expand=False)
    names = {day: set(listed.get_list(day)) for day in listed}
    switched = {"Bevrijdingsdag"} if good_friday else {"Bevrijdingsdag", "Goede vrijdag"}
    # In 2005 Ascension Day fell on 5 May: a day with a second name stays off when the first is switched off.
    days = {day for day, called in names.items() if called - switched}
    if liberation_day == "always" or (liberation_day == "lustrum" and year % 5 == 0):
        days.add(date(year, 5, 5))
    if ascension_friday:
        days |= {day + timedelta(days=1) for day, called in names.items() if "Hemelvaartsdag" in called}
    return frozenset(days)


def _is_off(day: date, off: DaysOff) -> bool:
    return day in off.extra or day in _holidays(day.year, off.good_friday, off.liberation_day, off.ascension_friday)


def is_working_day(day: date, days_off: DaysOff, own_days_off: frozenset[int] = frozenset()) -> bool:
    """Whether this person works on `day`. `own_days_off` holds weekdays, 0 is Monday.

    Saturday and Sunday are never working days. Who has ticked all of Monday to Friday has told nothing about
    when the work is done; those ticks are then read as none, so that the follow-up reaches this person too.
    """
    off = frozenset() if own_days_off >= WEEKDAYS else own_days_off
    return day.weekday() < SATURDAY and day.weekday() not in off and not _is_off(day, days_off)


def next_working_day(day: date, days_off: DaysOff, own_days_off: frozenset[int] = frozenset()) -> date:
    """The first working day strictly after `day`. Raises NoWorkingDay when there is none within a year."""
    return _step(day, 1, lambda candidate: is_working_day(candidate, days_off, own_days_off))


def previous_working_day(day: date, days_off: DaysOff, own_days_off: frozenset[int] = frozenset()) -> date:
    """The last working day strictly before `day`. Raises NoWorkingDay when there is none within a year."""
    return _step(day, -1, lambda candidate: is_working_day(candidate, days_off, own_days_off))


def add_working_days(day: date, n: int, days_off: DaysOff, own_days_off: frozenset[int] = frozenset()) -> date:
    """The n-th working day after `day`; for 0 `day` itself, working or not. Raises ValueError below 0."""
    if n < 0:
        raise ValueError(f"Working days are added, not taken away: {n}.")
    for _ in range(n):
        day = next_working_day(day, days_off, own_days_off)
    return day


def _step(day: date, direction: Literal[1, -1], works: Callable[[date], bool]) -> date:
    for distance in range(1, _LONGEST_CLOSURE + 1):
        candidate = day + timedelta(days=direction * distance)
        if works(candidate):
            return candidate
    raise NoWorkingDay(f"No working day within a year of {day}.")
