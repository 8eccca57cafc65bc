"""The letters about somebody else's act: `m0b` that it was made, `m2b` that it is answered; at most two a person."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from tests.month.people import address
from tests.month.person_month import Month
from tests.month.table import Letter, at, due

ROOM = timedelta(hours=2)
"""So long after the start the room is open in any case; then letters keep to working hours."""


def to_buddies(months: Sequence[Month], start: datetime) -> Iterator[Letter]:
    """Both typed the other's code, and who gets the letter has an address."""
    by_name = {month.person.name: month for month in months}
    for about in months:
        other, said = _named(about)
        if other in by_name and _named(by_name[other])[0] == about.person.name:
            agreed = max(said, _named(by_name[other])[1])
            yield from _to(by_name[other], about, agreed, start)


def _to(buddy: Month, about: Month, agreed: datetime, start: datetime) -> Iterator[Letter]:
    given = _first(buddy, ("address",))
    if given is None:
        return
    told = _in_working_hours(buddy, max(agreed, given), start)
    if told < about.first and _both(buddy, about, told):
        yield Letter(told, address(buddy.person.name), "m0b")
    answered = _first(about, ("check", "reply"))
    if answered is not None:
        last = max(due("m2", about.first, about.days), answered, given)
        batch = at(buddy.days.after(last.date()), "10:00")
        if _both(buddy, about, batch):
            yield Letter(batch, address(buddy.person.name), "m2b")


def _in_working_hours(buddy: Month, when: datetime, start: datetime) -> datetime:
    """In the room at once; later not before 07:45, not in the evening, and on working days only."""
    if when < start + ROOM:
        return when
    if not buddy.days.works(when.date()) or when.time() >= time(17):
        return at(buddy.days.after(when.date()), "08:30")
    return max(when, at(when.date(), "07:45"))


def _both(buddy: Month, about: Month, when: datetime) -> bool:
    """Whether both are still there, and the one still wants mail."""
    ends = _first(buddy, ("stop", "remove", "delete", "removed")), _first(about, ("delete", "removed")), buddy.gone_at
    return all(each is None or when < each for each in ends)


def _named(month: Month) -> tuple[str, datetime]:
    found = ((doing.value, when) for when, doing in month.doings if doing.what == "buddy")
    return next(found, ("", datetime.max))


def _first(month: Month, what: tuple[str, ...]) -> datetime | None:
    return next((when for when, doing in month.doings if doing.what in what), None)
