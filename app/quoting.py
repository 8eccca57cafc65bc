"""What people typed is quoted, never conjugated or spliced into our own sentences."""

import re

_FIRST_PERSON = re.compile(r"^(?:ik|i)\s+(?=\S)", re.IGNORECASE)
PRONOUN = {"nl": "Ik", "en": "I"}


def own_words(text: str) -> str:
    """The words without a leading *ik* or *I*, which the question had in front of it already."""
    return _FIRST_PERSON.sub("", text.strip(), count=1)


def in_first_person(text: str, language: str) -> str:
    """As it is read aloud: `Ik bel Karin en vraag twee kamers`."""
    words = own_words(text)
    return f"{PRONOUN.get(language, 'Ik')} {words}" if words else ""
