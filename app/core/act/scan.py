"""Cut a sentence into tokens that keep their place in the typed text. Every step is linear in its length."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

LONGEST = 400  # signs that are read; a field of the form takes 160
_MOST = 80  # tokens; more in so many signs is noise, and would cost time

Kind = Literal["word", "number", "comma", "stop", "quote"]

_QUOTED = re.compile(r'"[^"\n]*"|[“„”][^“„”"\n]*[“”"]|«[^«»\n]*»')
_TOKEN = re.compile(
    r"(?P<word>(?:[^\W\d_]\.){2,}[^\W\d_]?|['’][^\W\d_]{1,2}\b|[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<number>\d+)|(?P<stop>[.;!?\n])"
    r'|(?P<comma>[,…]|:(?=\s|$))|(?P<quote>")'
)


@dataclass(frozen=True, slots=True)
class Token:
    """`low` is the word in lower case, without accents, with a straight apostrophe; `text[start:end]` was typed."""

    text: str
    low: str
    start: int
    end: int
    kind: Kind
    time: bool = False  # part of a date or of a time of day

    @property
    def ends(self) -> bool:
        return self.kind in ("stop", "comma")


def fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.replace("’", "'").lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def unquoted(text: str) -> str:
    """The first part of the text with each quotation blanked, so that every sign keeps its place."""
    return _QUOTED.sub(lambda found: '"' + " " * (len(found[0]) - 2) + '"', text[:LONGEST])


def scan(text: str, times: Sequence[tuple[int, int]] = ()) -> tuple[Token, ...]:
    """Tokens of an unquoted text; `times` are the spans that name a moment."""
    spans = list(times)
    tokens = []
    for found in islice(_TOKEN.finditer(text), _MOST):
        start, end = found.span()
        kind: Kind = found.lastgroup  # type: ignore[assignment]  # the group names are the kinds
        timed = kind in ("word", "number") and any(begin <= start < stop for begin, stop in spans)
        tokens.append(Token(found[0], fold(found[0]), start, end, kind, timed))
    return tuple(tokens)
