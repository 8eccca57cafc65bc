"""What a phone must hear of its own person: another group, or that the trainer took them out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.participant import Participant
from app.live.seat import Seat


@dataclass(eq=False)
class PeopleNews:
    changed: bool = True
    _groups: dict[str, int] = field(default_factory=dict)
    """The group of each person, as the phones know it."""

    def take(self, people: Mapping[str, Participant], seats: Collection[Seat]) -> tuple[Sequence[Seat], Sequence[Seat]]:
        """The phones whose group is another one than they know, and those of who was taken out, since this was asked
        last."""
        if not self.changed:
            return (), ()
        self.changed = False
        former, self._groups = self._groups, {each.id: each.group_number for each in people.values()}
        gone = {each.id for each in people.values() if each.removed_at}
        regrouped = [seat for seat in seats if self._groups.get(_who(seat), 0) != former.get(_who(seat), 0)]
        return regrouped, [seat for seat in seats if _who(seat) in gone]


def _who(seat: Seat) -> str:
    return seat.participant_id or ""
