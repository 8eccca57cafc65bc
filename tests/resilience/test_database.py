"""PostgreSQL is restarted under a running server: who taps reads that it failed on our side, lines stay, nothing that
was confirmed is lost, and nobody has to do anything. The long form stands in `tests/prove`."""

import asyncio

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession
from websockets.sync.client import connect

from app.db import Database
from tests.live.test_two_processes import Line
from tests.postgres import Cluster
from tests.resilience.place import place
from tests.resilience.test_outages import says_so

pytestmark = pytest.mark.postgres
AT_ONCE = 8


def test_while_the_database_is_away_taps_are_told_so_and_lines_stay(postgres: Cluster) -> None:
    with postgres.database() as url, place(url) as made:
        cookie = made.join()
        headers = {"Cookie": cookie, "Origin": made.address}
        line = made.address.replace("http", "ws", 1) + f"/w/{made.code}/live/participant"
        assert made.move(0, 1).is_success
        assert made.tap(cookie, "weinig").is_success
        with connect(line, additional_headers=headers, compression=None) as socket:
            phone = Line(socket)
            phone.hears("screen", 5)
            postgres.stop()
            assert says_so(made.tap(cookie, "veel"))
            assert says_so(httpx2.get(f"{made.address}/w/{made.code}", headers=headers))
            assert not made.is_ready()
            assert httpx2.get(f"{made.address}/healthz/live").is_success
            postgres.start()
            assert made.tap(cookie, "niets").is_success
            assert made.move(1, 2).is_success
            phone.hears(made.moments[2][0], 2)
        assert made.answers() == 1
        assert made.is_ready()


async def test_a_restart_between_two_taps_is_noticed_by_nobody(postgres: Cluster) -> None:
    """However many connections were in use before it."""
    with postgres.database() as url:
        db = Database(url)
        await asyncio.gather(*(_ask(db) for _ in range(AT_ONCE)))
        await asyncio.to_thread(postgres.stop)
        await asyncio.to_thread(postgres.start)
        assert await asyncio.gather(*(_ask(db) for _ in range(AT_ONCE))) == [1] * AT_ONCE
        await db.close()


async def _ask(db: Database) -> int:
    async def ask(session: AsyncSession) -> int:
        return int((await session.exec(text("SELECT 1 FROM pg_sleep(0.05)"))).scalar_one())

    return await db.write(ask)


async def test_nobody_waits_for_ever_for_a_transaction_that_stands_still(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a machine that froze, say: who waits is told so, and what stood still is taken back."""
    monkeypatch.setattr("app.db.LOCKED_MS", 300)
    monkeypatch.setattr("app.db.IDLE_MS", 1500)
    with postgres.database() as url:
        db, stands = Database(url), asyncio.Event()

        async def prepare(session: AsyncSession) -> None:
            await session.exec(text("CREATE TABLE rooms (rev int)"))
            await session.exec(text("INSERT INTO rooms VALUES (1)"))

        async def go_on(session: AsyncSession) -> None:
            await session.exec(text("UPDATE rooms SET rev = rev + 1"))

        async def stand_still(session: AsyncSession) -> None:
            await go_on(session)
            stands.set()
            await asyncio.sleep(2.5)

        await db.write(prepare)
        still = asyncio.create_task(db.write(stand_still))
        await stands.wait()
        with pytest.raises(DBAPIError):
            await asyncio.wait_for(db.write(go_on), 1.2)
        await asyncio.sleep(1.5)
        await asyncio.wait_for(db.write(go_on), 1)
        with pytest.raises(DBAPIError):
            await still
        async with db.read() as session:
            assert (await session.exec(text("SELECT rev FROM rooms"))).scalar_one() == 2
        await db.close()
