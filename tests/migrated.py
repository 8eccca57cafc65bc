"""Today's tables, marked as of the newest revision: what the migrations bring, without waiting for them."""

import asyncio

from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from app import migrate


def make_tables(url: str) -> None:
    async def make() -> None:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(SQLModel.metadata.create_all)
        await engine.dispose()

    asyncio.run(make())
    migrate.run(url, lambda config: command.stamp(config, "head"))
