"""Sessions of trainers: each browser its own, fresh at signing in, never ended while a room is held."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from app import clock
from app.core.errors import NotFound
from app.core.moving import close_workshop
from app.core.sessions import (
    LIVES,
    SignedIn,
    ask_for_second_factor,
    begin,
    end_one,
    end_others,
    forget_old_sessions,
    put_off,
    sessions_of,
    signed_in,
)
from app.core.trainer import TrainerSession
from app.core.workshop import Workshop
from app.db import Database
from tests.conftest import Cast


async def look(db: Database, token: str, at: datetime | None = None) -> SignedIn | None:
    with clock.fixed(lambda: at or clock._system()):
        async with db.read() as session:
            return await signed_in(session, token)


async def test_a_browser_that_signs_in_anew_gets_a_fresh_token_and_its_old_one_dies(db: Database, cast: Cast) -> None:
    first = await db.write(begin, cast.anna, "Firefox, Linux")
    other = await db.write(begin, cast.anna, "Safari, iPhone")
    second = await db.write(begin, cast.anna, "Firefox, Linux", first)
    assert first != second
    assert await look(db, first) is None
    assert await look(db, other) is not None
    assert await look(db, second) is not None


async def test_the_token_itself_is_nowhere_in_the_database(db: Database, cast: Cast) -> None:
    token = await db.write(begin, cast.anna)
    async with db.read() as session:
        rows = (await session.exec(select(TrainerSession))).all()
    assert all(token not in str(row.model_dump()) for row in rows)


async def test_twelve_hours_after_the_last_use_it_is_over(db: Database, cast: Cast) -> None:
    await db.write(close_workshop, cast.workshop.id)
    begun = clock.now()
    token = await db.write(begin, cast.anna)
    used = begun + timedelta(hours=11)
    found = await look(db, token, used)
    assert found is not None
    with clock.fixed(lambda: used):
        assert found.is_due
        await db.write(put_off, found.session.id)
    assert await look(db, token, begun + timedelta(hours=22)) is not None
    assert await look(db, token, used + LIVES + timedelta(minutes=1)) is None


async def test_while_the_own_workshop_is_open_nobody_is_thrown_out(db: Database, cast: Cast) -> None:
    token, dirks = await db.write(begin, cast.anna), await db.write(begin, cast.dirk)
    late = clock.now() + timedelta(hours=20)
    await db.write(close_workshop, cast.elsewhere.id)
    assert await look(db, token, late) is not None
    assert await look(db, dirks, late) is None  # somebody else's room counts for nobody
    await db.write(close_workshop, cast.workshop.id)
    assert await look(db, token, late) is None


async def test_a_session_that_was_over_does_not_come_back_with_the_next_workshop(db: Database, cast: Cast) -> None:
    token = await db.write(begin, cast.anna)
    next_day = clock.now() + timedelta(days=1)

    async def opened_then(session) -> None:
        (await session.get_one(Workshop, cast.workshop.id)).opened_at = next_day

    await db.write(opened_then)
    assert await look(db, token, next_day + timedelta(minutes=1)) is None


async def test_one_browser_is_ended_or_all_others_and_never_somebody_elses(db: Database, cast: Cast) -> None:
    here, there, third = [await db.write(begin, cast.anna, name) for name in ("a", "b", "c")]
    mine, dirks = await look(db, here), await db.write(begin, cast.dirk)
    that, his = await look(db, there), await look(db, dirks)
    assert mine
    assert that
    assert his
    await db.write(end_one, cast.anna, that.session.id)
    assert await look(db, there) is None
    with pytest.raises(NotFound):
        await db.write(end_one, cast.anna, his.session.id)
    await db.write(end_others, cast.anna, mine.session.id)
    assert await look(db, third) is None
    assert await look(db, here) is not None
    assert await look(db, dirks) is not None
    async with db.read() as session:
        assert [row.id for row in await sessions_of(session, cast.anna.id)] == [mine.session.id]


async def test_a_second_factor_that_is_asked_for_waits_for_who_holds_a_room(db: Database, cast: Cast) -> None:
    token, dirks = await db.write(begin, cast.anna), await db.write(begin, cast.dirk)
    await db.write(close_workshop, cast.elsewhere.id)
    for trainer in (cast.anna, cast.dirk):
        await db.write(ask_for_second_factor, trainer.organisation_id)
    mine, his = await look(db, token), await look(db, dirks)
    assert mine is not None
    assert mine.is_in
    assert his is not None
    assert his.session.waits_for == "setup"


async def test_old_rows_go(db: Database, cast: Cast) -> None:
    await db.write(begin, cast.anna)
    await db.write(forget_old_sessions, clock.now() + LIVES + timedelta(days=2))
    async with db.read() as session:
        assert len((await session.exec(select(TrainerSession))).all()) == 1
    await db.write(forget_old_sessions, clock.now() + LIVES + timedelta(days=4))
    async with db.read() as session:
        assert (await session.exec(select(TrainerSession))).all() == []
