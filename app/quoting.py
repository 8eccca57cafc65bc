"""What people typed is quoted, never conjugated or spliced into our own sentences."""

import re

PRONOUN = {"nl": "Ik", "en": "I"}
_FIRST_PERSON = re.compile(r"^(?:ik|i)\s+(?=\S)", re.IGNORECASE)
_LAST_DOT = re.compile(r"(?<![.\s])(?<!\.\w)\s*\.$")
_OPENS_WITH_WHEN = (
    r"\d|(?:morgen\w*|overmorgen|vandaag|vanavond|(?:maan|dins|woens|donder|vrij|zater|zon)dag|om|na|voor|tussen|in|als"
    r"|zodra|direct|meteen|tomorrow|today|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|at|on|before|after|between"
    r"|if|when|right after|first thing|as soon as)\b"
)
_HAS_ITS_OWN_SUBJECT = re.compile(rf"i['’](?:ll|m|d|ve)\b|['’]k\b|(?:{_OPENS_WITH_WHEN}).*\b(?:ik|i)\b", re.IGNORECASE)


def own_words(text: str) -> str:
    """The words without a leading *ik* or *I*, which the question had in front of it already, and without a full stop.
    The dot of an abbreviation (*a.s.*) and an ellipsis stay."""
    return _LAST_DOT.sub("", _FIRST_PERSON.sub("", text.strip(), count=1))


def in_first_person(text: str, language: str) -> str:
    """As it is read aloud: `Ik bel Karin en vraag twee kamers`. A sentence that has its own subject (`Morgen om 9:00
    bel ik Karin`, `I'll call Karin`) is quoted as it is."""
    words = own_words(text)
    if not words:
        return ""
    if _HAS_ITS_OWN_SUBJECT.match(words):
        return words[0].upper() + words[1:]
    return f"{PRONOUN.get(language, 'Ik')} {words}"
