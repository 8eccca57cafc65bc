"""What is wrong on a line of a YAML text, and what to do about it."""

import re
from dataclasses import dataclass, field

import yaml

from app.texts import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Flaw:
    """Wrong on a line (1-based). `what` and `mend` are English msgids, `values` fill their places."""

    line: int
    what: str
    mend: str
    values: dict[str, object] = field(default_factory=dict)


_NO_YAML = N_("This line is not written as YAML asks.")
_LOOK = N_("Look at the indentation and the quotes of this line and of the line above it.")
_TAB = N_("Indent with spaces, not tabs. Put a text that begins with @ or ` in quotes.")
_QUOTE = N_("Close the quote that opens here.")
_BRACKET = N_("Put a comma before this place, or the bracket that closes line %(opens)s.")
_MENDS = {
    "mapping values are not allowed": N_("Put a text with a colon in quotes, and check the indentation."),
    "cannot start any token": _TAB,
    "tab character": _TAB,
    "unexpected end of stream": _QUOTE,
    "unexpected document indicator": _QUOTE,
    "',' or": _BRACKET,
}
TOO_DEEP = (
    N_("This stands too deep."),
    N_("A draaiboek needs no more than 20 levels. Check the indentation."),
)
SECOND_DOCUMENT = (
    N_("A second document begins here."),
    N_("Make one file for each draaiboek, and remove this '---'."),
)
ANCHOR = (
    N_("'%(name)s' is an anchor (& or *). A draaiboek has none."),
    N_("Write the text out here, in full."),
)
TAG = (N_("'%(tag)s' is a tag. A draaiboek has none."), N_("Leave it out, or put the text in quotes."))
STRANGE_KEY = (N_("A key must be one word."), N_("Put a text that begins with { or [ in quotes."))
TWICE = (N_("'%(key)s' stands here for the second time."), N_("Keep one: the first is on line %(first)s."))
_SIGN = (
    N_("An invisible sign (%(sign)s) stands on this line."),
    N_("Remove it, or type the line again."),
)


def strange_sign(text: str, found: re.Match[str]) -> Flaw:
    line = text.count("\n", 0, found.start()) + 1
    return Flaw(line, *_SIGN, {"sign": f"U+{ord(found.group()):04X}"})


def syntax(error: yaml.MarkedYAMLError, text: str) -> Flaw:
    """What the parser says of `text`, on the line where a person can mend it."""
    problem, last = error.problem or "", text.rstrip("\n").count("\n") + 1
    mend = next((mend for sign, mend in _MENDS.items() if sign in problem), _LOOK)
    opens, here = (mark.line + 1 if mark else 1 for mark in (error.context_mark, error.problem_mark))
    return Flaw(min(opens if mend == _QUOTE else here, last), _NO_YAML, mend, {"opens": opens})
