"""The rules on how it is said: hedges, vague verbs, talk without a result."""

from collections.abc import Iterator

from app.core.act.case import Case, Hit
from app.core.act.intention import Intention
from app.core.act.scene import IDEAS
from app.core.act.verb_uses import VerbUse


def hedge(case: Case) -> Iterator[Hit]:
    reading = case.reading
    for first, last in reading.find("hedge"):
        tries_out = (
            reading.tokens[first].low.startswith("probe")
            and reading.visible == 2
            and any(t.low == "uit" for t in reading.tokens)
        )
        if reading.scope(first) != "content" and not tries_out and not _conceded(case, first):
            yield case.hit("V01", "hard", first, last)
            return
    at = _modal(case)
    if at is not None:
        yield case.hit("V01", "hard", at)


def _conceded(case: Case, at: int) -> bool:
    """*Hopefully not too awkward, but I call her*: the doubt stands apart, before an act that is done anyway."""
    reading = case.reading
    turn = next((n for n, token in enumerate(reading.tokens) if token.low in reading.words.sets["turns"]), -1)
    if not 0 <= at < turn or max(reading.sights[: reading.clause_at(turn)], default=0) > 0:
        return False
    return 2 in reading.sights[reading.clause_at(turn) :]


def _modal(case: Case) -> int | None:
    reading = case.reading
    sets, tokens = reading.words.sets, reading.tokens
    for at, token in enumerate(tokens):
        if token.low not in sets["modals"] or reading.scope(at) != "main":
            continue
        asked = at >= 1 and (tokens[at - 1].text == ":" or (at >= 2 and tokens[at - 2].low in sets["asking"]))
        if asked:
            continue  # ask Karin: may I …; tell her that I want …
        beside = {tokens[place].low for place in (at - 1, at + 1) if 0 <= place < len(tokens)}
        after_act = any(
            sight == 2 and clause.end <= at for sight, clause in zip(reading.sights, reading.clauses, strict=True)
        )
        if (at == 0 or beside & sets["i"]) and not (after_act and reading.anchored):
            return at
    return None


def vague_verb(case: Case) -> Iterator[Hit]:
    reading = case.reading
    if reading.anchored:
        return
    found = [(use.at, use.at + 1) for use in reading.verbs if _is_vague(case, use)]
    found += [span for span in reading.find("vague_phrases") if not _looks_at_something(case, span[0])]
    for first, last in sorted(found):
        if reading.visible < 2:
            named = Intention(reading)
            in_doubt = named.pointed and not named.idea
            yield case.hit("V02", "soft" if in_doubt else "hard", first, last)
            return
        if reading.scope(first) == "main" and reading.sight(first) < 2 and not _about_a_thing(case, first):
            yield case.hit("V02", "soft", first, last)
            return


def _is_vague(case: Case, use: VerbUse) -> bool:
    if use.sense.role == "help":
        return not case.reading.sight(use.at)  # helping somebody by name with something is seen
    return use.sense.role == "vague" and not _looks_at_something(case, use.at)


def _about_a_thing(case: Case, at: int) -> bool:
    """*verbeter het huisnummer*, *en werk daar*, beside a visible act: small enough to let pass."""
    reading = case.reading
    kinds = {noun.kind for noun in reading.clauses[reading.clause_at(at)].nouns}
    return not kinds & {*IDEAS, "diffuse"}


def _looks_at_something(case: Case, at: int) -> bool:
    """*kijk naar de 12 meldingen*, *telefoon oppakken*: a vague verb with a visible, counted object."""
    reading = case.reading
    held = reading.words.sets["held"]
    return any(
        (noun.kind in ("thing", "person", "group") and noun.counted) or reading.tokens[noun.at].low in held
        for noun in reading.clauses[reading.clause_at(at)].nouns
    )


def only_talk(case: Case) -> Iterator[Hit]:
    reading = case.reading
    someone = any(noun.someone for noun in reading.nouns) or Intention(reading).maybe_someone
    if reading.visible == 2 and (reading.outcome or any(noun.someone for noun in reading.nouns)):
        return
    found = [(use.at, use.at + 1) for use in reading.verbs if use.sense.role == "talk"]
    found += reading.find("talk_phrases")
    for first, last in sorted(found):
        negated = any(token.low in reading.words.sets["negations"] for token in reading.tokens[last : last + 1])
        if reading.scope(first) != "main" or reading.sight(first) == 2 or negated:
            continue
        dated = bool(reading.moments.spans) or case.fields.date
        yield case.hit("V03", "soft" if reading.visible == 2 or (someone and dated) else "hard", first, last)
        return
