"""Text in two languages, and the cleaning of what people type."""

import re
import unicodedata
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def clean(value: object) -> object:
    """Strip control and bidi signs, fold line ends and outer white space; other types pass unchanged."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", _CONTROL.sub("", text)).strip()


def one_line(value: object) -> object:
    cleaned = clean(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


Line = Annotated[str, BeforeValidator(one_line), StringConstraints(max_length=300)]
"""What a person types on one line: cleaned, at most 300 signs."""

Prose = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=2000)]
"""What a person types on more lines."""


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
