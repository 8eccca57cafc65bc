"""Cards that may say the same: by words with the same beginning. The human decides."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.core.act.lexicon import lexicon
from app.core.act.scan import scan

STEM = 6
"""Signs of a word that count: Dutch and English inflect at the end."""
SHORTEST = 4
ALIKE = 0.5
"""The share of their words that two cards have in common."""
AT_ONCE = 6
"""Cards of one group that are shown: who merges them is asked about the next."""
Said = tuple[str, str]
"""The id of a card and its text."""


@lru_cache(maxsize=2000)
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
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def doubles(cards: Sequence[Said], most: int = 5) -> list[list[str]]:
    """Groups of ids that may say the same, the largest first; in each the earliest card, and the first that are like
    it."""
    known = [(identity, stems(text)) for identity, text in cards]
    taken: set[str] = set()
    groups = []
    for at, (identity, mine) in enumerate(known):
        if identity in taken:
            continue
        later = [other for other, theirs in known[at + 1 :] if other not in taken and likeness(mine, theirs) >= ALIKE]
        if later:
            groups.append([identity, *later])
            taken.update(later)
    return [group[:AT_ONCE] for group in sorted(groups, key=lambda group: -len(group))[:most]]


def alike(text: str, cards: Iterable[Said], most: int = 3) -> list[Said]:
    """The cards that are most like `text`."""
    mine = stems(text)
    rated = ((likeness(mine, theirs), said) for said in cards if not mine.isdisjoint(theirs := stems(said[1])))
    found = sorted((each for each in rated if each[0] >= ALIKE), key=lambda each: -each[0])
    return [said for _, said in found[:most]]
