"""What single phones must hear beside what all are told: look at your own part, your group is another one, you were
taken out."""

from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from app.live.asking import ask_in_turn, ask_owners
from app.live.seat import Seat
from app.live.view import View

Errand = Callable[[], Coroutine[Any, Any, None]]


@dataclass(eq=False)
class OwnNews:
    people_changed: bool = True
    _activity: str | None = None
    """What the phones with own entries were asked to look at last."""
    _groups: dict[str, int] = field(default_factory=dict)
    """The group of each person, as the phones know it."""

    def take(self, view: View, seats: Collection[Seat]) -> list[Errand]:
        """What came up since this was asked last. To be done once the phones were told: before that, the part that is
        to be filled is not there yet."""
        errands = self._of_people(view, seats) if self.people_changed else []
        if self._activity != view.stage.activity_id:
            self._activity = view.stage.activity_id
            errands.append(partial(ask_owners, view, seats))
        return errands

    def _of_people(self, view: View, seats: Collection[Seat]) -> list[Errand]:
        people = view.mirror.participants
        self.people_changed = False
        former, self._groups = self._groups, {each.id: each.group_number for each in people.values()}
        regrouped = [seat for seat in seats if self._groups.get(_who(seat), 0) != former.get(_who(seat), 0)]
        # Who became one with another comes back as that one.
        gone = {each.id for each in people.values() if each.removed_at or each.merged_into}
        errands: list[Errand] = [seat.dismiss for seat in seats if _who(seat) in gone]
        if regrouped:
            errands.append(partial(ask_in_turn, regrouped, f"/w/{view.workshop.code}/group", "own-group"))
        return errands


def _who(seat: Seat) -> str:
    return seat.participant_id or ""
