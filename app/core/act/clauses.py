"""A sentence cut into clauses, each with its scope, its verbs and its noun phrases.

Scope says how far a clause is the writer's own act: `main` is; `content` is what is asked or told (*vraag of …*),
`purpose` is what it is for (*om … te*, *zodat*), `condition` is what it waits for (*als …*). Vague words in a question
do not make the asking vague.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.core.act.lexicon import Lexicon
from app.core.act.noun_phrases import NounPhrase, find_noun_phrases
from app.core.act.scan import Token
from app.core.act.verb_uses import VerbUse, is_name

Scope = Literal["main", "content", "purpose", "condition"]


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int
    scope: Scope
    verbs: tuple[VerbUse, ...]
    nouns: tuple[NounPhrase, ...]
    asks: bool = False  # a clause that says what is asked or told follows


def cut(tokens: Sequence[Token], verbs: Sequence[VerbUse], words: Lexicon) -> tuple[Clause, ...]:
    at_verbs = {use.at: use for use in verbs}
    borders: list[tuple[int, Scope]] = [(0, "main")]
    for at in range(len(tokens)):
        scope = _scope_from(tokens, at, borders, at_verbs, words)
        if scope:
            borders.append((at, scope))
    clauses = []
    for number, (start, scope) in enumerate(borders):
        last = number + 1 == len(borders)
        end = len(tokens) if last else borders[number + 1][0]
        if end <= start:
            continue
        own = tuple(use for use in verbs if start <= use.at < end)
        nouns = find_noun_phrases(tokens, start, end, verbs, words)
        asks = not last and borders[number + 1][1] == "content" and tokens[end - 1].low not in words.sets["er"]
        clauses.append(Clause(start, end, scope, own, nouns, asks))
    return tuple(clauses)


def _scope_from(
    tokens: Sequence[Token],
    at: int,
    borders: Sequence[tuple[int, Scope]],
    verbs: dict[int, VerbUse],
    words: Lexicon,
) -> Scope | None:
    """The scope of the clause that begins at `at`, if one does."""
    token, sets = tokens[at], words.sets
    start, scope = borders[-1]
    if token.time or token.kind == "number":
        return None
    if token.kind == "stop":
        return "main"
    if token.kind == "comma":
        posed = any(each.low in sets["posed"] for each in tokens[start:at])
        if token.text == ":" and (posed or _asks_or_tells(verbs, start, at)):
            return "content"
        follows = tokens[at + 1].low if at + 1 < len(tokens) else ""
        return scope if follows in sets["asking"] and scope == "content" else "main"
    if token.low in sets["purpose"]:
        return "purpose" if at > 0 else "condition"
    opens = at == start or tokens[at - 1].ends or tokens[at - 1].low in sets["coordinators"]
    seen_verb = any(start <= place < at for place in verbs)
    if token.low in sets["condition"] and opens and not seen_verb:
        return "condition"
    if token.low == "dat" and at > start and _opens_subject(tokens, at + 1, words):
        return "content"
    if token.low in sets["asking"] and (seen_verb or scope == "content"):
        return None if token.low == "of" and _means_or(tokens, at, verbs, words) else "content"
    if (
        scope == "main"
        and token.low in sets["relative"]
        and at > start
        and seen_verb
        and _is_relative(tokens, at, words)
    ):
        return "content"
    if _opens_purpose(tokens, at, start, verbs, words):
        return "content" if _asks_or_tells(verbs, start, at) else "purpose"
    if token.low in sets["coordinators"]:
        return _after_coordinator(tokens, at, scope, verbs, words, seen_verb)
    return None


def _asks_or_tells(verbs: dict[int, VerbUse], start: int, at: int) -> bool:
    return any(start <= place < at and use.sense.role == "tell" for place, use in verbs.items())


def _opens_subject(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    return at < len(tokens) and words.has(tokens[at].low, "i", "we", "others", "determiners")


def _means_or(tokens: Sequence[Token], at: int, verbs: dict[int, VerbUse], words: Lexicon) -> bool:
    """Dutch *of* is both *or* and *whether*."""
    before, follows = tokens[at - 1], tokens[at + 1 : at + 2]
    return (
        before.kind == "number"
        or before.low in words.sets["numbers"]
        or at + 1 in verbs
        or (bool(follows) and is_name(tokens, at + 1, words))
    )


def _is_relative(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    before = tokens[at - 1]
    return (
        before.kind == "word"
        and before.low not in words.sets["prepositions"] | words.sets["skipped"] | words.sets["aux"]
    )


def _opens_purpose(tokens: Sequence[Token], at: int, start: int, verbs: dict[int, VerbUse], words: Lexicon) -> bool:
    if words.language == "nl":
        return tokens[at].low == "om" and any(token.low == "te" for token in tokens[at + 1 : at + 16])
    if tokens[at].low != "to" or at + 1 not in verbs:
        return False
    return any(start <= place < at for place in verbs) and tokens[at - 1].low not in words.sets["aux"]


def _after_coordinator(
    tokens: Sequence[Token], at: int, scope: Scope, verbs: dict[int, VerbUse], words: Lexicon, seen_verb: bool
) -> Scope | None:
    place = at + 1
    while (
        place < len(tokens)
        and not tokens[place].ends
        and (tokens[place].time or tokens[place].low in words.sets["skipped"])
    ):
        if tokens[place].low in words.sets["i"]:
            return "main"
        place += 1
    if place < len(tokens) and place in verbs:
        return "main" if verbs[place].sense.form != "third" or scope == "main" else None
    if place < len(tokens) and tokens[place].low in words.sets["aux"] | words.sets["we"]:
        return scope
    if scope != "main" or not seen_verb:
        return None
    for later in range(at + 1, len(tokens)):
        if tokens[later].ends or tokens[later].low in words.sets["coordinators"]:
            return None
        if later in verbs:
            return "main"
    return None
