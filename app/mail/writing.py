"""A letter rendered: plain text and HTML from the same template, in the language of who gets it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app import render
from app.mail.matter import Matter

PREFIX = "Morgen: "


@dataclass(frozen=True, slots=True)
class Written:
    """A letter with its text; `calendar` is the text of an `.ics` file, or empty."""

    subject: str
    text: str
    html: str
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of letter. `obstruction` tells why it is not sent now, or nothing; `write` makes it."""

    id: str
    obstruction: Callable[[AsyncSession, Matter], Awaitable[str]]
    write: Callable[[AsyncSession, Matter], Awaitable[Written]]


def write(letter: str, language: str, subject: str, **context: Any) -> Written:
    """`templates/letters/{letter}.html`, twice. `subject` is in `language` already."""
    html = render.part(f"letters/{letter}.html", language, medium="html", subject=subject, **context)
    text = render.part(f"letters/{letter}.html", language, medium="text", subject=subject, **context)
    return Written(PREFIX + subject, _plain(text), html)


def quoted(words: str) -> str:
    return f"‘{words}’" if words else ""


def _plain(text: str) -> str:
    """Templates escape for HTML; the text twin takes that back, exactly once."""
    lines = [" ".join(line.split()) for line in unescape(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
