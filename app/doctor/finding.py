"""What a check found, in plain words."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    GOOD = "ok"
    ADVICE = "advice"
    UNKNOWN = "unknown"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """`do` says what helps; empty where all is well."""

    level: Level
    about: str
    what: str
    do: str = ""


def good(about: str, what: str) -> Finding:
    return Finding(Level.GOOD, about, what)


def advice(about: str, what: str, do: str) -> Finding:
    return Finding(Level.ADVICE, about, what, do)


def unknown(about: str, what: str, do: str) -> Finding:
    """It could not be looked at from here, which is no fault."""
    return Finding(Level.UNKNOWN, about, what, do)


def broken(about: str, what: str, do: str) -> Finding:
    return Finding(Level.BROKEN, about, what, do)
