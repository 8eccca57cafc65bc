"""Cards that may say the same: by words with the same beginning. The human decides."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from app.core.act.lexicon import lexicon
from app.core.act.scan import scan

STEM = 6
"""Signs of a word that count: Dutch and English inflect at the end."""
SHORTEST = 4
ALIKE = 0.5
"""The share of their words that two cards have in common."""
Said = tuple[str, str]
"""The id of a card and its text."""


def stems(text: str) -> frozenset[str]:
    """The words that carry meaning, by their beginning."""
    stop = lexicon("nl").sets["stop"] | lexicon("en").sets["stop"]
    words = {token.low for token in scan(text) if token.kind in ("word", "number")}
    return frozenset(_stem(word) for word in words if word not in stop and (len(word) > 2 or word.isdigit()))


def _stem(word: str) -> str:
    """Without the endings of a plural, as far as enough of the word is left."""
    for ending in ("en", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)[:STEM]
    return word[:STEM]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0 to 1: what they share of all their words."""
    return len(one & other) / len(one | other) if one and other else 0.0


def doubles(cards: Sequence[Said], most: int = 5) -> list[tuple[str, str]]:
    """Pairs of ids that may say the same, the most alike first; the earlier card comes first in its pair."""
    known = [(identity, stems(text)) for identity, text in cards]
    found = [
        (likeness(mine, theirs), one, other)
        for (one, mine), (other, theirs) in combinations(known, 2)
        if likeness(mine, theirs) >= ALIKE
    ]
    return [(one, other) for _, one, other in sorted(found, key=lambda each: -each[0])[:most]]


def alike(text: str, cards: Iterable[Said], most: int = 3) -> list[Said]:
    """The cards that are most like `text`."""
    mine = stems(text)
    rated = [(likeness(mine, stems(theirs)), identity, theirs) for identity, theirs in cards]
    found = sorted((each for each in rated if each[0] >= ALIKE), key=lambda each: -each[0])
    return [(identity, theirs) for _, identity, theirs in found[:most]]
