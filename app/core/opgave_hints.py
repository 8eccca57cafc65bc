"""How concrete the sentence of an opgave is: does it say where, for whom and when, or does it name a means?"""

import re
from dataclasses import dataclass

from app.texts import gettext_noop as N_

MOST_WORDS = 35
_MEANS = {
    "nl": r"systeem|nota|overleg\w*|project\w*|app|beleid\w*|visie\w*|programma\w*|pilot|platform|samenwerk\w*",
    "en": r"system|memo|meetings?|projects?|app|polic\w+|vision|programme|structure|pilot|platform|cooperat\w*",
}
_OURSELVES = {
    "nl": r"^(?:wij|we|onze|ons|de gemeente|de provincie|het ministerie|het waterschap|de afdeling|het team)\b",
    "en": r"^(?:we|our|the municipality|the province|the ministry|the department|the team)\b",
}
_MONTHS = (
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"january|february|march|may|june|july|august|october"
)
_WHEN = re.compile(rf"\b(?:20\d\d|{_MONTHS})\b", re.IGNORECASE)
_WHO = re.compile(r"(?<![\d-])\d+(?:[.,]\d+)?(?![\d-])")
_WHERE = re.compile(
    r"\b(?:in|op|te|at|across|over)\s+(?:(?:de|het|the|onze|our|De|Het|The)\s+)?[A-Z]\w{2,}"
    r"|\b(?:wijk|buurt|regio|region|neighbourhood)\b"
)


@dataclass(frozen=True, slots=True)
class OpgaveHint:
    """`message` is an English msgid; `word` is what it is about, empty for the whole sentence."""

    message: str
    word: str = ""

    @property
    def values(self) -> dict[str, str]:
        return {"word": self.word} if self.word else {}


@dataclass(frozen=True, slots=True)
class Checks:
    where: bool
    who: bool
    when: bool


def checks(text: str, language: str) -> Checks:
    """Which of postcode, numbers and time the sentence names. A month is no place, a year is no number of people."""
    when = bool(_WHEN.search(text))
    without_time = _WHEN.sub(" ", text)
    place = _WHERE.search(without_time)
    return Checks(where=place is not None, who=bool(_WHO.search(without_time)), when=when)


def hints(text: str, language: str) -> tuple[OpgaveHint, ...]:
    """What would make it a concrete opgave; nothing for an empty text."""
    if not text.strip():
        return ()
    found = []
    seen = checks(text, language)
    if not (seen.where and seen.who and seen.when):
        found.append(OpgaveHint(N_("Name postcode, numbers or time: where, for whom, when?")))
    means = re.search(rf"\b(?:{_MEANS.get(language, _MEANS['nl'])})\b", text, re.IGNORECASE)
    if means:
        found.append(OpgaveHint(N_("“%(word)s” is a means. What is then different for people?"), means[0]))
    if re.search(_OURSELVES.get(language, _OURSELVES["nl"]), text.strip(), re.IGNORECASE):
        found.append(OpgaveHint(N_("This is about ourselves. What will society notice?")))
    if len(text.split()) > MOST_WORDS:
        found.append(OpgaveHint(N_("That is long. Can it be said in 35 words?")))
    return tuple(found)
