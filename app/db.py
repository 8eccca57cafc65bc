"""Engines and transactions. Every write goes through `Database.write`, every read through `Database.read`.

SQLite: one writer connection with BEGIN IMMEDIATE and a query-only reader pool; only the writer commits and
checkpoints, which keeps clear of the WAL-reset race of older SQLite releases. PostgreSQL: a pool for writes, where many
taps wait for the row of one workshop, and one for reads, so that no screen waits behind them. Errors hide their
parameters: participants' texts and addresses stay out of logs.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import column, event, make_url, select, table
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from app.measures import COMMIT
from app.sqlite import PATIENCE_MS, near

P = ParamSpec("P")
T = TypeVar("T")
Fact = Any
Listener = Callable[[Fact], None]
LOCKED_MS, IDLE_MS = 30_000, 60_000
"""How long PostgreSQL lets one transaction wait for another, and one stand still that holds others up: that of a
machine that froze would lock its workshop for hours, and then every connection waits."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def tell(session: AsyncSession, fact: Fact) -> None:
    """Hand `fact` to the listeners after this transaction has been committed; a rollback forgets it."""
    session.info.setdefault("facts", []).append(fact)


class Database:
    def __init__(self, url: str) -> None:
        self.url = url
        self.listeners: list[Listener] = []
        self.forehand: list[Listener] = []
        """Told just before the commit, which may still fail."""
        self._let_go: Callable[[AsyncSession], Awaitable[None]] = _close
        if url.startswith("sqlite"):
            self._writer = _sqlite(url, size=1, query_only=False)
            self._reader = _sqlite(url, size=4, query_only=True)
            self._let_go = AsyncSession.close  # it waits for nothing, so nothing can be cancelled half-way
        else:
            self._writer, self._reader = _postgres(url), _postgres(url)

    async def write(
        self, verb: Callable[Concatenate[AsyncSession, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one verb in one transaction; what it returns has been stored when this returns."""
        session = AsyncSession(self._writer, expire_on_commit=False)
        try:
            result = await verb(session, *args, **kwargs)
            facts = session.info.pop("facts", ())
            _hand(facts, self.forehand)
            with COMMIT.time():
                await session.commit()
        except BaseException:
            await _close(session)
            raise
        session.sync_session.close()  # the connection went back with the commit: nothing to wait for
        _hand(facts, self.listeners)
        return result

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        session = AsyncSession(self._reader, expire_on_commit=False)
        try:
            yield session
        finally:
            await self._let_go(session)

    async def probe(self) -> str:
        """Begin a write, and take it back: the revision of the tables. Raises where nothing can be written, as in a
        PostgreSQL that only follows another one."""
        version = table("alembic_version", column("version_num"))
        async with AsyncSession(self._writer) as session:
            found = await (await session.connection()).execute(select(version).with_for_update())
            return str(found.scalar_one())

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()


async def _close(session: AsyncSession) -> None:
    """To the end, also where who waits for it is cancelled: else the connection is lost to the pool."""
    await asyncio.shield(session.close())


def _hand(facts: Iterable[Fact], listeners: Iterable[Listener]) -> None:
    for fact in facts:
        for listener in listeners:
            listener(fact)


def _postgres(url: str) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=10, max_overflow=0, hide_parameters=True)
    limits = f"SET lock_timeout = {LOCKED_MS}; SET idle_in_transaction_session_timeout = {IDLE_MS}"

    @event.listens_for(engine.sync_engine, "connect")
    def _limit(connection: Any, _record: Any) -> None:
        """By a statement: a pooler between refuses settings that come with the start of a connection."""
        connection.run_async(lambda driver: driver.execute(limits))

    @event.listens_for(engine.sync_engine, "checkout")
    def _alive(connection: Any, _record: Any, _proxy: Any) -> None:
        """A database that was restarted has cut what lies in the pool. Asking it (`pool_pre_ping`) would cost every tap
        a round trip; the driver has heard already."""
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    return engine


def _sqlite(url: str, *, size: int, query_only: bool) -> AsyncEngine:
    """A reader begins no transaction: each of its statements sees what is committed by then, as on PostgreSQL."""
    path = make_url(url).database or ":memory:"
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
        async_creator=lambda: near(path),
    )
    pragmas = [
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={PATIENCE_MS}",
        "foreign_keys=ON",
        "temp_store=MEMORY",
    ]
    if query_only:
        pragmas = [*pragmas[2:], "query_only=ON", "wal_autocheckpoint=0"]
    else:
        pragmas.append("busy_timeout=0")  # only its BEGIN may have to wait, and that does so by itself

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN loses updates
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        if not query_only:
            cursor = connection.connection.cursor()  # an execution of SQLAlchemy's costs as much as a tap's statement
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except asyncio.CancelledError as error:  # it may still begin, in its thread
                connection.invalidate(error)
                raise
            cursor.close()

    return engine
