"""The clock walks through the month; at every moment the couriers and the caretaker of the product do their work."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import col, func, select

from app.caretaker import Caretaker
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import MailAddress
from app.mail.courier import Courier
from tests.month.world import World, utc

MINUTE, WEEKS = timedelta(minutes=1), timedelta(weeks=8)


@dataclass
class Walk:
    """`step`: hours between two looks where nothing is due. `at_once`: couriers that wake up together."""

    world: World
    couriers: list[Courier]
    step: int = 6
    also: dict[datetime, Callable[[], Awaitable[Any]]] = field(default_factory=dict)
    gone: dict[str, datetime] = field(default_factory=dict)
    looks: int = 0
    deliver: Callable[[], Awaitable[None]] | None = None

    async def until(self, end: datetime) -> None:
        """From the present of the world to `end`, on the Dutch clock."""
        happenings = self.world.happenings()
        begins, ends = self.world.hands.now, utc(end)
        caretaking = set(self._caretaking(begins, ends))
        moments = {*caretaking, *self._around_letters(), *self.also, *(when for when, _ in happenings), ends}
        for moment in sorted(each for each in moments if begins <= each <= ends):
            await self._before(moment)
            self.world.hands.now = max(self.world.hands.now, moment)
            while happenings and happenings[0][0] <= moment:
                await happenings.pop(0)[1]()
            await self._look()
            if moment in caretaking:
                await self._care()
            if moment in self.also:
                await self.also[moment]()

    def _around_letters(self) -> Iterator[datetime]:
        """A minute before each letter nothing may have gone, and at its minute it must."""
        for letter in self.world.expected.letters():
            yield from (utc(letter.when) - MINUTE, utc(letter.when))

    def _caretaking(self, begins: datetime, ends: datetime) -> Iterator[datetime]:
        """Around every midnight and every `step` hours; after eight weeks, when nearly all is over, once a week."""
        moment = begins
        while moment <= ends:
            yield moment
            moment += timedelta(hours=self.step) if moment < begins + WEEKS else timedelta(days=7)
        for days in range(WEEKS.days):
            midnight = utc(datetime.combine(begins.date() + timedelta(days=days), time.min))
            yield from (midnight - MINUTE, midnight + MINUTE) if self.step < 24 else (midnight,)
        for month in self.world.expected.months:
            if month.gone_at is not None:
                yield from (utc(month.gone_at) - MINUTE, utc(month.gone_at))

    async def _before(self, moment: datetime) -> None:
        """The product's own moments come first: what it planned at another time than the table shows by its time."""
        while (due := await self._next_due()) is not None and due < moment:
            self.world.hands.now = max(due, self.world.hands.now + timedelta(seconds=1))
            await self._look()

    async def _next_due(self) -> datetime | None:
        planned = select(func.min(col(PlannedLetter.due_at))).where(col(PlannedLetter.state) == "planned")
        free = func.coalesce(col(OutgoingMail.lease_until), col(OutgoingMail.ready_at))
        queued = select(func.min(free)).where(col(OutgoingMail.state) == "queued")
        async with self.world.db.read() as session:
            found = [(await session.exec(statement)).one() for statement in (planned, queued)]
        return min((each for each in found if each is not None), default=None)

    async def _look(self) -> None:
        self.looks += 1
        if self.deliver is not None:
            await self.deliver()
        await asyncio.gather(*(courier.once() for courier in self.couriers))

    async def _care(self) -> None:
        await Caretaker(self.world.db).once()
        names = {person.id: name for name, person in self.world.people.items()}
        async with self.world.db.read() as session:
            left = set((await session.exec(select(MailAddress.participant_id))).all())
        for identity, name in names.items():
            if identity in left:
                self.gone.pop(name, None)
            else:
                self.gone.setdefault(name, self.world.hands.now)
