"""The cards in the facilitator's hand: those that the wall shows, never so many that the screen gets slow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.doubles import doubles
from app.core.kind import Kind
from app.core.places import IN_HAND
from app.core.shown import Shown
from app.core.workshop import Stage


@dataclass(frozen=True, slots=True)
class Held:
    """A card and those that were merged into it; `is_large`: the projector shows it alone, `is_one_of_many`: it may be
    merged with another one."""

    card: Shown[Any]
    under: tuple[Shown[Any], ...]
    is_large: bool
    is_one_of_many: bool


@dataclass(frozen=True, slots=True)
class Hand:
    """`cards` by their place on the screen, in the order of the wall: the newest first, or those of one page. `doubles`
    are groups that may say the same."""

    cards: dict[str, Held]
    doubles: tuple[tuple[Shown[Any], ...], ...]
    pages: int


def hand(kind: Kind[Any, Any], cards: Sequence[Shown[Any]], stage: Stage, on_a_page: int) -> Hand:
    """`cards` are all of the activity, the hidden ones too. Page 0: the newest; from 1 on in their order, those that
    the wall shows then, and after the last of them what it does not show."""
    texts = [card for card in cards if kind.card_text(card.entry) is not None]
    under: dict[str, tuple[Shown[Any], ...]] = {}
    for card in texts:
        if card.into:
            under[card.into] = (*under.get(card.into, ()), card)
    roots = [card for card in texts if not card.into]
    pages = _pages(roots, on_a_page)
    shown = pages[min(stage.page, len(pages)) - 1] if stage.page else roots[::-1][:IN_HAND]
    earliest_first = shown if stage.page else reversed(shown)
    seen = [card for card in earliest_first if not (card.hidden or card.parked)]
    by_id = {card.id: card for card in seen}
    groups = doubles([(card.id, card.text or kind.card_text(card.entry) or "") for card in seen])
    alike = tuple(tuple(by_id[each] for each in group) for group in groups)
    many = len(shown) > 1
    held = {f"hand-{each.id}": Held(each, under.get(each.id, ()), each.id == stage.spotlight, many) for each in shown}
    return Hand(held, alike, len(pages))


def _pages(roots: Sequence[Shown[Any]], on_a_page: int) -> Sequence[Sequence[Shown[Any]]]:
    """At least one. Only behind the last of the wall do cards stand that are hidden or parked."""
    on = [card for card in roots if not (card.hidden or card.parked)]
    off = [card for card in roots if card.hidden or card.parked]
    whole = [on[at : at + on_a_page] for at in range(0, len(on), on_a_page)] or [[]]
    rest = [*whole.pop(), *off]
    return [*whole, *(rest[at : at + IN_HAND] for at in range(0, len(rest) or 1, IN_HAND))]
