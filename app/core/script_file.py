"""The draaiboek as a YAML file: read it, or say on which lines it is wrong and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import Refused
from app.core.flaw import Flaw
from app.core.marked_yaml import Marked, read
from app.core.model_flaws import MOST, of_model
from app.core.script import Script
from app.core.script_rules import broken_rules
from app.texts import gettext_noop as N_
from app.texts import say

LARGEST = 1_000_000
"""Bytes. A written-out afternoon takes about 50,000."""

_TOO_LARGE = (N_("This file is larger than 1 MB."), N_("A draaiboek is text only. Is this the right file?"))
_NO_FILE = (N_("This file cannot be read."), N_("Check the name and the folder."))
_NOT_UTF8 = (N_("This file is not written in UTF-8."), N_("Save it as UTF-8 in your editor."))
_NO_DRAAIBOEK = (
    N_("This is not a draaiboek."),
    N_("Begin it with 'key:', 'title:' and 'steps:'."),
)
_BROKEN = N_("This draaiboek has mistakes (%(count)s). The first is on line %(line)s.")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong. `line` is 1-based; `what` and `mend` are in the language that was asked."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.mend}"


class BrokenScript(Refused):
    """A text that is no sound draaiboek; `mistakes` are in Dutch unless `check` is asked otherwise."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(_BROKEN, count=len(mistakes), line=mistakes[0].line)
        self.mistakes = mistakes


def load(path: Path) -> Script:
    """The draaiboek in a file. Raises BrokenScript with every mistake in it."""
    text = _text(path)
    if isinstance(text, Flaw):
        raise BrokenScript(_mistakes([text], path.name, "nl"))
    return load_text(text, path.name)


def load_text(text: str, name: str) -> Script:
    """The draaiboek in `text`; `name` stands in its mistakes. Raises BrokenScript with all of them."""
    if mistakes := check_text(text, name):
        raise BrokenScript(mistakes)
    return Script.model_validate(read(text).value)


def check(path: Path, language: str = "nl") -> list[Mistake]:
    """Every mistake in a file by line, up to 200. Never raises."""
    text = _text(path)
    if isinstance(text, Flaw):
        return _mistakes([text], path.name, language)
    return check_text(text, path.name, language)


def check_text(text: str, name: str, language: str = "nl") -> list[Mistake]:
    if len(text.encode("utf-8", "replace")) > LARGEST:
        return _mistakes([Flaw(1, *_TOO_LARGE)], name, language)
    marked = read(text)
    return _mistakes([*marked.flaws, *_flaws(marked)], name, language)


def check_command(path: Path, language: str) -> tuple[list[str], int]:
    """`morgen script check`: what to print about a file or a folder of draaiboeken, and the exit code."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    mistakes = [mistake for file in files for mistake in check(file, language)]
    if mistakes or not files:
        none = [] if files else [say(language, N_("There is no draaiboek (.yaml) in this folder."))]
        return [str(mistake) for mistake in mistakes] + none, 1
    return [say(language, N_("%(file)s is in order."), file=file.name) for file in files], 0


def _text(path: Path) -> str | Flaw:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError):
        return Flaw(1, *_NO_FILE)
    if len(data) > LARGEST:
        return Flaw(1, *_TOO_LARGE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Flaw(data.count(b"\n", 0, error.start) + 1, *_NOT_UTF8)


def _flaws(marked: Marked) -> Iterator[Flaw]:
    if isinstance(marked.value, dict):
        yield from of_model(Script, marked.value, marked)
        yield from broken_rules(marked)
    elif not marked.flaws:
        yield Flaw(1, *_NO_DRAAIBOEK)


def _mistakes(flaws: list[Flaw], name: str, language: str) -> list[Mistake]:
    first = sorted(flaws, key=lambda flaw: flaw.line)[:MOST]
    return list(dict.fromkeys(Mistake(name, flaw.line, *_said(flaw, language)) for flaw in first))


def _said(flaw: Flaw, language: str) -> tuple[str, str]:
    return say(language, flaw.what, **flaw.values), say(language, flaw.mend, **flaw.values)
