"""Which one thing the own page is about now: before the moment the act, after it the question, later the next one."""

from dataclasses import dataclass
from typing import Literal

Turn = Literal["none", "act", "check", "week", "month", "again", "next", "rest"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one person, at one moment. `week` and `month`: that question is open and has no answer yet. `is_first`: the
    act was made in the workshop, and is not a later one."""

    has_act: bool
    is_first: bool = True
    has_come: bool = False
    open: bool = False
    answer: str = ""
    week: bool = False
    month: bool = False
    may_replan: bool = False
    may_go_on: bool = False


def turn(it: Standing) -> Turn:
    """The question that is due goes before what can be done at any time; a later act waits for a question."""
    if not it.has_act:
        return "none"
    if not it.has_come and it.is_first:
        return "act"
    if it.has_come and it.open and not it.answer:
        return "check"
    if it.month or it.week:
        return "month" if it.month else "week"
    if not it.has_come:
        return "act"
    if it.may_replan:
        return "again"
    return "next" if it.may_go_on else "rest"
