"""Who comes to a door while it changes finds it as it is by then; a browser that knocks again changes nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.admitting import admit_all, count_newcomers, knock, set_door
from app.core.errors import Closed
from app.core.participant import Newcomer, Participant
from app.core.workshop import Door, Workshop
from app.db import Database
from tests.conftest import Cast
from tests.statements import statements


async def rev(db: Database, cast: Cast) -> int:
    async with db.read() as session:
        return (await session.get_one(Workshop, cast.workshop.id)).rev


async def knock_while_it_becomes(db: Database, workshop_id: str, door: Door) -> Participant | Newcomer:
    return await knock_during(db, workshop_id, partial(set_door, workshop_id=workshop_id, door=door))


async def knock_during(db: Database, workshop_id: str, verb: Callable[[AsyncSession], Awaitable[None]]) -> Any:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def change(session: AsyncSession) -> None:
        await verb(session)
        await session.flush()
        begun.set()
        await goes_on.wait()

    changing = asyncio.create_task(db.write(change))
    await begun.wait()
    knocking = asyncio.create_task(db.write(knock, workshop_id, "bas", "nl"))
    await asyncio.sleep(0.2)
    assert not knocking.done()
    goes_on.set()
    await changing
    return await knocking


@pytest.mark.parametrize("former", [Door.OPEN, Door.ASK])
async def test_who_knocks_while_a_room_is_being_locked_stays_outside(db: Database, cast: Cast, former: Door) -> None:
    await db.write(set_door, cast.workshop.id, former)
    with pytest.raises(Closed, match="locked"):
        await knock_while_it_becomes(db, cast.workshop.id, Door.LOCKED)


@pytest.mark.parametrize(
    ("former", "latter", "becomes"),
    [(Door.OPEN, Door.ASK, Newcomer), (Door.ASK, Door.OPEN, Participant), (Door.LOCKED, Door.OPEN, Participant)],
)
async def test_who_knocks_while_the_door_changes_finds_it_as_it_is_by_then(
    db: Database, cast: Cast, former: Door, latter: Door, becomes: type
) -> None:
    await db.write(set_door, cast.workshop.id, former)
    assert isinstance(await knock_while_it_becomes(db, cast.workshop.id, latter), becomes)


async def test_who_knocks_while_being_let_in_does_not_wait_any_more(db: Database, cast: Cast) -> None:
    await db.write(set_door, cast.workshop.id, Door.ASK)

    async def ask_and_be_let_in(session: AsyncSession) -> None:
        await knock(session, cast.workshop.id, "bas", "nl")
        await admit_all(session, cast.workshop.id)

    assert isinstance(await knock_during(db, cast.workshop.id, ask_and_be_let_in), Participant)
    async with db.read() as session:
        assert await count_newcomers(session, cast.workshop.id) == 0


async def test_all_who_wait_come_in_under_one_revision_and_others_have_their_turn(db: Database, cast: Cast) -> None:
    await db.write(set_door, cast.workshop.id, Door.ASK)
    for number in range(20):
        await db.write(knock, cast.workshop.id, f"browser {number}", "nl")
    before, turns, at_the_end = await rev(db, cast), 0, []
    db.forehand.append(lambda _fact: at_the_end.append(turns))
    letting_in = asyncio.create_task(db.write(admit_all, cast.workshop.id))
    while not letting_in.done():
        turns += 1
        await asyncio.sleep(0)
    assert at_the_end[-1] >= 2
    assert await rev(db, cast) == before + 1
    async with db.read() as session:
        people = (await session.exec(select(Participant).where(Participant.workshop_id == cast.workshop.id))).all()
        assert await count_newcomers(session, cast.workshop.id) == 0
    assert {each.rev for each in people} == {before + 1}
    assert len({each.personal_code for each in people}) == 20


async def test_who_comes_in_takes_one_revision_and_few_statements(
    db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = await rev(db, cast), statements(db, monkeypatch)
    bas = await db.write(knock, cast.workshop.id, "bas", "nl")
    assert len(asked) <= 9
    assert isinstance(bas, Participant)
    assert bas.rev == await rev(db, cast) == before + 1


async def test_a_browser_that_knocks_again_changes_nothing(db: Database, cast: Cast) -> None:
    bas = await db.write(knock, cast.workshop.id, "bas", "nl")
    before = await rev(db, cast)
    again = await db.write(knock, cast.workshop.id, "bas", "nl")
    assert isinstance(bas, Participant)
    assert isinstance(again, Participant)
    assert again.id == bas.id
    await db.write(set_door, cast.workshop.id, Door.ASK)
    assert isinstance(await db.write(knock, cast.workshop.id, "chris", "nl"), Newcomer)
    waiting = await rev(db, cast)
    assert isinstance(await db.write(knock, cast.workshop.id, "chris", "nl"), Newcomer)
    assert await rev(db, cast) == waiting > before
