"""The rules on what is said: length, tautology, conditions, time, person, size.

A `hard` hit makes a good intention, a `soft` one an almost.
"""

from collections.abc import Callable, Iterator

from app.core.act.case import Case, Hit
from app.core.act.intention import Intention
from app.core.act.reading import Reading
from app.core.act.scan import scan

Rule = Callable[[Case], Iterator[Hit]]
_LONGEST_DUTY = 120  # minutes
_LONGEST_ACT = 35  # words
_SHORTEST_ACT = 3  # words
_SAME = 0.6  # share of the words that also stand in the opgave


def too_short(case: Case) -> Iterator[Hit]:
    count = sum(token.kind in ("word", "number", "quote") for token in case.reading.tokens)
    if count < _SHORTEST_ACT:
        seen = case.reading.visible >= 1
        yield case.hit("V13", "soft" if seen else "hard", 0 if count else None, len(case.reading.tokens))


def tautology(case: Case) -> Iterator[Hit]:
    reading = case.reading
    for first, last in reading.find("tautology"):
        yield case.hit("V09", "hard", first, last)
        return
    said, asked = _stems(case.text, reading), _stems(case.opgave, reading)
    if len(said) >= 2 and len(said & asked) / len(said) >= _SAME and reading.visible < 2:
        yield case.hit("V09", "hard", 0, len(reading.tokens))


def _stems(text: str, reading: Reading) -> set[str]:
    stop = reading.words.sets["stop"]
    return {token.low[:6] for token in scan(text) if len(token.low) > 3 and token.low not in stop}


def depends(case: Case) -> Iterator[Hit]:
    reading = case.reading
    described = reading.words.sets["determiners"]  # the pending application is a thing, not a condition
    for first, last in reading.find("depends"):
        named = first > 0 and last == first + 1 and reading.tokens[first - 1].low in described
        if reading.scope(first) != "content" and not named:
            yield case.hit("V11", "hard", first, last)
            return
    for number, clause in enumerate(reading.clauses):
        waits = (
            reading.tokens[at].low in reading.words.sets["condition_nouns"] for at in range(clause.start, clause.end)
        )
        acts_anyway = 2 in reading.sights[number + 1 : number + 2]  # if she says no, I call Peter
        if clause.scope == "condition" and any(waits) and not acts_anyway:
            yield case.hit("V11", "hard", clause.start, clause.end)


def vague_time(case: Case) -> Iterator[Hit]:
    reading = case.reading
    said = [] if reading.moments.clocks else list(reading.find("vague_time"))
    if reading.visible < 2:  # beside a visible act it says how often: fill in the form once yourself
        said += reading.find("once")
    vague = [found for found in said if reading.scope(found[0]) == "main"]
    described = reading.words.sets["determiners"]  # the weekly meeting is a thing, not a promise
    vague = [
        (first, last)
        for first, last in vague
        if first == 0 or last > first + 1 or reading.tokens[first - 1].low not in described
    ]
    if vague:
        yield case.hit("V06v", "hard", *vague[0])
    elif not (reading.moments.spans or case.fields.date):
        yield case.hit("V06", "hard")
    elif not (reading.moments.clocks or case.fields.time):
        yield case.hit("V06b", "soft")


def nobody(case: Case) -> Iterator[Hit]:
    reading = case.reading
    if not (case.fields.who or case.fields.alone or reading.person or reading.number or reading.own):
        yield case.hit("V08", "soft")


def more(case: Case) -> Iterator[Hit]:
    reading = case.reading
    if reading.number or reading.visible == 2:
        return
    for at, token in enumerate(reading.tokens):
        if token.low in reading.words.sets["more"]:
            yield case.hit("V10", "soft", at)
            return


def too_big(case: Case) -> Iterator[Hit]:
    reading = case.reading
    low = [token.low for token in reading.tokens]
    writes = any(
        use.sense.lemma in reading.words.sets["drafting"] and reading.scope(use.at) == "main" for use in reading.verbs
    )
    big = next(
        (
            at
            for at, word in enumerate(low)
            if word in reading.words.sets["too_big"] or reading.words.kind(word) == "big"
        ),
        None,
    )
    partly = reading.number or any(word in reading.words.sets["part"] for word in low)
    if writes and big is not None and not partly:
        yield case.hit("V12", "soft", big)
    elif (case.fields.minutes or 0) > _LONGEST_DUTY or sum(
        token.kind == "word" for token in reading.tokens
    ) > _LONGEST_ACT:
        yield case.hit("V12", "soft")


def several(case: Case) -> Iterator[Hit]:
    breaks = [at for at, token in enumerate(case.reading.tokens) if token.text in (";", "\n")]
    acts = sum(sight >= 1 for sight in case.reading.sights)
    if breaks and acts >= 2:
        yield case.hit("V14", "soft", breaks[0])


def only_stop(case: Case) -> Iterator[Hit]:
    reading = case.reading
    if reading.anchored:
        return
    for first, last in reading.find("only_stop"):
        if reading.scope(first) == "main" and reading.visible < 2:
            yield case.hit("V15", "soft", first, last)
            return


def later(case: Case) -> Iterator[Hit]:
    if case.fields.later:
        yield case.hit("V16", "soft")


def nothing_to_see(case: Case) -> Iterator[Hit]:
    """Hard only where the sentence reads as an intention; words that nobody knows leave it in doubt."""
    if case.reading.visible < 2:
        intends = case.reading.visible == 0 and Intention(case.reading).positive
        yield case.hit("V17", "hard" if intends else "soft")
