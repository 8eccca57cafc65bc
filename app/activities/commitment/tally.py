"""What the room is told of all forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.activities.commitment.form import CommitmentEntry
from app.core.shown import Shown


@dataclass(frozen=True, slots=True)
class CommitmentTally:
    """How many commitments stand, and the verdicts on all acts so far: no names, no texts."""

    sealed: int
    concreet: int
    bijna: int
    vrijblijvend: int
    first_concreet: int = 0
    first_drafts: int = 0

    @property
    def drafts(self) -> int:
        return self.concreet + self.bijna + self.vrijblijvend


def counted(shown: Sequence[Shown[CommitmentEntry]]) -> CommitmentTally:
    verdicts = [card.entry.verdict for card in shown]
    first = [card.entry.first_verdict for card in shown if card.entry.first_verdict]
    return CommitmentTally(
        sum(card.entry.stage == "seal" for card in shown),
        verdicts.count("concreet"),
        verdicts.count("bijna"),
        verdicts.count("vrijblijvend"),
        first.count("concreet"),
        len(first),
    )
