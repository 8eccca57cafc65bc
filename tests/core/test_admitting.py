"""Who comes to a door while it changes finds it as it is by then; a browser that knocks again changes nothing."""

import asyncio

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.admitting import knock, set_door
from app.core.errors import Closed
from app.core.participant import Newcomer, Participant
from app.core.workshop import Door, Workshop
from app.db import Database
from tests.conftest import Cast
from tests.statements import statements


async def rev(db: Database, cast: Cast) -> int:
    async with db.read() as session:
        return (await session.get_one(Workshop, cast.workshop.id)).rev


async def test_who_waits_for_a_room_that_is_being_locked_stays_outside(db: Database, cast: Cast) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def lock(session: AsyncSession) -> None:
        await set_door(session, cast.workshop.id, Door.LOCKED)
        await session.flush()
        begun.set()
        await goes_on.wait()

    locking = asyncio.create_task(db.write(lock))
    await begun.wait()
    knocking = asyncio.create_task(db.write(knock, cast.workshop.id, "bas", "nl"))
    await asyncio.sleep(0.2)
    assert not knocking.done()
    goes_on.set()
    await locking
    with pytest.raises(Closed, match="locked"):
        await knocking


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
