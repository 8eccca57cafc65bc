"""The vrijblijvendheid check: is a sentence a concrete act, almost one, or a good intention?"""

from dataclasses import dataclass
from typing import Literal

from app.core.act import rules, subject, wording
from app.core.act.case import Case, Fields, Hit
from app.core.act.language import languages
from app.core.act.reading import Reading, read

Word = Literal["concreet", "bijna", "vrijblijvend"]

_RULES: tuple[rules.Rule, ...] = (
    rules.too_short,
    rules.tautology,
    subject.not_you,
    subject.passive,
    wording.hedge,
    wording.vague_verb,
    wording.only_talk,
    rules.depends,
    rules.vague_time,
    rules.nobody,
    rules.more,
    rules.too_big,
    rules.several,
    rules.only_stop,
    rules.later,
    rules.nothing_to_see,
)
NO_FIELDS = Fields()
_STRICTNESS = {"concreet": 0, "bijna": 1, "vrijblijvend": 2}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`hits` stand in the order of the rules above; `language` is the one in which the sentence was read."""

    verdict: Word
    hits: tuple[Hit, ...]
    language: str


def check(text: str, *, language: str | None = None, opgave: str = "", fields: Fields = NO_FIELDS) -> Verdict:
    """Judge one sentence. Pure; never raises; reads 400 signs at most. Without `language` the sentence decides.

    Spans in the hits count in `text` as it was given.
    """
    text = text.rstrip()
    chosen = (language,) if language in ("nl", "en") else languages(text)
    if len(chosen) == 1:
        return _judge(text, read(text, chosen[0]), opgave, fields)
    # In doubt the language in which the sentence shows most is the one it was written in.
    readings = [read(text, each) for each in chosen]
    most = max(reading.visible for reading in readings)
    judged = [_judge(text, reading, opgave, fields) for reading in readings if reading.visible == most]
    return max(judged, key=lambda each: _STRICTNESS[each.verdict])


def _judge(text: str, reading: Reading, opgave: str, fields: Fields) -> Verdict:
    case = Case(text, opgave, fields, reading)
    hits = tuple(hit for rule in _RULES for hit in rule(case))
    word: Word = "concreet"
    if hits:
        word = "vrijblijvend" if any(hit.level == "hard" for hit in hits) else "bijna"
    return Verdict(word, hits, reading.words.language)
