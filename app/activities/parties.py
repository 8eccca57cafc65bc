"""S3: the parties that are needed, each with its own goal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from app.core.drafts import PartyDraft
from app.core.entry import Entry, Spec
from app.core.errors import Refused
from app.core.kind import Kind
from app.core.places import newest, page_of
from app.core.shown import Shown
from app.core.text import Line, Text
from app.texts import gettext_noop as N_

LONGEST_NAME, LONGEST_GOAL = 60, 120
ON_THE_WALL = 9
"""As many parties as can be read from ten metres, each with its goal."""
GO_TO_THE_VOTE = 6
"""Amendment 6: the trainer is told in time that no more parties than this can stand on the flag."""


class PartiesSpec(Spec):
    max_cards: int = Field(default=3, ge=1, le=10, description="How many parties each person may name.")
    placeholder: Text | None = None
    goal_placeholder: Text | None = None


class PartiesEntry(Entry):
    """`card` is the id of the own card that is being changed: it tells which form of a page was refused."""

    name: Line = ""
    goal: Line = ""
    card: str = Field(default="", max_length=40, exclude=True)


@dataclass(frozen=True, slots=True)
class NamedParty:
    id: str
    name: str
    goal: str
    merged: int = 0


@dataclass(frozen=True, slots=True)
class PartiesTally:
    parties: tuple[NamedParty, ...]

    @property
    def count(self) -> int:
        return len(self.parties)

    def wall(self, page: int = 0) -> Sequence[NamedParty]:
        """Page 0: the newest, each in the place of the one that it drives away, so that no other moves. From page 1 on
        all in their order."""
        if page:
            return page_of(self.parties, ON_THE_WALL, page)
        return newest(self.parties, ON_THE_WALL)


class Parties(Kind[PartiesSpec, PartiesEntry]):
    name = "parties"
    names_parties = True
    most = GO_TO_THE_VOTE
    Spec = PartiesSpec
    Entry = PartiesEntry

    def slot(self, entry: PartiesEntry, key: str) -> str:
        return key

    def allow(self, spec: PartiesSpec, mine: Mapping[str, PartiesEntry], entry: PartiesEntry) -> None:
        if not entry.name:
            raise Refused(N_("Which party is it? Type its name."), field="name")
        if not entry.goal:
            raise Refused(N_("What does this party want for itself? Type its own goal."), field="goal")
        for field, most in (("name", LONGEST_NAME), ("goal", LONGEST_GOAL)):
            if len(getattr(entry, field)) > most:
                raise Refused(N_("That is too long. Use at most %(max_length)s signs."), field=field, max_length=most)
        if len(mine) >= spec.max_cards:
            raise Refused(N_("You have used your cards. Change one, or take one back."), field="name")

    def tally(self, spec: PartiesSpec, shown: Sequence[Shown[PartiesEntry]]) -> PartiesTally:
        """Without a card whose words were taken out after their time: nothing of it can be read."""
        named = [(each, each.text or each.entry.name) for each in shown]
        return PartiesTally(
            tuple(NamedParty(each.id, name, each.entry.goal, each.merged) for each, name in named if name)
        )

    def hand_on(self, spec: PartiesSpec, entry: PartiesEntry) -> PartyDraft:
        return PartyDraft(entry.name, entry.goal)

    def pages(self, tally: PartiesTally) -> int:
        return -(-tally.count // ON_THE_WALL) or 1

    def on_a_page(self, tally: PartiesTally) -> int:
        return ON_THE_WALL

    def card_text(self, entry: PartiesEntry) -> str | None:
        return entry.name or None
