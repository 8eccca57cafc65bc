"""How concrete the sentence of an opgave is: does it say where, for whom and when, or does it name a means?

Method S2: *postcode, numbers and time*. The sentence decides its language; the language of the screen counts in doubt.
"""

import re
from dataclasses import dataclass

from app.core.act.language import languages
from app.texts import gettext_noop as N_

MOST_WORDS = 35
_UNITS = r"uur|euro|minuten|dagen|weken|maanden|jaar|km|kilometer|am|pm|hours?|euros?|minutes|days|weeks|months|years?"
_SEASONS = r"jaar|voorjaar|zomer|najaar|kwartaal|maand|year|spring|summer|autumn|quarter|month"
_MONTHS = {
    "nl": r"(?i:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)",
    # With a capital: may and march are verbs too.
    "en": r"(?:January|February|March|April|May|June|July|August|September|October|November|December)",
}
_WHEN = {
    language: re.compile(
        rf"\b(?:\d{{1,2}}\s+)?{months}(?:\s+\d{{1,2}})?(?:,?\s+20\d\d)?\b|\b20\d\d\b|\b\d{{1,2}}-\d{{1,2}}-\d{{2,4}}\b"
        r"|\b(?i:binnen|over|within|in)\s+\w+\s+(?i:weken|maanden|jaar|weeks|months|years)\b"
        rf"|\b(?i:volgende?|komende?|dit|deze|next|this)\s+(?i:{_SEASONS})\b"
    )
    for language, months in _MONTHS.items()
}
_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b|\b(?i:postcode)\s+\d{4}\b")
_PLACES = r"wijk|buurt|regio|straat|dorp|stad|gemeente|provincie|neighbourhood|region|street|village|town|city"
_WHERE = re.compile(
    r"\b(?i:in|op|te|rond|langs|over|nabij|tussen|at|on|near|across|around|along|through)\s+"
    rf"(?:(?i:de|het|the|onze|our|heel)\s+)?(?:[A-Z][\w'’-]{{2,}}|(?i:de|onze|deze|our|this|the)\s+(?i:{_PLACES})\b)"
    rf"|\b[A-Z]\w+(?:plein|straat|laan|weg|kade|park|wijk|buurt|kwartier|dorp|veld)\b|\b(?i:onze|our)\s+(?i:{_PLACES})\b"
)
_OTHER_NUMBERS = re.compile(rf"[€$]\s*\d[\d.,]*|\b\d{{1,2}}[:.]\d\d\b|\b\d[\d.,]*\s*(?i:{_UNITS})\b")
_WHO = re.compile(
    r"\d|\b(?i:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|honderd|duizend|de helft|two|three|four|five|six|seven|"
    r"eight|nine|ten|hundred|thousand|half|kinderen|jongeren|ouderen|gezinnen|huishoudens|ouders|leerlingen|reizigers|"
    r"huurders|patiënten|cliënten|children|young people|older people|families|households|parents|pupils|travellers|"
    r"tenants|patients|clients)\b"
)
_MEANS = {
    "nl": re.compile(
        r"\b(?!(?:tele|super|di|re|pro)visie|(?:eco|water|riool)syste)\w*"
        r"(?:systeem|systemen|nota|visie|beleid|overleg(?:gen)?|programma|aanpak|platform|pilot|structuur|strategie|"
        r"convenant|werkgroep|taskforce|loket|dashboard|project(?:en|team|plan)?|campagne|website|actieplan)\b"
        r"|\bapps?\b|\bplan van aanpak\b|\bsamenwerk\w*",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:systems?|memo|polic(?:y|ies)|vision|strategy|programmes?|projects?|apps?|meetings?|platform|pilot|structure|"
        r"task force|working group|dashboard|campaign|website|action plan|cooperat\w+|collaborat\w+)\b",
        re.IGNORECASE,
    ),
}
_OURSELVES = {
    "nl": r"(?:wij|we|(?:de|onze)\s+(?:gemeente|provincie|organisatie|afdeling|dienst)|gemeente|het\s+(?:ministerie|"
    r"waterschap|team|college)|ons\s+team)",
    "en": r"(?:we|(?:the|our)\s+(?:municipality|province|ministry|organi[sz]ation|department|team|council))",
}


@dataclass(frozen=True, slots=True)
class Hint:
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
    """Which of place, people and time the sentence names. A month is no place, a price no number of people."""
    time = _WHEN[_spoken(text, language)]
    rest = _POSTCODE.sub(" ", time.sub(" ", text))
    return Checks(
        where=bool(_POSTCODE.search(text) or _WHERE.search(time.sub(" ", text))),
        who=bool(_WHO.search(_OTHER_NUMBERS.sub(" ", rest))),
        when=bool(time.search(text)),
    )


def hints(text: str, language: str) -> tuple[Hint, ...]:
    """What would make it a concrete opgave; nothing for an empty text."""
    if not text.strip():
        return ()
    found = []
    spoken = _spoken(text, language)
    seen = checks(text, language)
    if not (seen.where and seen.who and seen.when):
        found.append(Hint(N_("Name a place, people or a time: where, for whom, when?")))
    means = _MEANS[spoken].search(text)
    if means:
        found.append(Hint(N_("“%(word)s” is a means. What will be different for people?"), means[0]))
    if _is_about_ourselves(text, spoken):
        found.append(Hint(N_("This is about ourselves. What will society notice?")))
    if len(text.split()) > MOST_WORDS:
        found.append(Hint(N_("That is long. Can it be said in 35 words?")))
    return tuple(found)


def _spoken(text: str, language: str) -> str:
    found = languages(text)
    return found[0] if len(found) == 1 else language


def _is_about_ourselves(text: str, language: str) -> bool:
    """The own organisation is what acts: at the start, after the time it starts with, or after the first verb."""
    start = re.sub(r"^(?:(?:in|op|eind|by|on|the end of|before|voor)\s+)*[\s,]*", "", text.strip(), flags=re.IGNORECASE)
    rest = _WHEN[language].sub(" ", start, count=1) if _WHEN[language].match(start) else text
    return bool(re.match(rf"[\s,]*(?:\w+\s+)?{_OURSELVES[language]}\b", rest, re.IGNORECASE))
