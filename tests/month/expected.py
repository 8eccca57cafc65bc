"""Everything that must come in one month, and everything that people do in it, from the start of the workshop alone."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.month.buddies import to_buddies
from tests.month.dutch_days import Days
from tests.month.outside import Outside
from tests.month.people import FORTY, FOUR, Person
from tests.month.person_month import Month
from tests.month.table import Letter, at, to_trainer

ANNA, DIRK = "anna@example.org", "dirk@example.org"


@dataclass(frozen=True)
class Start:
    """When it begins. `house`: the days off that the organisation of the big workshop adds; `switches`: how it sets
    that in the product; `school`: school holidays lie in the month."""

    name: str
    day: date
    school: bool = False
    house: frozenset[date] = frozenset()
    switches: dict[str, object] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(13, 30))


class Expected:
    def __init__(self, start: Start) -> None:
        self.start = start
        self.house = Days(house=start.house)
        self.big = [self._month(each, start.house) for each in FORTY]
        self.small = [self._month(each, frozenset()) for each in FOUR]
        self.outside = Outside(self.house, start.at, start.school)

    def _month(self, person: Person, house: frozenset[date]) -> Month:
        return Month(person, Days(frozenset(person.off), house), self.start.at, self.start.school)

    @property
    def months(self) -> list[Month]:
        return self.big + self.small

    def letters(self) -> list[Letter]:
        found = [letter for month in self.months for letter in month.letters]
        for to, months, days in ((ANNA, self.big, self.house), (DIRK, self.small, Days())):
            later = any("later" in month.ticks for month in months)
            found += to_trainer(to, days, self.start.at, self.start.school, later, self._news(months, days))
        return sorted([*found, *to_buddies(self.months, self.start.at), *self.outside.letters()])

    def _news(self, months: list[Month], days: Days) -> bool:
        told = days.after(days.after(self.start.day))
        first, last = at(told, "10:30"), at(told, "16:30")
        answers = (when for month in months for when, doing in month.doings if doing.what in ("check", "more", "reply"))
        return any(first < when <= last for when in answers)

    @property
    def over(self) -> datetime:
        """When all addresses are gone."""
        return max(month.gone_at for month in self.months if month.gone_at) + timedelta(days=1)
