"""What the group made so far, from the mirror's rows."""

from dataclasses import dataclass
from functools import cached_property

from app.core.lasting import Commitment, Condition, Gap, Need, Opgave, Party
from app.live.mirror import Mirror


@dataclass(frozen=True)
class Lasting:
    mirror: Mirror

    @cached_property
    def opgave(self) -> Opgave | None:
        return max(self.mirror.rows(Opgave), key=lambda row: row.version, default=None)

    @cached_property
    def parties(self) -> list[Party]:
        return sorted(self.mirror.rows(Party), key=lambda row: (row.position, row.id))

    @cached_property
    def gap(self) -> Gap | None:
        return next(iter(self.mirror.rows(Gap)), None)

    @cached_property
    def needs(self) -> list[Need]:
        return sorted(self.mirror.rows(Need), key=lambda row: (-row.dots, row.text, row.id))

    @cached_property
    def commitments(self) -> list[Commitment]:
        """One a person: what was planned again afterwards is no second one."""
        first = [row for row in self.mirror.rows(Commitment) if row.is_first]
        return sorted(first, key=lambda row: (row.starts_at, row.id))

    @cached_property
    def conditions(self) -> list[Condition]:
        return sorted(self.mirror.rows(Condition), key=lambda row: (row.status == "met", row.text, row.id))
