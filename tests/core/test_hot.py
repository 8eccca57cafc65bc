"""Statements that run on the driver itself give, keep and refuse what they would the long way, on both engines."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import UnmappedInstanceError
from sqlmodel.ext.asyncio.session import AsyncSession

from app import ids
from app.core.advancing import _NEXT_OF_ID
from app.core.contribute import _OWN, contribute
from app.core.contribution import Contribution
from app.core.joining import join
from app.core.scene import _OF_PERSON, scene
from app.core.upsert import put
from app.db import Database
from app.hot import Hot
from app.live.news import _latest, _newly_said
from app.sqlite import Near
from tests.conftest import Cast
from tests.core.test_contribute import on_stage, rows

KEY, CHANGING = ("activity_id", "participant_id", "slot"), ("entry", "withdrawn", "rev")


async def both_ways(session: AsyncSession, asked: Hot, **values: Any) -> tuple[list[Any], list[Any]]:
    return await asked.rows(session, **values), [
        tuple(row) for row in (await session.exec(asked.statement, params=values)).all()
    ]


async def test_they_give_what_sqlalchemy_gives(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k")
    async with db.read() as session:
        for asked, values in (
            (_latest(), {"workshop": cast.workshop.id, "rev": 0}),
            (_newly_said(), {"workshop": cast.workshop.id, "rev": 0}),
            (_OWN, {"activity": poll.id, "participant": bas.id}),
            (_OF_PERSON, {"activity": poll.id, "participant": bas.id}),
        ):
            quick, long = await both_ways(session, asked, **values)
            assert quick == long
            assert [[type(each) for each in row] for row in quick] == [[type(each) for each in row] for row in long]
            assert len(quick) == 1
        assert await _OWN.rows(session, activity=poll.id, participant="nobody") == []


async def test_what_a_tap_reads_is_what_a_session_would_load_and_no_session_takes_it(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    async with db.read() as session:
        here = await scene(session, 1, bas, poll.id)
        for read in (here.workshop, here.participant, here.activity):
            loaded = await session.get_one(type(read), read.id)
            names = [each for each in type(read).model_fields if each != "script"]
            assert {name: getattr(read, name) for name in names} == {name: getattr(loaded, name) for name in names}
            with pytest.raises(UnmappedInstanceError):
                session.add(read)
        with pytest.raises(UnmappedInstanceError):
            _ = here.workshop.script


def said(cast: Cast, activity: str, person: str, **changed: Any) -> dict[str, Any]:
    made = {"id": ids.random_id(), "workshop_id": cast.workshop.id, "activity_id": activity, "participant_id": person}
    entry = {"text": "één 😀 %s $1 ?", "list": [None, True, 1.5]}
    created = datetime(2026, 11, 30, 9, 30, 0, 123456, tzinfo=UTC)
    return made | {"slot": "s", "entry": entry, "created_at": created, "withdrawn": False, "rev": 7} | changed


async def test_they_keep_what_sqlalchemy_would_keep(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    row = said(cast, poll.id, bas.id)

    async def verb(session: AsyncSession) -> list[Any]:
        return await put(session, Contribution, KEY, CHANGING).rows(session, **row)

    assert await db.write(verb) == [(row["id"],)]
    [kept] = await rows(db)
    assert {name: getattr(kept, name) for name in row} == row


async def test_what_they_write_goes_with_the_transaction(db: Database, cast: Cast) -> None:
    async def verb(session: AsyncSession) -> None:
        [(_, rev)] = await _NEXT_OF_ID.rows(session, workshop=cast.workshop.id)
        [(_, again)] = await _NEXT_OF_ID.rows(session, workshop=cast.workshop.id)
        assert again == rev + 1
        raise RuntimeError

    async with db.read() as session:
        before = await _latest().rows(session, workshop=cast.workshop.id, rev=0)
    with pytest.raises(RuntimeError):
        await db.write(verb)
    async with db.read() as session:
        assert await _latest().rows(session, workshop=cast.workshop.id, rev=0) == before


async def test_an_error_is_sqlalchemys_without_what_was_given(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")

    async def verb(session: AsyncSession) -> None:
        await put(session, Contribution, KEY, CHANGING).rows(session, **said(cast, poll.id, "nobody", slot="secret"))

    with pytest.raises(IntegrityError) as refused:
        await db.write(verb)
    assert "secret" not in str(refused.value)
    bas = await db.write(join, cast.workshop.id, "bas", "nl")  # and the connection is as it was
    await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k")
    with pytest.raises(KeyError):
        async with db.read() as session:
            await _OWN.rows(session, activity=poll.id)


async def test_after_a_statement_was_cut_off_the_next_tap_is_kept(db: Database, cast: Cast) -> None:
    async def verb(session: AsyncSession) -> None:
        connection = await session.connection()
        if connection.dialect.name == "postgresql":
            own = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            async with db._reader.connect() as other:
                await other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": own})
        else:
            raw = await connection.get_raw_connection()
            assert isinstance(raw.driver_connection, Near)
            raw.driver_connection._conn.set_progress_handler(lambda: 1, 1)  # every statement is broken off
        await _NEXT_OF_ID.rows(session, workshop=cast.workshop.id)

    with pytest.raises(DBAPIError):
        await db.write(verb)
    if db.url.startswith("sqlite"):
        async with db._writer.connect() as connection:
            raw = await connection.get_raw_connection()
            assert isinstance(raw.driver_connection, Near)
            raw.driver_connection._conn.set_progress_handler(None, 1)
    await db.write(join, cast.workshop.id, "bas", "nl")


async def test_taps_that_are_given_up_while_they_wait_leave_the_pool_whole(db: Database, cast: Cast) -> None:
    held, go = asyncio.Event(), asyncio.Event()

    async def hold(session: AsyncSession) -> None:
        await _NEXT_OF_ID.rows(session, workshop=cast.workshop.id)
        held.set()
        await go.wait()

    async def verb(session: AsyncSession) -> None:
        await _NEXT_OF_ID.rows(session, workshop=cast.workshop.id)

    holder = asyncio.create_task(db.write(hold))
    await held.wait()
    for _ in range(2):
        waiting = [asyncio.create_task(db.write(verb)) for _ in range(12)]
        await asyncio.sleep(0.3)
        for each in waiting:
            each.cancel()
        given_up = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(each, asyncio.CancelledError) for each in given_up)
    go.set()
    await holder
    async with asyncio.timeout(10):
        await asyncio.gather(*(db.write(verb) for _ in range(12)))


async def test_on_sqlite_no_cursor_of_an_adapter_lies_between(db: Database, cast: Cast) -> None:
    """The name by which `_fetch` knows it: where it is gone, all goes by the adapter as on PostgreSQL, and slower."""
    async with db.read() as session:
        connection = await session.connection()
        raw = await connection.get_raw_connection()
        assert isinstance(raw.driver_connection, Near) == db.url.startswith("sqlite")
