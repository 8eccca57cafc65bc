"""What stands on a wall with less room than there are cards."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
IN_HAND = 40
"""Cards that the trainer can look over at once, where no wall says how many stand on a page."""


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


def leaves(page: int, pages: int) -> tuple[int, ...]:
    """The pages to turn to: the first, the last and those beside the present one; 0 stands for what lies between.
    Page 0 is before the first. Never more than seven, so that one more page costs nothing."""
    here = max(page, 2)
    near = sorted({1, pages, here - 1, here, here + 1} & set(range(1, pages + 1)))
    made: list[int] = []
    for number in near:
        if made and number - made[-1] > 1:
            made.append(number - 1 if number - made[-1] == 2 else 0)
        made.append(number)
    return tuple(made)
