"""The middag-teller: what the group realised, counted from what lives on, and its energy before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.core.board import NOBODY
from app.core.kind import KINDS, Kind
from app.core.lasting import Commitment, Condition, Need, Opgave, Party
from app.core.moments import hides
from app.core.settling import room_sees
from app.core.workshop import Phase
from app.live.mirror import Mirror

ENERGY = "energy"
"""The key of the point on a scale that asks for it."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """`owned` are conditions that somebody can arrange; `energy` the medians, in the order in which they were asked."""

    opgaven: int
    parties: int
    settled: int
    commitments: int
    owned: int
    energy: tuple[float, ...]


def harvest(mirror: Mirror) -> Harvest:
    conditions = mirror.rows(Condition)
    return Harvest(
        opgaven=min(1, len(mirror.rows(Opgave))),
        parties=len(mirror.rows(Party)),
        settled=sum(need.settled for need in mirror.rows(Need)) + sum(each.status == "met" for each in conditions),
        commitments=sum(row.is_first for row in mirror.rows(Commitment)),
        owned=sum(each.owner not in ("", NOBODY) for each in conditions),
        energy=tuple(_measured(mirror, ENERGY)),
    )


def _measured(mirror: Mirror, name: str) -> Iterator[float]:
    for activity in mirror.in_order():
        if hides(activity) and activity.phase in (Phase.WAITING, Phase.OPEN):
            continue  # not before the room may see it
        kind: Kind[Any, Any] = KINDS[activity.kind]
        cards = room_sees(mirror.cards.get(activity.id, {}).values())
        spec = kind.Spec.model_validate(activity.spec)
        middle = kind.measured(spec, kind.tally(spec, cards), name) if cards else None
        if middle is not None:
            yield middle
