"""What has to happen by itself, once a minute: workshops that end, data whose time is over."""

import asyncio
from dataclasses import dataclass

import structlog

from app import clock
from app.core.closing import close_if_overdue, overdue
from app.core.retention import run_due
from app.db import Database

log = structlog.get_logger()
EVERY = 60.0


@dataclass(eq=False)
class Caretaker:
    db: Database

    async def run(self) -> None:
        """Until cancelled. What fails is logged and tried again a minute later."""
        while True:
            try:
                await self.once()
            except Exception:
                log.exception("the caretaker stumbled")
            await asyncio.sleep(EVERY)

    async def once(self) -> None:
        async with self.db.read() as session:
            late = await overdue(session)
        for workshop_id in late:
            try:
                await self.db.write(close_if_overdue, workshop_id)
            except Exception:  # the others are closed all the same, and data whose time is over goes
                log.exception("a workshop could not be closed", workshop=workshop_id)
        await self.db.write(run_due, clock.now())
