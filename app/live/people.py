"""The people of a workshop, as the room counts and names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.core.participant import Participant


@dataclass(frozen=True)
class People:
    """`participants` by id, as they were at one look."""

    participants: Mapping[str, Participant]

    @cached_property
    def joined(self) -> int:
        return sum(1 for each in self.participants.values() if not each.removed_at and not each.merged_into)

    @cached_property
    def removed(self) -> frozenset[str]:
        """The ids of those whom the trainer took out."""
        return frozenset(each.id for each in self.participants.values() if each.removed_at)

    @cached_property
    def gone(self) -> frozenset[str]:
        """And of those who became one with another: nobody by that id comes back."""
        return self.removed | {each.id for each in self.participants.values() if each.merged_into}

    @cached_property
    def groups(self) -> int:
        """How many pairs or groups were drawn."""
        return max((each.group_number for each in self.participants.values()), default=0)

    @cached_property
    def online(self) -> int:
        return sum(each.online and not each.removed_at for each in self.participants.values())

    @cached_property
    def name_of(self) -> dict[str, str]:
        return {each.id: each.name for each in self.participants.values()}
