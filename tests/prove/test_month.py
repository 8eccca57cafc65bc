"""The simulated month, the long form: over every kind of holiday, with a mail server that fails and couriers that are
killed in the middle of a mail."""

from datetime import date

import pytest

from app.db import Database
from app.settings import Settings
from tests.follow_up import Hands
from tests.month.dutch_days import ASCENSION_FRIDAY, GOOD_FRIDAY, LIBERATION
from tests.month.expected import Start
from tests.month.play import How, play

pytestmark = pytest.mark.prove
pytest_plugins = ["tests.follow_up_cast"]
PLAIN = Start("no holiday near", date(2026, 11, 24))
STARTS = (
    Start("the change to winter time, on a Friday", date(2026, 10, 23)),
    Start("Christmas and New Year", date(2026, 12, 23), school=True),
    Start("the last day of the year", date(2026, 12, 31)),
    Start("Easter and summer time, on a Friday", date(2027, 3, 26)),
    Start("Good Friday off", date(2027, 3, 25), house=frozenset({GOOD_FRIDAY}), switches={"good_friday_off": True}),
    Start("King's Day and Ascension Day", date(2027, 4, 26)),
    Start(
        "Liberation Day and the Friday after Ascension Day off",
        date(2027, 5, 4),
        house=frozenset({LIBERATION, ASCENSION_FRIDAY}),
        switches={"liberation_day": "always", "ascension_friday_off": True},
    ),
)


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.name)
async def test_every_letter_comes_as_the_table_says(
    db: Database, hands: Hands, by_file: Settings, start: Start
) -> None:
    await play(start, db, hands, by_file, How(step=12, every=4))


async def test_hour_by_hour_with_couriers_killed(db: Database, hands: Hands, by_file: Settings) -> None:
    """And all pages and files after the last two digests."""
    await play(PLAIN, db, hands, by_file, How(step=1, every=3, kill=True, peeks=2, documents=True))
