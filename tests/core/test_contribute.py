"""The one path of every tap, on both engines."""

import asyncio

import pytest
from sqlmodel import select

from app.core.contribute import contribute, withdraw
from app.core.contribution import Contribution
from app.core.errors import Closed, NotFound, Refused
from app.core.joining import join
from app.core.moments import Moment
from app.core.moving import activities_of, close_workshop, move_on, set_phase
from app.core.participant import Participant
from app.core.workshop import Activity, Stage
from app.db import Database
from tests.conftest import Cast


async def on_stage(db: Database, cast: Cast, key: str) -> Activity:
    """Walk the room to the activity with this key."""
    while True:
        async with db.read() as session:
            stage = await session.get_one(Stage, cast.workshop.id)
            activities = list(await activities_of(session, cast.workshop.id))
        here = next((each for each in activities if each.id == stage.activity_id), None)
        if here is not None and here.key == key:
            return here
        position = activities.index(here) + 1 if here else 0
        hidden = here is not None and here.spec.get("hide") and here.phase == "open"
        leaves = Moment(here.id, here.phase) if here else Moment()
        to = Moment(here.id, "revealed") if hidden and here else Moment(activities[position].id, "open")
        assert await db.write(move_on, cast.workshop.id, str(leaves), str(to))


async def rows(db: Database) -> list[Contribution]:
    async with db.read() as session:
        return list((await session.exec(select(Contribution))).all())


async def test_a_second_tap_replaces_the_first(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k1")
    await db.write(contribute, bas, poll.id, {"pick": "niets"}, "k2")
    [row] = await rows(db)
    assert row.entry["pick"] == "niets"


async def test_the_same_tap_twice_at_the_same_moment_is_stored_once(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    await asyncio.gather(*(db.write(contribute, bas, poll.id, {"pick": "veel"}, "k") for _ in range(10)))
    assert len(await rows(db)) == 1


async def test_fifty_people_at_once_are_all_stored_with_a_rev_each(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    people = [await db.write(join, cast.workshop.id, f"phone {number}", "nl") for number in range(50)]
    await asyncio.gather(*(db.write(contribute, person, poll.id, {"pick": "veel"}, "k") for person in people))
    stored = await rows(db)
    assert len({row.participant_id for row in stored}) == len({row.rev for row in stored}) == 50


async def test_an_answer_that_is_no_option_is_refused(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    with pytest.raises(Refused):
        await db.write(contribute, bas, poll.id, {"pick": "anders"}, "k")
    assert await rows(db) == []


async def test_an_activity_that_waits_or_is_closed_takes_nothing(db: Database, cast: Cast) -> None:
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    async with db.read() as session:
        activities = {each.key: each for each in await activities_of(session, cast.workshop.id)}
    with pytest.raises(Closed):
        await db.write(contribute, bas, activities["verborgen"].id, {"pick": "ja"}, "k")
    poll = await on_stage(db, cast, "open")
    await db.write(set_phase, cast.workshop.id, poll.id, "closed")
    with pytest.raises(Closed):
        await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k")


async def test_moving_on_does_not_close(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    await on_stage(db, cast, "verborgen")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k")
    assert len(await rows(db)) == 1


async def test_a_closed_workshop_takes_nothing(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    await db.write(close_workshop, cast.workshop.id)
    with pytest.raises(Closed):
        await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k")


async def test_dirk_from_another_workshop_cannot_answer_or_withdraw_here(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    kept = await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k")
    dirk: Participant = await db.write(join, cast.elsewhere.id, "dirk", "nl")
    with pytest.raises(NotFound):
        await db.write(contribute, dirk, poll.id, {"pick": "niets"}, "k")
    with pytest.raises(NotFound):
        await db.write(withdraw, dirk, kept)
    [row] = await rows(db)
    assert row.entry["pick"] == "veel"
    assert not row.withdrawn
