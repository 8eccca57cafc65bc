"""One sentence under judgement: the text, what the form says beside it, and its reading."""

from dataclasses import dataclass
from typing import Literal

from app.core.act.reading import Reading

Level = Literal["hard", "soft"]


@dataclass(frozen=True, slots=True)
class Fields:
    """What the form holds beside the sentence. It answers V06, V06b and V08, and nothing else."""

    date: bool = False
    time: bool = False
    who: bool | str = False
    alone: bool = False
    place: bool = False
    minutes: int | None = None
    later: bool = False  # the day is later than the next working day


@dataclass(frozen=True, slots=True)
class Hit:
    """`match` is `text[start:end]`, empty where nothing in the sentence can be pointed at."""

    rule: str
    level: Level
    match: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    opgave: str
    fields: Fields
    reading: Reading

    def hit(self, rule: str, level: Level, first: int | None = None, last: int | None = None) -> Hit:
        if first is None:
            return Hit(rule, level, "", 0, 0)
        start, end = self.reading.span(first, first + 1 if last is None else last)
        return Hit(rule, level, self.text[start:end], start, end)
