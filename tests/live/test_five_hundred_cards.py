"""A wall of five hundred cards stays quick: for the projector, for the trainer, and for each card that comes."""

import time
from typing import Any

import pytest

from app.live.screens import look
from tests.activities.rooms import shown, view

LOOKS = 5
MOST_MS = {"projector": 60, "facilitator": 250}
"""Of one look at 500 cards on a slow machine. Measured on two shared cores: see `make bench`."""
MOST_BYTES = {"projector": 12_000, "facilitator": 120_000}
MOST_NEWS = {"projector": 1_000, "facilitator": 15_000}
"""Bytes of a frame that brings one card."""
NOUNS = ("kamer", "besluit", "busje", "uur", "lijst", "collega", "geld", "mandaat", "sleutel", "telefoon")


def room(count: int) -> Any:
    cards = [shown("cards", n, {"text": f"een {NOUNS[n % 10]} voor wijk {n}"}) for n in range(count)]
    return view("cards", cards, max_cards=10)


def least_ms(count: int, audience: Any) -> tuple[float, Any]:
    best, sheet = 1e9, None
    for _ in range(LOOKS):
        fresh = room(count)
        began = time.perf_counter()
        sheet = look(fresh, (audience, "nl"))
        best = min(best, (time.perf_counter() - began) * 1000)
    return best, sheet


def test_a_look_at_five_hundred_cards_is_quick_and_small() -> None:
    for audience, most in MOST_MS.items():
        took, sheet = least_ms(500, audience)
        assert took < most, (audience, took)
        assert len(sheet.assemble("screen")) < MOST_BYTES[audience]


@pytest.mark.parametrize("audience", MOST_BYTES)
def test_one_more_card_changes_as_little_on_a_wall_of_five_hundred_as_on_one_of_fifty(audience: Any) -> None:
    sizes = []
    for count in (50, 500):
        before = look(room(count), (audience, "nl"))
        after = look(room(count + 1), (audience, "nl"), before)
        sizes.append(len(after.frame(before)))
    assert sizes[1] < sizes[0] * 1.2
    assert sizes[1] < MOST_NEWS[audience]
