"""The people of a workshop, as the room counts and names them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.participant import Participant


@dataclass(frozen=True)
class People:
    """`participants` by id."""

    participants: Mapping[str, Participant]

    @property
    def joined(self) -> int:
        return sum(1 for each in self.participants.values() if not each.removed_at and not each.merged_into)

    @property
    def groups(self) -> int:
        """How many pairs or groups were drawn."""
        return max((each.group_number for each in self.participants.values()), default=0)

    @property
    def online(self) -> int:
        return sum(each.online and not each.removed_at for each in self.participants.values())

    @property
    def name_of(self) -> dict[str, str]:
        return {each.id: each.name for each in self.participants.values()}
