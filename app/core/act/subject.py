"""The rules on who does it: somebody else, or nobody (the passive)."""

import re
from collections.abc import Iterator

from app.core.act.case import Case, Hit
from app.core.act.reading import Reading

_PARTICIPLE = {
    "nl": re.compile(r"(?:[a-z]{0,8}ge[a-z]{2,}(?:d|t|en)|(?:be|ver|ont|her)[a-z]{2,}(?:d|t|en))$"),
    "en": re.compile(
        r"(?:[a-z]{2,}ed|done|made|taken|sent|written|put|set|brought|built|held|shown|given|told|kept|found|drawn|begun|paid|met)$"
    ),
}


def not_you(case: Case) -> Iterator[Hit]:
    reading = case.reading
    ours, mine = reading.place("we"), reading.place("i")
    if ours is not None and (mine is None or ours < mine):
        if not _is_asked(reading, ours):
            yield case.hit("V04", "soft" if _acts_before(reading, ours) else "hard", ours)
    elif mine is None:
        last = _other_subject(case)
        if last is not None:
            yield case.hit("V04", "hard" if _opens_with_someone(case) else "soft", 0, last)


def _is_asked(reading: Reading, at: int) -> bool:
    """*hoe we …*, *welke 5 we …*, *: do we …*, also after a verb that nobody knows."""
    near = reading.tokens[max(0, at - 3) : at]
    return any(token.low in reading.words.sets["asking"] or token.text == ":" for token in near)


def _acts_before(reading: Reading, at: int) -> bool:
    """*ga met Teun de kelder in en we hangen de rookmelders op*"""
    return any(sight == 2 and clause.end <= at for sight, clause in zip(reading.sights, reading.clauses, strict=True))


def _opens_with_someone(case: Case) -> bool:
    """Not a word that nobody knows, which may be a verb; nor somebody who gets it *van mij*."""
    reading = case.reading
    tokens, sets = reading.tokens, reading.words.sets
    if reading.find_any("from_me"):
        return False
    first = next(token for token in tokens if not (token.time or token.kind == "comma"))
    return first.low in sets["others"] | sets["determiners"] | sets["er"] or bool(reading.words.kind(first.low))


def _other_subject(case: Case) -> int | None:
    """The sentence opens with somebody else and what they do. Gives the place after that verb."""
    reading = case.reading
    tokens, sets = reading.tokens, reading.words.sets
    at = 0
    while at < len(tokens) and (tokens[at].time or tokens[at].kind == "comma"):
        at += 1
    if at >= len(tokens):
        return None
    if tokens[at].low in sets["others"] or (
        tokens[at].low in ("er", "there") and at + 1 < len(tokens) and tokens[at + 1].low in sets["aux"]
    ):
        return min(at + 2, len(tokens))
    if any(use.at == at for use in reading.verbs):
        return None
    for place in range(at + 1, min(at + 6, len(tokens))):
        token = tokens[place]
        if token.ends or token.low in sets["asking"]:
            return None
        if place + 1 < len(tokens) and (_finite(case, place) and not token.time):
            return place + 1
    return None


def _finite(case: Case, at: int) -> bool:
    token = case.reading.tokens[at]
    if token.low in case.reading.words.sets["aux"] and token.low not in (
        "like",
        "need",
        "get",
        "let",
        "laten",
    ):
        return True
    senses = case.reading.words.verbs.get(token.low, ())
    before = case.reading.tokens[at - 1].low
    governed = case.reading.words.sets["prepositions"] | case.reading.words.sets["determiners"]
    if not senses or before in governed:
        return False
    after_someone = any(noun.at == at - 1 and noun.kind in ("person", "name") for noun in case.reading.nouns)
    if after_someone and case.reading.words.language == "nl" and token.low.endswith("t"):
        return True  # besluit, zet: the third person looks like the first
    counted = case.reading.tokens[at - 1].kind == "number" or before in case.reading.words.sets["numbers"]
    return all(sense.form == "third" for sense in senses) and not (counted or case.reading.words.kind(token.low))


def _opens_with_act(reading: Reading) -> bool:
    """*Tell Karin the room is booked*: the first word is what you do."""
    spoken = next((at for at, token in enumerate(reading.tokens) if not (token.time or token.ends)), None)
    return any(use.at == spoken and use.sense.form != "third" for use in reading.verbs)


def passive(case: Case) -> Iterator[Hit]:
    reading = case.reading
    commands = reading.visible == 2 and _opens_with_act(reading)
    if reading.anchored or reading.place("i") is not None or commands:
        return
    language = reading.words.language
    tokens = reading.tokens
    for at, token in enumerate(tokens):
        if token.low not in reading.words.sets["be"] or reading.scope(at) == "content":
            continue
        near = range(at + 1, min(at + 4, len(tokens))) if language == "en" else range(max(0, at - 2), len(tokens))
        for other in near:
            if other != at and _PARTICIPLE[language].match(tokens[other].low[:40]):
                told = any(each.low in reading.words.sets["asking"] for each in tokens[1:at])
                yield case.hit("V05", "soft" if told else "hard", min(at, other), max(at, other) + 1)
                return
