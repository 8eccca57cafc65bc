"""What to say about a verdict: at most two hints, the most telling first, each with the words to underline."""

from dataclasses import dataclass

from app.core.act.case import Hit
from app.core.act.verdict import Verdict
from app.texts import gettext_noop as N_

_FIRST = ("V13", "V09", "V04", "V05", "V01", "V02", "V03", "V11", "V17", "V06", "V06b", "V06v")

_WHAT_WOULD_I_SEE = N_("What would someone see you do? Call, ask, cancel, go there?")
_MESSAGES = {
    "V01": N_("Leave out “%(word)s”. What will you do?"),
    "V02": _WHAT_WOULD_I_SEE,
    "V03": N_("Which question will you ask? Which answer do you need?"),
    "V04": N_("And you? Start your sentence with “I”."),
    "V05": N_("Who will do it? Write: “I …”."),
    "V06": N_("When exactly? Choose a day and a time."),
    "V06b": N_("When exactly? Choose a day and a time."),
    "V06v": N_("“%(word)s” is not in your calendar. At what time tomorrow?"),
    "V08": N_("Who is it with? Or do you do this alone?"),
    "V09": N_("This is the opgave itself. What is your first small piece of it tomorrow?"),
    "V10": N_("How many? Give a number."),
    "V11": N_("This waits for something else. What can you do without it?"),
    "V12": N_("Too much for one day. What is the first half hour?"),
    "V13": N_("That is still short. About what? What for?"),
    "V14": N_("Choose one. Which one matters most?"),
    "V15": N_("And what will you do instead?"),
    "V16": N_("Can a small part of it happen tomorrow?"),
    "V17": _WHAT_WOULD_I_SEE,
}
_WITHOUT_WORD = {"V06v": N_("When exactly? Choose a day and a time."), "V01": N_("Say what you will do.")}


@dataclass(frozen=True, slots=True)
class Hint:
    """`message` is translated where it is shown, `word` fills its place; `start` to `end` is to be underlined."""

    rule: str
    message: str
    word: str
    start: int
    end: int


def hints(verdict: Verdict, limit: int = 2) -> tuple[Hint, ...]:
    """The hints to show, never two that say the same."""
    found: dict[str, Hint] = {}
    for hit in sorted(verdict.hits, key=_rank):
        hint = _hint(hit)
        found.setdefault(hint.message, hint)
    return tuple(found.values())[: max(0, limit)]


def _rank(hit: Hit) -> tuple[int, str]:
    return (_FIRST.index(hit.rule) if hit.rule in _FIRST else len(_FIRST), hit.rule)


def _hint(hit: Hit) -> Hint:
    message = _MESSAGES[hit.rule] if hit.match else _WITHOUT_WORD.get(hit.rule, _MESSAGES[hit.rule])
    return Hint(hit.rule, message, hit.match, hit.start, hit.end)
