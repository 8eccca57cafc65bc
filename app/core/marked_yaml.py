"""YAML as plain values with the line of every node: the part of it that people write, nothing that can hurt.

Anchors, aliases and tags are flaws, so nothing multiplies and nothing is built. Words are read as in YAML 1.2,
as editors do: `no` and `9:30` are texts, not a boolean and a number of seconds as in YAML 1.1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from app.core import flaw
from app.core.flaw import Flaw

Place = tuple[str | int, ...]
"""Where a node stands: keys and 0-based indices from the top."""

DEEPEST = 20
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "true": True,
    "True": True,
    "false": False,
    "False": False,
}
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_STRANGE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML forbids, and line ends that editors do not count as such."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a YAML text says. `keys` has the line of every key and item, `scalars` of every single value."""

    value: Any
    keys: dict[Place, int]
    scalars: dict[Place, int]
    flaws: list[Flaw]

    def line(self, place: Place, *, key: bool = False) -> int:
        """The line of the value at `place`, with `key` of its key; where nothing stands, of what is above."""
        known: Place = ()
        for part in place:
            known = (*known, part) if (*known, part) in self.keys else known
        return self.keys[known] if key else self.scalars.get(known, self.keys[known])


class _Unreadable(Exception):
    def __init__(self, found: Flaw) -> None:
        self.flaw = found


def read(text: str) -> Marked:
    """Never raises: a text that is no YAML has the value None and a flaw."""
    reader = _Reader()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        if strange := _STRANGE.search(text):
            raise _Unreadable(flaw.strange_sign(text, strange))
        value = reader.document(yaml.parse(text, Loader=_PARSER))
    except yaml.MarkedYAMLError as error:
        value = None
        reader.flaws.append(flaw.syntax(error, text))
    except _Unreadable as error:
        value = None
        reader.flaws.append(error.flaw)
    return Marked(value, reader.keys, reader.scalars, reader.flaws)


class _Reader:
    def __init__(self) -> None:
        self.keys: dict[Place, int] = {(): 1}
        self.scalars: dict[Place, int] = {}
        self.flaws: list[Flaw] = []
        self.events: Iterator[Any] = iter(())

    def document(self, events: Iterator[Any]) -> Any:
        self.events = events
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    raise _Unreadable(Flaw(_line(event), *flaw.SECOND_DOCUMENT))
                found.append(self.node(next(events), ()))
        return found[0] if found else None

    def node(self, event: Any, place: Place) -> Any:
        line = _line(event)
        self.keys.setdefault(place, line)
        if len(place) > DEEPEST:
            raise _Unreadable(Flaw(line, *flaw.TOO_DEEP))
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.flaws.append(Flaw(line, *flaw.ANCHOR, {"name": event.anchor}))
        if isinstance(event, yaml.AliasEvent):
            self.scalars[place] = line
            return f"*{event.anchor}"
        if event.tag is not None:
            self.flaws.append(Flaw(line, *flaw.TAG, {"tag": event.tag}))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(place)
        if isinstance(event, yaml.MappingStartEvent):
            return self.entries(place)
        self.scalars[place] = line
        return _plain(event.value) if event.implicit[0] else _quoted(event.value)

    def items(self, place: Place) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, (*place, len(found))))
        return found

    def entries(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Unreadable(Flaw(line, *flaw.STRANGE_KEY))
            key = event.value
            if key in found:
                first = self.keys[(*place, key)]
                self.flaws.append(Flaw(line, *flaw.TWICE, {"key": key, "first": first}))
                self.node(next(self.events), (*place, f"{key} (2)"))
                continue
            self.keys[(*place, key)] = line
            found[key] = self.node(next(self.events), (*place, key))
        return found


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _plain(word: str) -> Any:
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word)
    return float(word) if _FLOAT.fullmatch(word) else word


def _quoted(text: str) -> str:
    return text if text.strip() else ""
