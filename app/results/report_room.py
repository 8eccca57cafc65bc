"""What the room said on the way, as a report tells it: never below k people, never with a name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app.activities.compare import CompareTally
from app.activities.poll import PollTally
from app.activities.scale import Cloud, ScaleTally
from app.core.kind import KINDS, Kind
from app.core.settling import room_sees, shown_entries
from app.core.shown import Shown
from app.core.text import Text
from app.core.workshop import Activity

MEANING, FACTS, SIGN, NORMALLY = "meaning", "facts", "sign", "normally"
"""The keys by which a draaiboek names these activities; without them the report leaves the part out."""
ENERGY = "energy"


@dataclass(frozen=True, slots=True)
class Said:
    """One card. `source` is what stood beside it."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """How many gave the most given answer, out of `n`."""

    label: Text
    count: int
    n: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The answers of `n` people for now and wanted."""

    now: Cloud
    wanted: Cloud
    n: int


@dataclass(frozen=True, slots=True)
class RoomSaid:
    """`energy` are (median, people) in the order in which it was asked; `steered`: the room rated
    what steers its work."""

    meaning: tuple[Said, ...] = ()
    facts: tuple[Said, ...] = ()
    sign: tuple[Said, ...] = ()
    spread: Spread | None = None
    steering: CompareTally | None = None
    steered: bool = False
    energy: tuple[tuple[float, int], ...] = ()
    normally: Answers | None = None


async def room_said(session: AsyncSession, activities: Sequence[Activity], k: int) -> RoomSaid:
    """Read from the answers, as far as the room saw them."""
    found = [_Heard(activity, room_sees(await shown_entries(session, activity))) for activity in activities]
    heard = [each for each in found if each.cards]
    enough = [each for each in heard if each.people >= k]
    settling = [each for each in enough if each.activity.spec.get("settles")]
    steering = next(_of(heard, CompareTally), None)
    return RoomSaid(
        meaning=_cards(enough, MEANING),
        facts=_cards(enough, FACTS),
        sign=_cards(enough, SIGN),
        spread=next((_spread(tally) for tally in _of(settling, ScaleTally)), None),
        steering=steering if steering and steering.count >= k else None,
        steered=steering is not None,
        energy=tuple(_energy(enough)),
        normally=_most(each for each in enough if each.activity.key == NORMALLY),
    )


class _Heard:
    """One activity with what the room saw of it."""

    def __init__(self, activity: Activity, cards: Sequence[Shown[Any]]) -> None:
        self.activity, self.cards = activity, cards
        self.kind: Kind[Any, Any] = KINDS[activity.kind]
        self.people = len({card.participant_id for card in cards})

    @property
    def tally(self) -> Any:
        return self.kind.tally(self.kind.Spec.model_validate(self.activity.spec), self.cards)


def _of(heard: Iterable[_Heard], wanted: type[Any]) -> Iterator[Any]:
    return (tally for each in heard if isinstance(tally := each.tally, wanted))


def _cards(heard: Iterable[_Heard], key: str) -> tuple[Said, ...]:
    """In alphabetical order, which tells nothing about who; the same words once."""
    found = {
        Said(card.text or each.kind.card_text(card.entry) or "", getattr(card.entry, "detail", ""))
        for each in heard
        if each.activity.key == key
        for card in each.cards
    }
    return tuple(sorted((said for said in found if said.text), key=lambda said: said.text.casefold()))


def _spread(tally: ScaleTally) -> Spread | None:
    now, wanted = tally.cloud("now"), tally.cloud("wanted")
    return Spread(now, wanted, tally.count) if now and wanted else None


def _energy(heard: Iterable[_Heard]) -> Iterator[tuple[float, int]]:
    for each in heard:
        middle = each.kind.measured(each.kind.Spec.model_validate(each.activity.spec), each.tally, ENERGY)
        if middle is not None:
            yield middle, each.people


def _most(heard: Iterable[_Heard]) -> Answers | None:
    for tally in _of(heard, PollTally):
        most = max(tally.bars, key=lambda bar: bar.count)
        return Answers(most.label, most.count, tally.count)
    return None
