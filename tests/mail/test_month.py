"""A simulated month, the short form: over the change to winter time, every letter as the table says."""

from datetime import date

import pytest

from app.db import Database
from app.settings import Settings
from tests.follow_up import Hands
from tests.month.dutch_days import ASCENSION_FRIDAY, GOOD_FRIDAY, LIBERATION, WEDNESDAY, Days
from tests.month.expected import Start
from tests.month.play import How, play

pytest_plugins = ["tests.follow_up_cast"]
WINTER_TIME = Start("the change to winter time, on a Friday", date(2026, 10, 23))


@pytest.mark.parametrize(
    ("today", "days", "morgen"),
    [
        ("2026-11-27", Days(), "2026-11-30"),
        ("2026-12-24", Days(), "2026-12-28"),
        ("2026-12-31", Days(), "2027-01-04"),
        ("2027-03-25", Days(), "2027-03-26"),
        ("2027-03-25", Days(house=frozenset({GOOD_FRIDAY})), "2027-03-30"),
        ("2027-03-26", Days(), "2027-03-30"),
        ("2027-04-26", Days(), "2027-04-28"),
        ("2027-05-04", Days(), "2027-05-05"),
        ("2027-05-04", Days(house=frozenset({LIBERATION})), "2027-05-07"),
        ("2027-05-05", Days(), "2027-05-07"),
        ("2027-05-05", Days(house=frozenset({ASCENSION_FRIDAY})), "2027-05-10"),
        ("2027-05-14", Days(), "2027-05-18"),
        ("2031-04-25", Days(), "2031-04-28"),
        ("2026-11-24", Days(frozenset({WEDNESDAY})), "2026-11-26"),
    ],
)
def test_the_days_of_the_table_are_those_of_the_method(today: str, days: Days, morgen: str) -> None:
    assert days.after(date.fromisoformat(today)) == date.fromisoformat(morgen)


async def test_every_letter_comes_as_the_table_says(db: Database, hands: Hands, by_file: Settings) -> None:
    """With a mail server that fails, two couriers at once, and one broken off in the middle."""
    assert await play(WINTER_TIME, db, hands, by_file, How()) > 200
