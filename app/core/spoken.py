"""An act as it is read aloud, in the language it was written in."""

from app.core.act.language import languages
from app.quoting import in_first_person


def spoken(act: str, language: str) -> str:
    """The act in the first person. The sentence decides the language, and only in doubt the page's."""
    found = languages(act)
    return in_first_person(act, found[0] if len(found) == 1 else language)
