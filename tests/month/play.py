"""A month from its start to its end, with a mail server that fails, and what must hold of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.db import Database
from app.mail.courier import Courier
from app.settings import Settings
from tests.follow_up import Hands, mail_server, over_smtp
from tests.month.breaks import Breaks
from tests.month.checks import Peek, check_gone, check_mails, check_rules
from tests.month.expected import ANNA, Expected, Start
from tests.month.people import address
from tests.month.postbox import TROUBLES, Postbox, once_each
from tests.month.table import at
from tests.month.walk import Walk
from tests.month.world import World, utc

REFUSED = address("Floris")
"""Nobody lives there: the mail server says no for good."""
SOON = timedelta(minutes=10)


@dataclass(frozen=True)
class How:
    """`step`: hours between two looks; `every`: of how many mails one meets trouble; `kill`: couriers are killed as
    processes, not cancelled; `peeks`: after how many of the trainer's digests all pages are looked at, the last ones;
    `documents`: those that take long too."""

    step: int = 24
    every: int = 5
    kill: bool = False
    peeks: int = 1
    documents: bool = False


async def play(start: Start, db: Database, hands: Hands, chosen: Settings, how: How) -> int:
    """How many letters were compared."""
    expected = Expected(start)
    letters = expected.letters()
    box = Postbox(hands=hands, every=how.every, refuses=frozenset({REFUSED}))
    other = Database(db.url)
    async with mail_server(box):
        settings = over_smtp(chosen, box)
        world = World(db, hands, expected)
        await world.make()
        couriers = [Courier(db, settings), Courier(other, settings)]
        breaks = Breaks(box, _moments(expected), couriers[0], how.kill)
        peek = Peek(world, settings, settings.data, how.documents)
        walk = Walk(world, couriers, how.step, _after_digests(expected, how.peeks, peek), deliver=breaks)
        await walk.until(expected.over)
    await other.close()
    came = sorted(each.letter for each in once_each(box.stored))
    must = [each for each in letters if each.to != REFUSED]
    missing, extra = [each for each in must if each not in came], [each for each in came if each not in must]
    assert (missing, extra) == ([], [])
    assert came == must
    assert [each.letter for each in box.stored if each.when - each.written > SOON] == []
    assert sum(box.refused.values()) == len(letters) - len(must)
    assert breaks.broken == 2
    assert set(TROUBLES) <= set(box.met)
    check_rules(came, expected)
    check_gone(walk)
    check_mails(box.stored)
    assert peek.seen
    return len(letters)


def _moments(expected: Expected) -> set[datetime]:
    """When much goes at once: the confirmations in the room, and the checks on the day of most acts."""
    morgen = expected.house.after(expected.start.day)
    return {utc(expected.start.at), utc(at(morgen, "16:15"))}


def _after_digests(
    expected: Expected, count: int, peek: Callable[[], Awaitable[Any]]
) -> dict[datetime, Callable[[], Awaitable[Any]]]:
    digests = sorted(each.when for each in expected.letters() if each.to == ANNA)
    return {utc(when) + timedelta(hours=1): peek for when in digests[-count:]}
