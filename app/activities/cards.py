"""Short texts on cards, with a type, an owner or a date where the script asks for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.core.drafts import ConditionDraft, Draft, NeedDraft, ObstacleDraft
from app.core.entry import Entry, Spec
from app.core.errors import Refused
from app.core.examples import grade, sentence
from app.core.kind import Kind
from app.core.places import newest, page_of
from app.core.shown import Shown
from app.core.text import Line, Text
from app.texts import gettext_noop as N_

ON_THE_WALL, WITH_LABELS = 12, 9
"""As many cards as can be read from ten metres: a label takes a line of each."""
LONGEST_DATE, LONGEST_DETAIL = 40, 80


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
    detail: Text | None = Field(default=None, description="The label of a second, short text: how much, which source.")
    hands_on: Literal["need", "condition", "obstacle"] | None = Field(
        default=None, description="What a card lives on as."
    )

    @model_validator(mode="after")
    def _fits(self) -> "CardsSpec":
        for labels in (self.types, self.owners):
            if len({label.key for label in labels}) < len(labels):
                raise ValueError(N_("Two labels have the same key."))
        return self


class CardsEntry(Entry):
    """`card` is the id of the own card that is being changed: it tells which form of a page was refused."""

    text: Line
    type: str = Field(default="", max_length=40)
    owner: str = Field(default="", max_length=40)
    by_date: Line = Field(default="", max_length=LONGEST_DATE)
    detail: Line = Field(default="", max_length=LONGEST_DETAIL)
    card: str = Field(default="", max_length=40, exclude=True)


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    text: str
    labels: tuple[Text, ...]
    by_date: str
    detail: str = ""
    merged: int = 0

    @property
    def is_labelled(self) -> bool:
        return bool(self.labels or self.by_date or self.detail)


@dataclass(frozen=True)
class CardsTally:
    """What the room sees of all cards. Only those that a screen shows are drawn up: one more costs as much on a wall of
    ten as on one of a thousand."""

    spec: CardsSpec
    shown: Sequence[Shown[CardsEntry]]

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        return tuple(_card(self.spec, each) for each in self.shown)

    @cached_property
    def types(self) -> tuple[tuple[Text, int], ...]:
        """(label, cards that have it), most first, without those that nobody chose."""
        return _counted(self.spec.types, [each.entry.type for each in self.shown])

    @cached_property
    def owners(self) -> tuple[tuple[Text, int], ...]:
        return _counted(self.spec.owners, [each.entry.owner for each in self.shown])

    @property
    def count(self) -> int:
        return len(self.shown)

    @cached_property
    def most(self) -> int:
        spec = self.spec
        may_be = bool(spec.types or spec.owners or spec.by_date or spec.detail)
        return WITH_LABELS if may_be and any(_card(spec, each).is_labelled for each in self.shown) else ON_THE_WALL

    def wall(self, page: int = 0) -> Sequence[Card]:
        """Page 0: the largest groups and the newest, each in the place of the one that it drives away, so that no other
        card moves. From page 1 on all cards in their order."""
        if page:
            return [_card(self.spec, each) for each in page_of(self.shown, self.most, page)]
        groups = sorted((each for each in self.shown if each.absorbed), key=lambda each: -each.merged)
        kept = groups[: self.most // 2]
        ids = {each.id for each in kept}
        others = [each for each in self.shown if each.id not in ids] if kept else self.shown
        return [_card(self.spec, each) for each in (*kept, *newest(others, self.most - len(kept)))]


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
        if not _is_one_of(spec.types, entry.type):
            raise Refused(N_("Choose what kind it is."), field="type")
        if not _is_one_of(spec.owners, entry.owner):
            raise Refused(N_("Choose who can arrange it."), field="owner")
        if entry.by_date and not spec.by_date:
            raise Refused(N_("That does not fit here. Choose one of the answers."), field="by_date")
        if entry.detail and not spec.detail:
            raise Refused(N_("That does not fit here. Choose one of the answers."), field="detail")

    def example(self, spec: CardsSpec, number: int, language: str) -> list[dict[str, Any]]:
        form = {"text": sentence(number, language)[: spec.max_length]}
        for name, labels in (("type", spec.types), ("owner", spec.owners)):
            form |= {name: labels[grade(number, 0, len(labels) - 1)].key} if labels else {}
        form |= {"by_date": f"1-{1 + number % 12}"} if spec.by_date else {}
        return [form | ({"detail": str(10 + number)} if spec.detail else {})]

    def tally(self, spec: CardsSpec, shown: Sequence[Shown[CardsEntry]]) -> CardsTally:
        return CardsTally(spec, shown)

    def hand_on(self, spec: CardsSpec, entry: CardsEntry) -> Draft | None:
        if spec.hands_on == "need":
            return NeedDraft(entry.type or "ANDERS", entry.text, entry.detail)
        if spec.hands_on == "obstacle":
            return ObstacleDraft(entry.type, entry.text)
        if spec.hands_on == "condition":
            return ConditionDraft(entry.text, entry.type or "ANDERS", entry.owner, entry.by_date)
        return None

    def pages(self, tally: CardsTally) -> int:
        return -(-tally.count // tally.most) or 1

    def on_a_page(self, tally: CardsTally) -> int:
        return tally.most

    def card_text(self, entry: CardsEntry) -> str | None:
        return entry.text


def _card(spec: CardsSpec, shown: Shown[CardsEntry]) -> Card:
    entry = shown.entry
    return Card(
        shown.id,
        shown.text or entry.text,
        tuple(_labels(spec, entry)),
        entry.by_date,
        entry.detail,
        shown.merged,
    )


def _is_one_of(labels: Sequence[CardLabel], chosen: str) -> bool:
    """One of the labels where there are any, else nothing at all."""
    return chosen in {label.key for label in labels} if labels else not chosen


def _labels(spec: CardsSpec, entry: CardsEntry) -> Iterator[Text]:
    for labels, chosen in ((spec.types, entry.type), (spec.owners, entry.owner)):
        yield from (each.label for each in labels if each.key == chosen)


def _counted(labels: Sequence[CardLabel], chosen: Sequence[str]) -> tuple[tuple[Text, int], ...]:
    counts = [(each.label, chosen.count(each.key)) for each in labels]
    return tuple(sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1]))
