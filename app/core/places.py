"""What stands on a wall with less room than there are cards."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def newest(items: Sequence[T], most: int) -> list[T]:
    """The last `most`, each in the place of the one that it drives away, so that no other moves."""
    places = list(items[:most])
    first = max(most, len(items) - most)
    for number, item in enumerate(items[first:], first):
        places[number % most] = item
    return places


def page_of(items: Sequence[T], most: int, page: int) -> Sequence[T]:
    """Page 1, 2, … of all of them in their order."""
    return items[(page - 1) * most : page * most]
