"""Which day is a working day, written down apart from the product: the holidays as a list of dates."""

from dataclasses import dataclass
from datetime import date, timedelta

HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2026-12-25", "2026-12-26", "2027-01-01", "2027-03-28", "2027-03-29", "2027-04-27", "2027-05-06"),
        *("2027-05-16", "2027-05-17", "2027-12-25", "2027-12-26", "2031-04-26"),
    )
)
GOOD_FRIDAY, LIBERATION, ASCENSION_FRIDAY = date(2027, 3, 26), date(2027, 5, 5), date(2027, 5, 7)
"""Off only where an organisation says so."""
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
ALL_WEEK = frozenset(range(SATURDAY))


@dataclass(frozen=True)
class Days:
    """Somebody's working days. `own`: weekdays off (0 is Monday); `house`: more days off of the organisation."""

    own: frozenset[int] = frozenset()
    house: frozenset[date] = frozenset()

    @property
    def everybody(self) -> "Days":
        """The days on which the organisation works."""
        return Days(house=self.house)

    def works(self, day: date) -> bool:
        """Who ticks the whole week off has not told when the work is done: then every weekday counts."""
        own_day_off = day.weekday() in self.own and self.own != ALL_WEEK
        return day.weekday() < SATURDAY and not own_day_off and day not in HOLIDAYS | self.house

    def after(self, day: date, count: int = 1) -> date:
        while count:
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    def before(self, day: date) -> date:
        day -= timedelta(days=1)
        return day if self.works(day) else self.before(day)

    def first(self, day: date, weekdays: tuple[int, ...]) -> date:
        """From `day` on, the first working day that is one of those; the first of all where none comes in a week."""
        start = day if self.works(day) else self.after(day)
        week = [start + timedelta(days=n) for n in range(7)]
        return next((each for each in week if self.works(each) and each.weekday() in weekdays), start)
