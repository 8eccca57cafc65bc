"""Is a sentence Dutch or English? The sentence decides, not the phone."""

from app.core.act.lexicon import Lexicon, lexicon
from app.core.act.scan import scan, unquoted


def languages(text: str) -> tuple[str, ...]:
    """One language, or both in doubt."""
    words = [token.low for token in scan(unquoted(text)) if token.kind == "word"]
    dutch = sum(_weight(word, lexicon("nl"), lexicon("en")) for word in words)
    english = sum(_weight(word, lexicon("en"), lexicon("nl")) for word in words)
    if dutch == english:
        return ("nl", "en")
    return ("nl",) if dutch > english else ("en",)


def _weight(word: str, own: Lexicon, other: Lexicon) -> int:
    if own.has(word, "telling_language"):
        return 0 if other.has(word, "telling_language") else 3
    known, known_there = (word in each.verbs or word in each.nouns for each in (own, other))
    return 1 if known and not known_there else 0
