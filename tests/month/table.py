"""The table of who gets what and when, as plain rules. All moments are on the Dutch clock, without zone, and nothing
here is taken from the product."""

from dataclasses import dataclass
from datetime import date, datetime, time

from tests.month.dutch_days import FRIDAY, THURSDAY, TUESDAY, WEDNESDAY, Days

NOT_MONDAY, MIDWEEK = (TUESDAY, WEDNESDAY, THURSDAY, FRIDAY), (TUESDAY, WEDNESDAY, THURSDAY)


@dataclass(frozen=True, order=True)
class Letter:
    when: datetime
    to: str
    letter: str


def due(letter: str, act: datetime, days: Days, school: bool = False) -> datetime:
    """The moment of one letter about an act."""
    day = act.date()
    if letter == "m1":
        return at(day, "07:45") if act.time() >= time(8, 45) else at(days.before(day), "16:30")
    if letter == "m2":
        return at(day, "16:15") if act.time() <= time(15, 30) else at(days.after(day), "08:30")
    if letter == "m2r":
        return at(days.after(due("m2", act, days).date()), "09:15")
    if letter == "m3":
        return at(days.first(days.everybody.after(day, 5), NOT_MONDAY), "10:00")
    assert letter == "m4"
    return at(days.first(days.everybody.after(day, 25 if school else 20), MIDWEEK), "10:00")


def to_trainer(to: str, days: Days, start: datetime, school: bool, later: bool, news: bool) -> list[Letter]:
    """The digests. `later`: somebody gets the letters after a week and four weeks; `news`: there were answers between
    the digest and its update."""
    morgen = days.after(start.date())
    told = days.after(morgen)
    letters = [Letter(at(told, "10:30"), to, "t1")]
    if news:
        letters.append(Letter(at(told, "16:30"), to, "t1u"))
    for letter, after in (("t2", "m3"), ("t3", "m4")) if later else ():
        letters.append(Letter(told_later(after, morgen, days, school), to, letter))
    return letters


def told_later(after: str, morgen: date, days: Days, school: bool) -> datetime:
    """Totals: the working day after the letters of a week or of four weeks about the first working day."""
    return at(days.after(due(after, at(morgen, "09:00"), days, school).date()), "10:30")


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))
