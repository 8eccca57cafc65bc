"""What must hold of a month that was played: the letters of the table and no others, and nobody told on."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import httpx2

from app.settings import Settings
from tests.conftest import serving, session_token
from tests.follow_up import dutch
from tests.month.dutch_days import HOLIDAYS
from tests.month.expected import Expected
from tests.month.people import FORTY, FOUR
from tests.month.postbox import Arrival
from tests.month.privacy import change_places, letters_to_others, pages, tell_otherwise, told_in_mails, told_in_pages
from tests.month.table import Letter
from tests.month.walk import Walk
from tests.month.world import World, utc

TO_BUDDY = ("m0b", "m2b")
SWAPPED = ("Tjitske", "Wieke")


def check_rules(came: Iterable[Letter], expected: Expected) -> None:
    """The rules that hold whatever the table says: at most six, or eight; by day; not on days off that were not
    chosen."""
    came = list(came)
    own = Counter(each.to for each in came if each.letter not in TO_BUDDY)
    about_others = Counter(each.to for each in came if each.letter in TO_BUDDY)
    assert max(about_others.values()) <= 2
    for month in expected.months:
        again = any(act.kind == "again" for act in month.acts)
        name, chosen = month.person.name.lower(), {act.at.date() for act in month.acts}
        for to in (to for to in own if to.startswith(name)):
            assert own[to] <= (8 if again else 6), to
        for each in came:
            if each.to.startswith(name) and each.letter not in ("m0", *TO_BUDDY):
                assert month.days.works(each.when.date()) or each.when.date() in chosen, each
    for each in came:
        if each.letter != "m0":
            assert 7 * 60 + 45 <= each.when.hour * 60 + each.when.minute <= 17 * 60, each
            assert each.letter in ("m1", "m2") or (each.when.weekday() < 5 and each.when.date() not in HOLIDAYS), each


def check_gone(walk: Walk) -> None:
    """Every address went on its day, to the minute."""
    must = {month.person.name: utc(month.gone_at) for month in walk.world.expected.months if month.gone_at}
    went = {name: walk.gone.get(name) for name in must}
    assert {name: dutch(when) if when else "" for name, when in went.items()} == {
        name: dutch(when) for name, when in must.items()
    }


def check_mails(arrivals: Iterable[Arrival]) -> None:
    told = told_in_mails(arrivals)
    assert not told, told


class Peek:
    """Every page and file of both trainers, at one moment of the month; with `documents` those that take long too."""

    def __init__(self, world: World, settings: Settings, folder: Path, documents: bool = True) -> None:
        self.world, self.settings, self.folder, self.documents = world, settings, folder, documents
        self.seen = 0

    async def __call__(self) -> None:
        tokens = {name: await session_token(self.world.db, trainer) for name, trainer in self.world.trainers.items()}
        with serving(self.world.db.url, self.folder) as running:
            for name, people in (("Anna", FORTY), ("Dirk", FOUR)):
                client = running.trainer_client(tokens[name])
                code = self.world.workshops[name].code
                found = dict(pages(client, code, self.documents))
                self.seen += len(found)
                assert told_in_pages(found.items(), people) == []
                await self._nobody_is_told_on(client, name, found)

    async def _nobody_is_told_on(self, client: httpx2.Client, name: str, before: dict[str, str]) -> None:
        """Among many, two outcomes change places; among fewer than five, one becomes another: nothing changes."""
        written = await letters_to_others(self.world, self.settings, name)
        if name == "Anna":
            await change_places(self.world, *SWAPPED)
        else:
            await tell_otherwise(self.world, "Wubbo", "niet")
        after = dict(pages(client, self.world.workshops[name].code, self.documents))
        assert [path for path in before if before[path] != after[path]] == []
        assert await letters_to_others(self.world, self.settings, name) == written
        if name == "Anna":
            await change_places(self.world, *SWAPPED)
        else:
            await tell_otherwise(self.world, "Wubbo", "gelukt")
