"""When the letters about one commitment are due, and which days can be chosen for it.

Pure. Moments go in and come out as aware UTC datetimes; they are planned in the workshop's zone, so that
07:45 stays 07:45 when the clock changes. No letter leaves before 07:45 or after 16:30. A letter on a day
that is off for this person leaves only on the day of the act itself, which the person chose.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import workdays
from app.core.workdays import DaysOff

SELECTABLE = 7  # days ahead
LATE_ANSWERS = 5  # working days after the day of the act
WEEK, FOUR_WEEKS, SCHOOL_HOLIDAYS = 5, 20, 5  # working days after the day of the act; what school holidays add

_EARLY_ACT, _LATE_ACT = time(8, 45), time(15, 30)
_M1, _M1_EVE = time(7, 45), time(16, 30)
_M2, _M2_NEXT, _M2R = time(16, 15), time(8, 30), time(9, 15)
_T1, _T1_UPDATE = time(10, 30), time(16, 30)
_TEN, _EVENING = time(10), time(17)
_MONDAY, _MIDWEEK = 0, (1, 2, 3)
_M0_IS_FRESH = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class WorkPattern:
    """When one person works: the workshop's zone, the organisation's and own days off (0: Monday)."""

    zone: ZoneInfo
    days_off: DaysOff
    own_days_off: frozenset[int] = frozenset()

    @property
    def house(self) -> "WorkPattern":
        """The organisation's working days: a week later is a week later for who works on one day of it."""
        return replace(self, own_days_off=frozenset())

    def works(self, day: date) -> bool:
        return workdays.is_working_day(day, self.days_off, self.own_days_off)

    def after(self, day: date, n: int = 1) -> date:
        """The n-th working day after `day`."""
        return workdays.add_working_days(day, n, self.days_off, self.own_days_off)

    def before(self, day: date) -> date:
        """The last working day before `day`."""
        return workdays.previous_working_day(day, self.days_off, self.own_days_off)

    def local(self, moment: datetime) -> datetime:
        """`moment` on the clock of the zone. Raises ValueError when naive: Python would guess a zone."""
        if moment.tzinfo is None:
            raise ValueError(f"{moment} has no time zone.")
        return moment.astimezone(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        """The moment in UTC at which the zone's clock shows `clock` on `day`."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class DayChoice:
    day: date
    working: bool
    default: bool  # exactly one of the choices: this person's *morgen*


@dataclass(frozen=True, slots=True)
class TrainerDigest:
    """T1: the last day it covers, its moment and the moment of its one update."""

    covers: date
    due: datetime
    update_due: datetime


def m1_due(action: datetime, pattern: WorkPattern, *, m0_sent: datetime | None, now: datetime) -> datetime | None:
    """The morning letter: 07:45 on the day of the act; for an act before 08:45 the working day before, 16:30.

    None when that moment is past, or when M0 (or its update) left less than three hours before it.
    """
    local = pattern.local(action)
    if local.time() < _EARLY_ACT:
        due = pattern.at(pattern.before(local.date()), _M1_EVE)
    else:
        due = pattern.at(local.date(), _M1)
    if due <= now or (m0_sent is not None and due - m0_sent < _M0_IS_FRESH):
        return None
    return due


def m2_due(action: datetime, pattern: WorkPattern) -> datetime:
    """The check: 16:15 on the day of the act, whatever that is; act after 15:30: next working day, 08:30."""
    local = pattern.local(action)
    if local.time() > _LATE_ACT:
        return pattern.at(pattern.after(local.date()), _M2_NEXT)
    return pattern.at(local.date(), _M2)


def m2r_due(action: datetime, pattern: WorkPattern) -> datetime:
    """The one reminder: the working day after M2, 09:15."""
    return pattern.at(pattern.after(pattern.local(m2_due(action, pattern)).date()), _M2R)


def m3_due(action: datetime, pattern: WorkPattern) -> datetime:
    """A week later: five working days of the organisation after the day of the act, 10:00, or the first own working
    day from then on. A Monday gives way to the next one, unless this person works on Mondays only."""
    day = pattern.house.after(pattern.local(action).date(), WEEK)
    return pattern.at(_first(day, pattern, lambda each: each.weekday() != _MONDAY), _TEN)


def m4_due(action: datetime, pattern: WorkPattern, *, school_holidays: bool = False) -> datetime:
    """Four weeks later: twenty working days of the organisation after, and five more over school holidays; from then
    on the first own working day from Tuesday to Thursday, for who works then at all; 10:00."""
    day = pattern.house.after(pattern.local(action).date(), FOUR_WEEKS + (SCHOOL_HOLIDAYS if school_holidays else 0))
    return pattern.at(_first(day, pattern, lambda each: each.weekday() in _MIDWEEK), _TEN)


def buddy_told_due(action: datetime, pattern: WorkPattern, answered: datetime) -> datetime:
    """That there is an answer, to the buddy: 10:00 on the first working day of the buddy (`pattern`) after both the
    check and the answer."""
    last = max(m2_due(action, pattern), answered)
    return pattern.at(pattern.after(pattern.local(last).date()), _TEN)


def in_working_hours(moment: datetime, pattern: WorkPattern) -> datetime:
    """`moment`, or the next one at which somebody who did not choose the day may be mailed."""
    local = pattern.local(moment)
    if not pattern.works(local.date()) or local.time() >= _EVENING:
        return pattern.at(pattern.after(local.date()), _M2_NEXT)
    return max(moment, pattern.at(local.date(), _M1))


def _first(day: date, pattern: WorkPattern, suits: Callable[[date], bool]) -> date:
    """The first own working day from `day` on that suits, within a week; the first one of all where none does."""
    first = candidate = day if pattern.works(day) else pattern.after(day)
    while candidate < first + timedelta(days=SELECTABLE):
        if suits(candidate):
            return candidate
        candidate = pattern.after(candidate)
    return first


def t1_due(workshop: datetime, pattern: WorkPattern) -> TrainerDigest:
    """The trainer's digest, one working day after the workshop's next working day.

    `workshop` is any moment of it. The pattern is the organisation's, without own days off: the digest
    covers what was due up to and including the workshop's next working day. Who has *morgen* later is not
    yet due in it.
    """
    covers = pattern.after(pattern.local(workshop).date())
    day = pattern.after(covers)
    return TrainerDigest(covers, pattern.at(day, _T1), pattern.at(day, _T1_UPDATE))


def selectable_days(now: datetime, pattern: WorkPattern) -> tuple[DayChoice, ...]:
    """The next seven days, working or not, with this person's next working day as the default.

    When that day lies further off (Christmas, for who works on Fridays only) it is added as an eighth choice.
    """
    today = pattern.local(now).date()
    default = pattern.after(today)
    days = [today + timedelta(days=n) for n in range(1, SELECTABLE + 1)]
    if default not in days:
        days.append(default)
    return tuple(DayChoice(day, pattern.works(day), day == default) for day in days)


def late_answer_deadline(due_day: date, pattern: WorkPattern) -> datetime:
    """The first moment at which an answer counts no more: the end of the fifth working day after."""
    last = pattern.after(due_day, LATE_ANSWERS)
    return pattern.at(last + timedelta(days=1), time.min)


def last_letter_due(
    action: datetime, pattern: WorkPattern, *, later: bool = False, school_holidays: bool = False
) -> datetime:
    """The last letter about this commitment: that of four weeks later for who wants it (`later`), or the reminder."""
    return m4_due(action, pattern, school_holidays=school_holidays) if later else m2r_due(action, pattern)


def address_deletion_due(
    action: datetime,
    pattern: WorkPattern,
    *,
    kept: int,
    later: bool = False,
    school_holidays: bool = False,
) -> datetime:
    """When the mail address goes: `kept` working days after the last letter, as the organisation set and works.

    `action` is the last one: when the act was planned again, the new moment.
    """
    last = pattern.local(last_letter_due(action, pattern, later=later, school_holidays=school_holidays))
    return pattern.at(pattern.house.after(last.date(), kept), last.time())
