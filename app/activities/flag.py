"""S3: can each party reach its own goal under this flag? A band is dotted until its party says yes.

Amendment 6: six parties at most go to the vote; a band counts the votes of those who look for that party; with nobody
present for it, the room's own guess counts and is drawn and named as an estimate. The word in the way is a slot of its
own: the trainer may hide or merge a word, and no vote goes with it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.drafts import Settlement, StandsDraft
from app.core.entry import Entry, Spec
from app.core.errors import Refused
from app.core.kind import Kind
from app.core.opgave_hints import Hint, hints
from app.core.shown import Shown
from app.core.surroundings import Made
from app.core.text import Line, Text
from app.texts import gettext_noop as N_

LONGEST_WORD = 40
MOST_WORDS = 8
"""Words in the way that the projector shows."""
Stand = Literal["yes", "not_yet", "unknown"]
Words = tuple[tuple[str, int], ...]
"""Words with how many named them, most first."""


class FlagParty(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    goal: str = ""


class FlagSpec(Spec):
    word: Text = Field(description="The question after *not yet*: which word is in the way?")
    most: int = Field(default=6, ge=2, le=6, description="Parties that go to the vote.")
    parties: tuple[FlagParty, ...] = Field(default=(), description="Of the script, until the room has named its own.")


class FlagEntry(Entry):
    """A vote on all parties, or a word in the way. `looks_for` is the party whose chair this person sits in, if any."""

    part: Literal["vote", "word"] = "vote"
    looks_for: str = Field(default="", max_length=40)
    stands: dict[str, Stand] = Field(default_factory=dict)
    word: Line = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One party on the flag. `stands` is empty while nobody answered; `votes` are yes, not yet, unknown; `words` are
    those of the people who said *not yet* about this party."""

    id: str
    name: str
    goal: str
    stands: str
    estimated: bool
    votes: tuple[int, int, int]
    words: Words = ()

    @property
    def is_full(self) -> bool:
        return self.stands == "yes" and not self.estimated

    @property
    def state(self) -> str:
        """As `templates/pictures/flag.html` names it."""
        said = {"yes": "yes", "not_yet": "not-yet", "unknown": "open"}.get(self.stands, "")
        return f"estimate-{said}" if self.estimated else said


@dataclass(frozen=True, slots=True)
class FlagTally:
    """`words` are those in the way; `count` is how many people voted."""

    bands: tuple[Band, ...]
    words: Words
    count: int

    @property
    def is_up(self) -> bool:
        """All can stand under it. A guessed yes does not hold the flag down, but guesses alone do not raise it."""
        return any(band.is_full for band in self.bands) and all(band.stands == "yes" for band in self.bands)


class Flag(Kind[FlagSpec, FlagEntry]):
    name = "flag"
    Spec = FlagSpec
    Entry = FlagEntry

    def prepare(self, spec: FlagSpec, made: Made) -> FlagSpec:
        named = [FlagParty(id=each.id, name=each.name, goal=each.goal) for each in made.parties if each.name]
        return spec.model_copy(update={"parties": tuple(named or spec.parties)[: spec.most]})

    def needs_parties(self, spec: FlagSpec) -> bool:
        return not spec.parties

    def slot(self, entry: FlagEntry, key: str) -> str:
        return entry.part

    def allow(self, spec: FlagSpec, mine: Mapping[str, FlagEntry], entry: FlagEntry) -> None:
        if entry.part == "word":
            return _allow_word(entry)
        known = {party.id for party in spec.parties}
        if not known:
            raise Refused(N_("No parties have been named yet."), field="stands")
        if entry.word or not set(entry.stands) <= known or entry.looks_for not in {"", *known}:
            raise Refused(N_("The parties have changed. Look at the list again."), field="stands")
        if set(entry.stands) != known:
            raise Refused(N_("Choose an answer for each party."), field="stands")

    def tally(self, spec: FlagSpec, shown: Sequence[Shown[FlagEntry]]) -> FlagTally:
        votes = {card.participant_id: card.entry for card in shown if card.entry.part == "vote"}
        words = [card for card in shown if card.entry.part == "word" and card.entry.word]
        bands = tuple(_band(party, votes, words) for party in spec.parties)
        return FlagTally(bands, _counted(words), len(votes))

    def settle(self, spec: FlagSpec, tally: FlagTally) -> Iterable[Settlement]:
        stands = {band.id: (band.stands, band.estimated) for band in tally.bands if band.stands}
        if stands:
            yield StandsDraft(stands)

    def advice(self, spec: FlagSpec, opgave: str, language: str) -> tuple[Hint, ...]:
        """What may keep the opgave from being a neutral flag; nothing where there is no opgave."""
        names = (party.name for party in spec.parties)
        named = (Hint(N_("The opgave names a party. Is the flag still neutral?")),)
        return (*(named if any(_names(opgave, name) for name in names) else ()), *hints(opgave, language))

    def card_text(self, entry: FlagEntry) -> str | None:
        return entry.word or None


def _allow_word(entry: FlagEntry) -> None:
    if entry.stands or entry.looks_for:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="word")
    if not entry.word:
        raise Refused(N_("Type something first."), field="word")
    if len(entry.word) > LONGEST_WORD:
        raise Refused(N_("That is too long. Use at most %(max_length)s signs."), field="word", max_length=LONGEST_WORD)


def _band(party: FlagParty, votes: Mapping[str, FlagEntry], words: Sequence[Shown[FlagEntry]]) -> Band:
    own = [entry for entry in votes.values() if entry.looks_for == party.id]
    said = Counter(entry.stands[party.id] for entry in own or votes.values() if party.id in entry.stands)
    counts = said["yes"], said["not_yet"], said["unknown"]
    against = {person for person, entry in votes.items() if entry.stands.get(party.id) == "not_yet"}
    in_the_way = _counted([card for card in words if card.participant_id in against])
    return Band(party.id, party.name, party.goal, _most(counts), bool(said) and not own, counts, in_the_way)


def _most(votes: tuple[int, int, int]) -> str:
    """One *not yet* of the party itself weighs as much as a yes: only more yes than all else lets it stand."""
    yes, not_yet, unknown = votes
    if not sum(votes):
        return ""
    if yes > not_yet + unknown:
        return "yes"
    return "not_yet" if not_yet >= unknown else "unknown"


def _counted(cards: Sequence[Shown[FlagEntry]]) -> Words:
    """Each word once, as it was first written; one that was merged into another counts there."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for card in cards:
        word = card.text or card.entry.word
        first.setdefault(word.casefold(), word)
        counts[word.casefold()] += card.merged + 1
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((first[word], count) for word, count in most[:MOST_WORDS])


def _names(text: str, name: str) -> bool:
    return bool(name) and bool(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text.casefold()))
