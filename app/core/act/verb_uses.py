"""Which words of a sentence are verbs, and of what role: by form, by place, and by the particle that goes with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.act.lexicon import Lexicon, Sense
from app.core.act.scan import Token

_FARTHEST_PARTICLE = 14  # words


@dataclass(frozen=True, slots=True)
class VerbUse:
    """Token `at` used as a verb; `particle` is the place of its separated part."""

    at: int
    sense: Sense
    particle: int | None = None


def find_verbs(tokens: Sequence[Token], words: Lexicon) -> tuple[VerbUse, ...]:
    uses: list[VerbUse] = []
    taken: set[int] = set()
    is_verb = _is_dutch_verb if words.language == "nl" else _is_english_verb
    for at, token in enumerate(tokens):
        if (
            token.low == "going"
            and at + 1 < len(tokens)
            and tokens[at + 1].low == "to"
            and _announces(tokens, at + 2, words)
        ):
            continue
        senses = words.verbs.get(token.low)
        if not senses or token.kind != "word" or token.time or at in taken:
            continue
        if is_name(tokens, at, words) or not is_verb(tokens, at, senses, words):
            continue
        use = _best_use(tokens, at, senses, words)
        if use:
            uses.append(use)
            taken.update({use.at} if use.particle is None else {use.at, use.particle})
    return tuple(uses)


def _announces(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """*going to* before a verb, not before a place."""
    return at < len(tokens) and tokens[at].low not in words.sets["determiners"] and not is_name(tokens, at, words)


def _best_use(tokens: Sequence[Token], at: int, senses: Sequence[Sense], words: Lexicon) -> VerbUse | None:
    near = {token.low for token in tokens[at + 1 : at + _FARTHEST_PARTICLE]}
    for sense in senses:
        if sense.particle in near:
            place = _particle(tokens, at, sense.particle, words)
            if place is not None:
                return VerbUse(at, sense, place)
    simple = next((sense for sense in senses if not sense.particle), None)
    return VerbUse(at, simple) if simple else None


def _particle(tokens: Sequence[Token], at: int, particle: str, words: Lexicon) -> int | None:
    for place in range(at + 1, min(at + _FARTHEST_PARTICLE, len(tokens))):
        token = tokens[place]
        if token.kind == "stop":
            return None
        if token.low == particle and not token.time:
            beside = place == at + 1 and words.language == "en"
            if beside or _clause_goes_on(tokens, place + 1, words):
                return place
    return None


def _clause_goes_on(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Nothing that a preposition could govern stands at `at`."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.ends or token.time or token.low in words.sets["coordinators"] | words.sets["asking"]:
        return True
    return token.low in words.sets["prepositions"] or token.low in words.sets["purpose"]


def _is_dutch_verb(tokens: Sequence[Token], at: int, senses: Sequence[Sense], words: Lexicon) -> bool:
    if at + 1 < len(tokens) and words.kind(tokens[at].low) and _is_light(tokens[at + 1], "infinitive", words):
        return False  # stappen zetten, plannen maken
    if at == 0 or tokens[at - 1].ends or tokens[at - 1].time:
        return True
    before = tokens[at - 1]
    if words.kind(tokens[at].low) and _is_light(before, "stem", words) and not words.has(before.low, "aux"):
        return False  # zet stappen, maak plannen
    follows_i = at + 1 < len(tokens) and tokens[at + 1].low in words.sets["i"]
    if follows_i or before.low in words.sets["i"]:
        return True
    if before.low in words.sets["determiners"] or before.low in words.sets["numbers"] or before.kind == "number":
        return False
    if before.low in words.sets["prepositions"] and before.low != "te":
        return _is_loose_particle(tokens, at - 1, words)
    if (
        at >= 2
        and before.low.endswith("e")
        and before.low not in words.sets["skipped"] | words.verbs.keys() | words.nouns.keys()
    ):
        two_before = tokens[at - 2]
        governs = words.sets["determiners"] | words.sets["numbers"] | words.sets["prepositions"]
        return not (two_before.low in governs or two_before.kind == "number") or is_name(tokens, at - 1, words)
    return True


def _is_light(token: Token, form: str, words: Lexicon) -> bool:
    return any(sense.role == "light" and sense.form == form for sense in words.verbs.get(token.low, ()))


def _is_loose_particle(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """The word before is the end of a separable verb (hang op, bel aan), so what follows may be a verb."""
    return tokens[at].low in ("langs", "mee", "af", "binnen", "terug") and at > 0


def _is_english_verb(tokens: Sequence[Token], at: int, senses: Sequence[Sense], words: Lexicon) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after and after.low in ("of", "is") and senses[0].form != "gerund":
        return False
    place = at - 1
    while place >= 0:
        before = tokens[place]
        if before.time and senses[0].form == "gerund":
            return False
        if before.ends or before.time or words.has(before.low, "opens_verb") or before.low in words.sets["i"]:
            return True
        if before.low in words.sets["aux"]:
            return True
        adverb = before.low.endswith("ly") or before.low in words.sets["adverbs"]
        if not adverb:
            return _follows_place(tokens, at, senses, words)
        place -= 1
    return True


def _follows_place(tokens: Sequence[Token], at: int, senses: Sequence[Sense], words: Lexicon) -> bool:
    """*At the market ask ten people*: the sentence opens with where, and an object comes next."""
    start = next((place + 1 for place in range(at - 1, -1, -1) if tokens[place].ends), 0)
    opens = words.has(tokens[start].low, "prepositions") and at - start in (2, 3, 4)
    if not opens or senses[0].form != "stem" or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    return (
        words.has(after.low, "determiners", "numbers", "pronouns")
        or after.kind == "number"
        or is_name(tokens, at + 1, words)
    )


def is_name(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """A capital inside the sentence, that is no acronym, month or tool."""
    token = tokens[at]
    if token.kind != "word" or len(token.text) < 2 or not token.text[0].isupper() or token.text[1:].isupper():
        return False
    if at == 0 or tokens[at - 1].kind == "stop" or token.time:
        return False
    return token.low not in words.sets["not_names"] and token.low.removesuffix("'s") not in words.sets["not_names"]
