"""S3: can each party reach its own goal under this flag? A band is dotted until its party says yes.

Amendment 6: six parties at most go to the vote; a band counts the votes of those who look for that party; with nobody
present for it, the room's own guess counts and is drawn and named as an estimate.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.drafts import Settlement, StandsDraft
from app.core.errors import Refused
from app.core.kind import Entry, Kind, Made, Shown, Spec
from app.core.text import Line, Text
from app.texts import gettext_noop as N_

LONGEST_WORD = 40
MOST_WORDS = 8
"""Words in the way that the projector shows."""
Stand = Literal["yes", "not_yet", "unknown"]


class FlagParty(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    goal: str = ""


class FlagSpec(Spec):
    word: Text = Field(description="The question after *not yet*: which word is in the way?")
    most: int = Field(default=6, ge=2, le=6, description="Parties that go to the vote.")
    parties: tuple[FlagParty, ...] = Field(default=(), description="Filled when the room arrives.")


class FlagEntry(Entry):
    """`looks_for` is the party whose chair this person sits in, if any."""

    looks_for: str = Field(default="", max_length=40)
    stands: dict[str, Stand] = Field(default_factory=dict)
    word: Line = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One party on the flag. `stands` is empty while nobody answered; `votes` are yes, not yet, unknown."""

    id: str
    name: str
    goal: str
    stands: str
    estimated: bool
    votes: tuple[int, int, int]

    @property
    def is_full(self) -> bool:
        return self.stands == "yes" and not self.estimated


@dataclass(frozen=True, slots=True)
class FlagTally:
    """`words` are those in the way, most named first, with how many named them."""

    bands: tuple[Band, ...]
    words: tuple[tuple[str, int], ...]
    count: int

    @property
    def is_up(self) -> bool:
        """All can stand under it; what was only guessed does not hold it down, and does not raise it alone."""
        return any(band.is_full for band in self.bands) and all(band.stands == "yes" for band in self.bands)


class Flag(Kind[FlagSpec, FlagEntry]):
    name = "flag"
    Spec = FlagSpec
    Entry = FlagEntry

    def prepare(self, spec: FlagSpec, made: Made) -> FlagSpec:
        parties = [FlagParty(id=each.id, name=each.name, goal=each.goal) for each in made.parties if each.name]
        return spec.model_copy(update={"parties": tuple(parties[: spec.most])})

    def allow(self, spec: FlagSpec, mine: Mapping[str, FlagEntry], entry: FlagEntry) -> None:
        known = {party.id for party in spec.parties}
        if not set(entry.stands) <= known or entry.looks_for not in {"", *known}:
            raise Refused(N_("The parties have changed. Look at the list again."), field="stands")
        if set(entry.stands) != known:
            raise Refused(N_("Choose an answer for each party."), field="stands")
        if len(entry.word) > LONGEST_WORD:
            raise Refused(
                N_("That is too long. Use at most %(max_length)s signs."), field="word", max_length=LONGEST_WORD
            )

    def tally(self, spec: FlagSpec, shown: Sequence[Shown[FlagEntry]]) -> FlagTally:
        bands = tuple(_band(party, [card.entry for card in shown]) for party in spec.parties)
        typed = Counter(word for card in shown if (word := (card.text or card.entry.word).casefold()))
        words = sorted(typed.items(), key=lambda pair: (-pair[1], pair[0]))
        return FlagTally(bands, tuple(words[:MOST_WORDS]), len(shown))

    def settle(self, spec: FlagSpec, tally: FlagTally) -> Iterable[Settlement]:
        stands = {band.id: (band.stands, band.estimated) for band in tally.bands if band.stands}
        if stands:
            yield StandsDraft(stands)

    def card_text(self, entry: FlagEntry) -> str | None:
        return entry.word or None


def _band(party: FlagParty, entries: Sequence[FlagEntry]) -> Band:
    own = [entry for entry in entries if entry.looks_for == party.id]
    said = Counter(entry.stands[party.id] for entry in own or entries if party.id in entry.stands)
    votes = said["yes"], said["not_yet"], said["unknown"]
    return Band(party.id, party.name, party.goal, _most(votes), bool(said) and not own, votes)


def _most(votes: tuple[int, int, int]) -> str:
    """One *not yet* of the party itself weighs as much as a yes: only more yes than all else lets it stand."""
    yes, not_yet, unknown = votes
    if not sum(votes):
        return ""
    if yes > not_yet + unknown:
        return "yes"
    return "not_yet" if not_yet >= unknown else "unknown"
