"""Text in two languages, and the cleaning of what people type."""

import re
import unicodedata
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

_STRANGE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Control and bidi signs, what cannot be seen, halves of a sign that no encoding takes, and tags."""
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ACCENT = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_ACCENT}{{3}}){_ACCENT}+")
_WHOLE = re.compile(r"[0-9]{1,9}")


def clean(value: object) -> object:
    """Strip what steers or cannot be seen, fold line ends and outer white space, leave at most three accents on a sign;
    other types pass unchanged."""
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isprintable():  # nothing of it can be in there, and each tap comes by a dozen times
        return value.strip()
    text = unicodedata.normalize("NFC", _STRANGE.sub("", _LINE_END.sub("\n", value)))
    return re.sub(r"\n{3,}", "\n\n", _PILE.sub(r"\1", text)).strip()


def one_line(value: object) -> object:
    cleaned = clean(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


Line = Annotated[str, BeforeValidator(one_line), StringConstraints(max_length=300)]
"""What a person types on one line: cleaned, at most 300 signs."""

Prose = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=2000)]
"""What a person types on more lines."""


def whole(value: object) -> int | None:
    """The number that was typed: at most nine digits, no sign. None for anything else; `int` takes far more, `isdigit`
    says yes to signs that `int` refuses."""
    typed = value.strip() if isinstance(value, str) else ""
    return int(typed) if _WHOLE.fullmatch(typed) else None


def many(value: object) -> object:
    """A field that may be repeated: one value alone arrives as itself."""
    return value if isinstance(value, list | tuple) else (value,)


class Text(BaseModel):
    """One text in both languages of the product."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nl: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.nl
