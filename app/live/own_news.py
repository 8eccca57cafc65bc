"""What single phones must hear beside what all are told: look at your own part, your group is another one, you were
taken out."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog

from app.live.asking import ask_owners, tell_groups
from app.live.seat import Seat
from app.live.view import View

Errand = Callable[[], Coroutine[Any, Any, None]]
log = structlog.get_logger()


@dataclass(eq=False)
class OwnNews:
    people_changed: bool = True
    _mine: str = ""
    """The element in which the phones were asked last to fetch their own part."""
    _groups: dict[str, int] = field(default_factory=dict)
    """The group of each person, as the phones know it."""

    def take(self, view: View, seats: Collection[Seat]) -> list[Errand]:
        """What came up since this was asked last. To be done once the phones were told: before that, the part that is
        to be filled is not there yet."""
        errands = self._of_people(view, seats) if self.people_changed else []
        if self._mine != view.shown_mine_id:
            self._mine = view.shown_mine_id
            if self._mine:
                errands.append(partial(ask_owners, view, seats, partial(self._asks_for, self._mine)))
        return errands

    def _asks_for(self, mine: str) -> bool:
        return self._mine == mine

    def _of_people(self, view: View, seats: Collection[Seat]) -> list[Errand]:
        people = view.mirror.participants
        self.people_changed = False
        former, self._groups = self._groups, {each.id: each.group_number for each in people.values()}
        regrouped = [seat for seat in seats if self._groups.get(_who(seat), 0) != former.get(_who(seat), 0)]
        # Who became one with another comes back as that one.
        errands: list[Errand] = [seat.dismiss for seat in seats if _who(seat) in view.people.gone]
        if regrouped:
            errands.append(partial(tell_groups, view, regrouped))
        return errands


@dataclass(eq=False)
class Errands:
    """What is done for single phones, beside the beat."""

    _running: set["asyncio.Task[None]"] = field(default_factory=set)
    """The loop itself keeps only weak references."""

    def run(self, errands: Iterable[Errand]) -> None:
        for errand in errands:
            task = asyncio.create_task(errand())
            self._running.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("an errand to a phone failed", exc_info=task.exception())


def _who(seat: Seat) -> str:
    return seat.participant_id or ""
