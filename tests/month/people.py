"""The cast of the month: forty people in one workshop, no two alike, and four in the one beside it.

What somebody does stands after a moment: minutes after the start, after the act, or after a letter of the table.
"""

from dataclasses import dataclass
from datetime import time

from tests.month.dutch_days import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY


@dataclass(frozen=True)
class Doing:
    """`what` is done `minutes` after `after`: start, act, m1, m2, m2r, m3 or m4."""

    after: str
    minutes: int
    what: str
    value: str = ""
    days: int = 0
    at: time = time(10)


@dataclass(frozen=True)
class Person:
    """`day`: the own next working day, a number of days ahead, or the next such weekday (`sat`, `sun`, `wed`).
    `ticks`: what is wanted by mail."""

    name: str
    ticks: str = ""
    off: tuple[int, ...] = ()
    day: int | str = "morgen"
    at: time = time(9, 30)
    does: tuple[Doing, ...] = ()
    language: str = "nl"
    shows: bool = False


def person(name: str, ticks: str, *does: Doing, mails: int | None = 0, **more: object) -> Person:
    """`mails`: minutes after the start at which the address is given."""
    gives = [Doing("start", mails, "address", ticks)] if ticks and mails is not None else []
    before = [each for each in does if mails and each.after == "start" and each.minutes < mails]
    return Person(name, ticks, does=(*before, *gives, *does[len(before) :]), **more)  # type: ignore[arg-type]


def does(after: str, minutes: int, what: str, value: str = "", days: int = 0, at: time = time(10)) -> Doing:
    return Doing(after, minutes, what, value, days, at)


BOTH, CHECK, LATER = "check later", "check", "later"
EARLY, LATE = time(8), time(16)

FORTY = (
    person(
        "Aaltje", BOTH, does("start", 5, "buddy", "Berend"), does("m2", 10, "check", "gelukt"),
        does("m3", 20, "week", "several"), does("m4", 30, "month", "7"), shows=True,
    ),
    person("Berend", CHECK, does("start", 6, "buddy", "Aaltje"), does("m2", 10, "check", "gelukt")),
    person("Cato", "", does("start", 5, "buddy", "Diederik"), does("act", 180, "check", "gelukt")),
    person("Diederik", "", does("start", 6, "buddy", "Cato")),
    person("Evelien", BOTH, does("start", 7, "buddy", "Geertje")),
    person("Floris", CHECK),
    person("Geertje", LATER, does("start", 8, "buddy", "Evelien"), does("m3", 90, "week", "once")),
    person("Hessel", BOTH, does("m2r", 30, "check", "gelukt"), off=(WEDNESDAY,)),
    person("Ingeborg", BOTH, does("m2", 15, "check", "deels"), does("m2", 16, "more", "DRUK"), off=(MONDAY, FRIDAY)),
    person("Jurre", BOTH, does("m2", 5, "check", "niet"), off=(MONDAY, TUESDAY, WEDNESDAY, THURSDAY)),
    person("Katinka", BOTH, off=(0, 1, 2, 3, 4)),
    person("Lieuwe", CHECK, does("m2", 25, "check", "gelukt"), at=EARLY),
    person("Marijke", BOTH, does("m2", 25, "check", "niet"), does("m2", 26, "more", "MANDAAT"), at=EARLY, mails=20),
    person("Nanne", BOTH, at=LATE),
    person("Ottilie", CHECK, does("m2", 45, "check", "gelukt"), at=time(15, 30)),
    person("Pelle", BOTH, does("act", 30, "check", "gelukt"), at=time(15, 31), shows=True),
    person("Quirine", BOTH, does("m2r", 200, "check", "deels"), day="sat"),
    person("Rikkert", BOTH, does("m2", 33, "check", "niet"), off=(WEDNESDAY,), day="wed"),
    person("Siebren", CHECK, day="sun", at=EARLY),
    person(
        "Tjitske", BOTH, does("start", 9, "buddy", "Uilke"), does("m2", 12, "check", "gelukt"),
        does("m3", 25, "week", "no"), mails=8 * 60,
    ),
    person(
        "Uilke", CHECK, does("start", 10, "buddy", "Tjitske"), does("m1", -105, "address", CHECK),
        does("m2", 40, "check", "gelukt"), mails=None,
    ),
    person("Vincent", BOTH, does("m2", 105, "address", BOTH), mails=None),
    person(
        "Wieke", BOTH, does("start", 30, "change", "ik mail Peter"), does("m2", 8, "check", "gelukt"),
        does("m3", 25, "week", "several"),
    ),
    person("Xandra", CHECK, does("start", 45, "move", days=3, at=time(11)), does("m2", 9, "check", "niet")),
    person(
        "Ymkje", CHECK, does("start", 10, "change", "ik mail Piet"), does("start", 20, "change", "ik mail Koos"),
        does("start", 30, "change", "ik mail Kees"),
    ),
    person("Zwaantje", BOTH, does("start", 20, "correct"), does("m2", 14, "check", "gelukt")),
    person("Aukje", CHECK, does("m1", 255, "remove")),
    person("Bouke", BOTH, does("start", 10, "buddy", "Coosje"), does("m1", 60, "stop")),
    person(
        "Coosje", BOTH, does("start", 11, "buddy", "Bouke"), does("m2", 18, "check", "gelukt"),
        does("m3", 15, "stop"),
    ),
    person(
        "Douwe", BOTH, does("start", 10, "buddy", "Eelkje"), does("m2", 20, "check", "niet"),
        does("m2", 60, "delete"),
    ),
    person("Eelkje", CHECK, does("start", 11, "buddy", "Douwe"), does("m1", -300, "delete")),
    person(
        "Fokke", BOTH, does("m2", 10, "check", "niet"), does("m2", 12, "again", days=2),
        does("m2", 15, "check", "gelukt"), language="en",
    ),
    person("Grietje", BOTH, does("m2r", 120, "check", "deels"), does("m2r", 125, "again", "ik mail Karin", days=2)),
    person("Hidde", CHECK, does("m2", 22, "check", "niet"), does("m2", 24, "again", "ik mail kort", days=6, at=LATE)),
    person("Ilonka", BOTH, does("m2", 6, "check", "gelukt"), does("m2", 7, "next", "ik bel Tim over twee kamers", 3)),
    person("Jelmer", BOTH, does("m2r", 60, "check", "gelukt"), does("m2r", 61, "next", "ik bel Bob over bedden", 3)),
    person("Klaasje", BOTH, does("m2", 40, "reply", "niet"), shows=True),
    person("Lourens", CHECK, does("start", 60, "stop"), does("start", 180, "address", CHECK)),
    person("Meindert", BOTH, does("start", 60, "removed"), language="en"),
    person("Nynke", BOTH, does("m2", 30, "check", "gelukt"), does("m3", 30, "remove"), language="en"),
)  # fmt: skip
FOUR = (
    person("Wubbo", CHECK, does("m2", 10, "check", "gelukt")),
    person("Yfke", CHECK, does("m2", 10, "check", "niet"), does("m2", 11, "more", "LEIDING")),
    person("Zjoske", CHECK),
    person("Abeltje", "", does("act", 60, "check", "gelukt")),
)
assert len({each.name for each in FORTY + FOUR}) == 44


def address(name: str, corrections: int = 0) -> str:
    return f"{name.lower()}{corrections or ''}@example.org"


def marker(name: str, of: str) -> str:
    """Words that nobody else types: what this person wrote as `of`."""
    return f"{of}-van-{name[::-1].lower()}"
