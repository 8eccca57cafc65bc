"""What a look and a step cost does not grow with people and cards: counted in queries and in views, not in time."""

from collections import Counter
from typing import Any

import pytest

from app.core.contribute import contribute
from app.core.joining import join
from app.core.people import remove
from app.core.workshop import Audience
from app.db import Database
from app.ids import random_id
from app.live.mirror import Mirror
from app.live.news import READ
from app.live.view import View
from tests.conftest import Cast
from tests.live.test_room import Hall, counted, hall
from tests.statements import statements

__all__ = ["hall"]


async def answers(hall: Hall, poll: str, count: int) -> None:
    for _ in range(count):
        person = await hall.db.write(join, hall.cast.workshop.id, random_id(), "nl")
        await hall.db.write(contribute, person, poll, {"pick": "veel"}, random_id())


async def test_a_look_after_one_more_answer_asks_as_much_of_the_database_at_eighty_as_at_five(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await hall.go(1)
    mirror = Mirror(hall.cast.workshop.id)
    asked = statements(hall.db, monkeypatch)
    counts = []
    for more in (5, 75):
        await answers(hall, poll, more)
        await mirror.refresh(hall.db)
        await answers(hall, poll, 1)
        asked.clear()
        await mirror.refresh(hall.db)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 5  # the workshop, where there is news, the person and the answer
    assert len(mirror.cards[poll]) == 82


async def test_a_screen_from_which_nothing_changed_is_not_drawn_again(
    hall: Hall, db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await hall.go(1)
    wall = await hall.sit(Audience.PROJECTOR)
    await wall.hears("Vraag open?")
    room, seen = hall.room, (Audience.PROJECTOR, "nl")
    room.told.draw(room.view(), seen)
    looks = counted(monkeypatch)
    assert room.told.draw(room.view(), seen) == ""
    assert looks[Audience.PROJECTOR] == 0
    await answers(hall, poll, 1)
    await wall.hears(">1 ")
    assert looks[Audience.PROJECTOR] >= 1


FEW = {"activity", "opgave", "party", "gap"}
"""As many as a draaiboek and a trainer make; of all else there is as much as there are people."""


@pytest.mark.parametrize("table", READ, ids=lambda table: str(table.__tablename__))
def test_what_is_new_among_many_is_found_without_a_look_at_each(table: type[Any]) -> None:
    by_revision = ["workshop_id", "rev"] in [index.columns.keys() for index in vars(table)["__table__"].indexes]
    assert by_revision or table.__tablename__ in FEW


async def test_a_step_counts_who_is_present_as_often_for_forty_phones_as_for_four(
    hall: Hall, db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Counter[str] = Counter()
    real = View.of.__func__  # type: ignore[attr-defined]

    def counted(cls: type[View], *given: Any) -> View:
        made["views"] += 1
        return real(cls, *given)

    monkeypatch.setattr(View, "of", classmethod(counted))
    counts = []
    for more in (4, 36):
        people = [await db.write(join, cast.workshop.id, random_id(), "nl") for _ in range(more)]
        ears = [await hall.sit(Audience.PARTICIPANT, "nl", person.id) for person in people]
        place = 1 if more == 4 else 2
        made.clear()
        await hall.go(place)
        for ear in ears:
            await ear.hears(("Vraag open?", "Vraag verborgen?")[place - 1])
        counts.append(made["views"])
    assert counts[1] <= counts[0] + 5


async def test_only_the_phone_of_who_is_taken_out_loads_itself_anew(hall: Hall, db: Database, cast: Cast) -> None:
    people = [await db.write(join, cast.workshop.id, random_id(), "nl") for _ in range(2)]
    ears = [await hall.sit(Audience.PARTICIPANT, "nl", person.id) for person in people]
    await db.write(remove, cast.workshop.id, people[0].id)
    await ears[0].hears('{"reload":1}')
    await hall.go(1)
    await ears[1].hears("Vraag open?")
    assert '{"reload":1}' not in ears[1].texts
    late = await hall.sit(Audience.PARTICIPANT, "nl", people[0].id)
    await late.hears('{"reload":1}')
