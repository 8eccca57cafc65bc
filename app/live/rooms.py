"""The rooms that somebody watches in this process. A workshop that nobody watches costs nothing."""

import asyncio
from dataclasses import dataclass, field

import structlog
from sqlmodel import col, select

from app.core.advancing import Moved
from app.core.workshop import Workshop
from app.db import Database
from app.live.bus import Alone, Bus
from app.live.room import PATIENCE, Room
from app.measures import COUNTS

log = structlog.get_logger()
HEARTBEAT = 10.0
POLL = 2.0
"""Seconds between looks at the revs in the database: truth, where a hint was lost."""


@dataclass(eq=False)
class Rooms:
    db: Database
    base_url: str
    bus: Bus = field(default_factory=Alone)
    rooms: dict[str, Room] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self) -> None:
        self.db.listeners.append(self.hear)
        self.bus.start(self.mark)
        self._tasks = [asyncio.create_task(self._hearts()), asyncio.create_task(self._polls())]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.bus.close()
        for room in list(self.rooms.values()):
            await room.close()

    def hear(self, fact: object) -> None:
        """A listener of the database: told after commit."""
        if isinstance(fact, Moved):
            self.mark(fact.workshop_id)
            self.bus.moved(fact.workshop_id)

    def mark(self, workshop_id: str) -> None:
        room = self.rooms.get(workshop_id)
        if room is not None:
            room.mark()

    def room(self, workshop_id: str) -> Room:
        room = self.rooms.get(workshop_id)
        if room is None or room.gone:
            room = self.rooms[workshop_id] = Room(self.db, workshop_id, self.base_url)
        return room

    async def _hearts(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            for room in list(self.rooms.values()):
                try:
                    await room.heartbeat()
                except Exception:
                    log.exception("a heartbeat failed", workshop=room.workshop_id)
            try:
                await self._sweep()
            except Exception:
                log.exception("a room could not be let go")

    async def _sweep(self) -> None:
        """Let go of rooms that nobody watches; look again where somebody left a minute ago."""
        for workshop_id, room in list(self.rooms.items()):
            if not room.is_needed:
                del self.rooms[workshop_id]  # before it closes: who comes in meanwhile sits in a new one
                await room.close()
            elif room.presence.left:
                room.mark()

    async def _polls(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            try:
                await self._compare()
                await asyncio.gather(*(self._count(room) for room in list(self.rooms.values())))
            except Exception:
                log.exception("could not compare revs")

    async def _compare(self) -> None:
        if not self.rooms:
            return
        async with asyncio.timeout(PATIENCE), self.db.read() as session:
            statement = select(Workshop.id, Workshop.rev).where(col(Workshop.id).in_(list(self.rooms)))
            revs = dict((await session.exec(statement)).all())
        for workshop_id, room in list(self.rooms.items()):
            rev = revs.get(workshop_id)
            if rev != room.mirror.rev:
                COUNTS.corrected += rev is not None and rev > room.mirror.rev and not room.is_to_look()
                room.mark()

    async def here(self, workshop_id: str) -> frozenset[str]:
        """Who is present by now, also in a process that nobody of this workshop sits in."""
        room = self.room(workshop_id)
        await self._count(room)
        return room.presence.here()

    async def _count(self, room: Room) -> None:
        """Who is present in other processes. A bus that does not answer leaves what was known."""
        presence = room.presence
        found = await self.bus.present(room.workshop_id, presence.last_seen(), presence.known)
        if found is not None and found is not presence.elsewhere:
            presence.elsewhere = found
            room.mark()
