"""All seats of one workshop in this process, and the beat on which they are told.

A beat, not a debounce: the first news after a quiet time is told at once, later news at the next beat, however busy
the room is.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field

import structlog

from app import clock
from app.core.participant import Participant
from app.core.workshop import Audience
from app.db import Database
from app.live.asking import arriving, caught_up
from app.live.fanning import fan_out
from app.live.frame import Frame
from app.live.mirror import Mirror
from app.live.own_news import Errands, OwnNews
from app.live.pace import Pace
from app.live.presence import Presence
from app.live.screens import Seen, look
from app.live.seat import Seat
from app.live.told import Told
from app.live.view import View
from app.measures import COUNTS
from app.sheet import Sheet

log = structlog.get_logger()
PATIENCE = 15.0
"""Seconds for a look at the rows: a database that is silent may not hold a room for as long as TCP would."""
AFTER_A_FAULT = 1.0
BEAT = {Audience.PROJECTOR: 0.1, Audience.FACILITATOR: 0.1, Audience.PARTICIPANT: 0.25}


class Gone(LookupError):
    """The workshop does not exist any more."""


@dataclass(eq=False)
class Room:
    db: Database
    workshop_id: str
    base_url: str
    mirror: Mirror = field(init=False)
    seats: dict[str, Seat] = field(default_factory=dict)
    watchers: dict[Seen, dict[str, Seat]] = field(default_factory=dict)
    """The same seats by what they look at, so that no beat asks every seat."""
    presence: Presence = field(default_factory=Presence)
    told: Told = field(default_factory=Told)
    gone: bool = False
    arriving: int = 0
    """How many come in and wait for their first screen."""

    def __post_init__(self) -> None:
        self.mirror = Mirror(self.workshop_id)
        self._news = asyncio.Event()
        self._lock = asyncio.Lock()
        self._pace = Pace()
        self._last_beat: dict[Audience, float] = {}
        self._view: View | None = None
        self._own = OwnNews()
        self._errands = Errands()
        self._task = asyncio.create_task(self._live())

    def mark(self) -> None:
        """Something changed: look at the next beat."""
        self._pace.news(time.monotonic())
        self._news.set()

    def is_to_look(self) -> bool:
        """A beat is about to look, or does so now."""
        return self._news.is_set() or self._lock.locked()

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def take(self, seat: Seat) -> None:
        """Seat somebody: the whole present state first, then every change."""
        if seat.seen not in self.told.sheets:
            await self._draw(seat.seen)
        self.seats[seat.id] = self.watchers.setdefault(seat.seen, {})[seat.id] = seat
        if seat.participant_id:
            COUNTS.returned += self.presence.comes(seat.participant_id)
        if seat.wire is not None:
            seat.wire.catch_up = lambda: caught_up(self.view(), self.told, seat)
        for frame in arriving(self.view(), self.told, seat):
            await seat.send(frame)
        person = self.mirror.participants.get(seat.participant_id or "")
        if person is not None and person.removed_at:  # while this phone was on its way
            await seat.dismiss()
        self.mark()

    async def _draw(self, seen: Seen) -> None:
        self.arriving += 1
        try:
            async with self._lock:
                if seen not in self.told.sheets:  # else somebody who came in at the same time had it drawn
                    await self._refresh()
                    self.told.draw(self.view(), seen)
        finally:
            self.arriving -= 1

    @property
    def is_needed(self) -> bool:
        """Somebody is here, comes in, or left a moment ago."""
        return bool(self.seats or self.arriving) or not self.presence.is_empty()

    def leave(self, seat: Seat) -> None:
        if self.seats.pop(seat.id, None) is not None:
            del self.watchers[seat.seen][seat.id]
            if not self.watchers[seat.seen]:
                del self.watchers[seat.seen]
            if seat.participant_id:
                self.presence.goes(seat.participant_id)
        self.mark()

    async def fresh(self, seen: Seen) -> tuple[Sheet, int]:
        """The present screen for a page and for a phone that polls, and the rev it shows. What somebody watches is
        kept up to the beat anyway; else it is drawn now."""
        if seen in self.told.sheets:
            return self.told.sheets[seen], self.told.revs[seen]
        async with self._lock:
            await self._look_between()
            return look(self.view(), seen, torn=self.told.torn), self.mirror.rev

    async def known(self) -> View:
        """The view as of the last beat, for the phone's own part."""
        return self.view() if self.mirror.rev >= 0 and self.seats else await self.present()

    async def present(self) -> View:
        """The view as of now."""
        async with self._lock:
            await self._look_between()
        return self.view()

    def view(self) -> View:
        """One for all that is drawn until the next look at the rows."""
        if self._view is None:
            self._view = View.of(self.mirror, self.presence.here(), self.base_url)
        return self._view

    async def _look_between(self) -> None:
        """Between two beats: what it finds is still to be told."""
        before = self.mirror.rev
        await self._refresh()
        if self.mirror.rev != before:
            self.mark()

    async def _refresh(self) -> None:
        async with asyncio.timeout(PATIENCE):
            found = await self.mirror.refresh(self.db)
        if not found:
            self.gone = True
            self.mark()  # found between two beats: the next one sends everybody away, and is the last
            raise Gone(self.workshop_id)
        self._view = None
        self._own.people_changed |= self.mirror.has_news_of(Participant)

    async def _live(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._news.wait()
            self._news.clear()
            begun = loop.time()
            try:
                waiting = await self._beat(begun)
            except Gone:
                self._errands.run([seat.dismiss for seat in self.seats.values()])
                break
            except Exception:
                log.exception("beat failed", workshop=self.workshop_id)
                await asyncio.sleep(AFTER_A_FAULT)
                waiting = True
            # A beat counts from its beginning; however long it took, taps get as much time as it did.
            beat, took = BEAT[Audience.PROJECTOR], loop.time() - begun
            await asyncio.sleep(max(beat - took, min(beat, took)))
            if waiting:
                self._news.set()

    async def _beat(self, now: float) -> bool:
        """Tell every audience whose beat has come; True when one still waits."""
        waiting = False
        async with self._lock:
            self._pace.begin()
            await self._refresh()
            view = self.view()
            due = {who for who in Audience if now - self._last_beat.get(who, -1.0) >= BEAT[who]}
            frames, torn = {}, self.told.torn
            for seen in self.watchers:
                if seen[0] not in due:
                    waiting = True
                    continue
                self._last_beat[seen[0]] = now
                changed = self.told.draw(view, seen)
                if changed:
                    frames[seen] = changed
            self.told.keep(self.watchers)
            waiting |= self.told.torn != torn  # the trainer's screen was drawn before it was known
            errands = self._own.take(view, self.seats.values()) if Audience.PARTICIPANT in due else ()
        for seen, text in frames.items():
            await self._tell(seen, text)
        self._pace.end(time.monotonic(), bool(frames), waiting)
        self._errands.run(errands)
        return waiting

    async def _tell(self, seen: Seen, text: str) -> None:
        for seat in await fan_out(list(self.watchers.get(seen, {}).values()), Frame(text)):
            self.leave(seat)

    async def heartbeat(self) -> None:
        """Tell every seat that the line lives, which state it should have, and the time of the server."""
        now = int(clock.now().timestamp() * 1000)
        for seen in list(self.told.sheets):
            await self._tell(seen, json.dumps({"hb": 1, "mark": self.told.name(seen), "now": now}))
