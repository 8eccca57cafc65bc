"""Short texts on cards, with a type, an owner or a date where the script asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.drafts import ConditionDraft, Draft, NeedDraft
from app.core.errors import Refused
from app.core.kind import Entry, Kind, Shown, Spec
from app.core.text import Line, Text
from app.texts import gettext_noop as N_

CHUNK = 20


class CardLabel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(min_length=1, max_length=40)
    label: Text


class CardsSpec(Spec):
    max_cards: int = Field(default=1, ge=1, le=10, description="How many each person may have.")
    max_length: int = Field(default=120, ge=10, le=200)
    placeholder: Text | None = None
    types: tuple[CardLabel, ...] = ()
    owners: tuple[CardLabel, ...] = ()
    by_date: bool = False
    hands_on: Literal["need", "condition"] | None = Field(default=None, description="What a card lives on as.")


class CardsEntry(Entry):
    text: Line
    type: str = Field(default="", max_length=40)
    owner: str = Field(default="", max_length=40)
    by_date: Line = ""


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    text: str
    type: str
    owner: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """At most twenty cards; equal chunks are equal values, so only the one that changed is drawn again."""

    number: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CardsTally:
    chunks: tuple[Chunk, ...]
    count: int


class Cards(Kind[CardsSpec, CardsEntry]):
    name = "cards"
    Spec = CardsSpec
    Entry = CardsEntry

    def slot(self, entry: CardsEntry, key: str) -> str:
        return key

    def allow(self, spec: CardsSpec, mine: Mapping[str, CardsEntry], entry: CardsEntry) -> None:
        if not entry.text:
            raise Refused(N_("Type something first."), field="text")
        if len(entry.text) > spec.max_length:
            raise Refused(
                N_("That is too long. Use at most %(max_length)s signs."), field="text", max_length=spec.max_length
            )
        if len(mine) >= spec.max_cards:
            raise Refused(N_("You have used your cards. Change one, or take one back."), field="text")
        for name, labels in (("type", spec.types), ("owner", spec.owners)):
            if labels and getattr(entry, name) not in {label.key for label in labels}:
                raise Refused(N_("Choose one of the answers."), field=name)

    def tally(self, spec: CardsSpec, shown: Sequence[Shown[CardsEntry]]) -> CardsTally:
        cards = [Card(each.id, each.text or each.entry.text, each.entry.type, each.entry.owner) for each in shown]
        chunks = tuple(
            Chunk(start // CHUNK, tuple(cards[start : start + CHUNK])) for start in range(0, len(cards), CHUNK)
        )
        return CardsTally(chunks, len(cards))

    def hand_on(self, spec: CardsSpec, entry: CardsEntry) -> Draft | None:
        if spec.hands_on == "need":
            return NeedDraft(entry.type or "ANDERS", entry.text)
        if spec.hands_on == "condition":
            return ConditionDraft(entry.text, entry.type or "ANDERS", entry.owner, entry.by_date)
        return None

    def card_text(self, entry: CardsEntry) -> str | None:
        return entry.text
