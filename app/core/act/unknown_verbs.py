"""A word that stands where a verb should, though no list knows it."""

from collections.abc import Sequence

from app.core.act.clauses import Clause
from app.core.act.lexicon import Lexicon
from app.core.act.scan import Token
from app.core.act.verb_uses import is_name

_FUNCTION = ("skipped", "prepositions", "determiners", "aux", "i", "numbers", "asking", "coordinators")


def unknown_verb(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> int | None:
    """Its place: beside *ik*, in front of an object, or as the infinitive that ends a Dutch clause."""
    places = range(clause.start, clause.end)
    spoken = [at for at in places if tokens[at].kind == "word" and not tokens[at].time]
    if not spoken:
        return None
    first, last = spoken[0], spoken[-1]

    def free(at: int) -> bool:
        return at in spoken and not words.has(tokens[at].low, *_FUNCTION)

    for at in places:
        if tokens[at].low in words.sets["i"]:
            for place in (_after_helpers(tokens, at + 1, clause.end, words), at - 1):
                if free(place) and not is_name(tokens, place, words) and not words.kind(tokens[place].low):
                    return place
            break
    if free(first) and first + 1 < clause.end and _starts_object(tokens, first + 1, words):
        return first
    dutch_infinitive = words.language == "nl" and tokens[last].low.endswith("en") and not words.kind(tokens[last].low)
    return last if last > first and free(last) and dutch_infinitive else None


def _after_helpers(tokens: Sequence[Token], at: int, end: int, words: Lexicon) -> int:
    while at < end and (words.has(tokens[at].low, "aux", "skipped") or tokens[at].low in ("to", "going")):
        at += 1
    return at


def _starts_object(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    return tokens[at].low in words.sets["determiners"] or tokens[at].kind == "number" or is_name(tokens, at, words)
