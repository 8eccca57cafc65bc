"""`morgen move-out CODE FILE` and `morgen move-in FILE`."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from app import migrate, sealing
from app.core.kind import discover
from app.db import Database
from app.failed import Failed
from app.settings import Settings
from app.transfer.moving_in import unpack_workshop
from app.transfer.moving_out import pack_workshop, silence

T = TypeVar("T")


def move_out(settings: Settings, code: str, target: Path) -> str:
    """Write the workshop; when the file stands, its letters are silenced here. Raises Failed."""
    key = sealing.key_of(settings)

    async def out(db: Database) -> str:
        async with db.read() as session:
            packed = await pack_workshop(session, code)
        await asyncio.to_thread(sealing.seal, gzip.compress(json.dumps(packed).encode()), key, target)
        waited = await db.write(silence, packed["workshop"])
        title = packed["rows"]["workshop"][0]["title"]
        told = f"“{title}” is in {target}. {waited} letters that waited go from the other server only."
        return f"{told}\nDelete it here when it has arrived there."

    return _on(settings, out)


def move_in(settings: Settings, source: Path) -> str:
    """Take the workshop in whole, or nothing of it. Raises Failed."""
    try:
        packed = json.loads(gzip.decompress(sealing.unseal(source, sealing.key_of(settings))))
        _ = packed["rows"]["workshop"][0]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise Failed("This is no workshop that was moved out.") from error

    async def into(db: Database) -> str:
        workshop = await db.write(unpack_workshop, packed)
        address = packed["trainer"]["email"]
        told = f"“{workshop.title}” is here, under its code {workshop.code}, with {address}."
        return f"{told}\nTo let them in: morgen trainer invite {address}"

    return _on(settings, into)


def _on(settings: Settings, act: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        db = Database(settings.database_url)
        try:
            return await act(db)
        finally:
            await db.close()

    discover()
    migrate.upgrade(settings.database_url)
    return asyncio.run(run())
