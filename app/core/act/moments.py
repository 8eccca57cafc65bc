"""Where a sentence names a day or a time of day."""

import re
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Moments:
    """Spans in the text of what names a day, and of what names a time of day."""

    days: tuple[Span, ...]
    clocks: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.days + self.clocks


_HOURS_NL = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
_HOURS_EN = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_DIGITAL = r"(?<![\d.:])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d])(?:\s?(?:uur|u\b|am\b|pm\b))?"

_CLOCK = {
    "nl": (
        _DIGITAL,
        r"(?<!\d)(?:[1-9]|1\d|2[0-3])\s?(?:uur|u)\b(?!\s+(?:in|lang|per|voor de|mee|extra|met|aan)\b)",
        r"\b(?:om|rond|voor|vóór|na|tegen|tot|vanaf)\s(?:[1-9]|1\d|2[0-3])(?=\s*(?:[,.;]|$|"
        r"\b(?:bel|ga|mail|loop|stuur|vraag|ben|sta|zit|bij|met|naar|even)\b))",
        rf"\b(?:half|kwart\s(?:voor|over)|(?:vijf|tien)\s(?:voor|over)(?:\shalf)?)\s(?:{_HOURS_NL}|[1-9]|1[0-2])\b(?:\suur)?",
        rf"\b(?:om|voor|vóór|na|rond|tegen|vanaf|tot)\s(?:{_HOURS_NL})\s?uur\b|\b(?:om|rond)\s(?:{_HOURS_NL})\b(?!\s[a-z]+s\b)",
        r"\b(?:direct |meteen |gelijk )?(?:na|voor|vóór|tijdens)\s(?:(?:de|het|mijn|ons|onze)\s)?"
        r"(?:stand-?up|dagstart|lunch|lunchpauze|koffie|pauze|teamoverleg|weekstart|mt|overleg|ochtendoverleg|spits|inloop|spreekuur)\b",
    ),
    "en": (
        _DIGITAL,
        r"(?<!\d)(?:1[0-2]|[1-9])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock|o’clock)(?![a-z])",
        r"\b(?:at|before|by|around|after|until|from)\s(?:noon|midday|(?:1[0-2]|[1-9])"
        r"(?=\s*(?:[,.;]|$|\b(?:and|i|tomorrow|today|to|on|in)\b)))",
        rf"\b(?:half|quarter|ten|five|twenty)\s(?:past|to)\s(?:{_HOURS_EN}|[1-9]|1[0-2])\b",
        rf"\b(?:at|before|by|around|after)\s(?:{_HOURS_EN})\b(?!\s[a-z]+s\b)",
        r"\b(?:right |straight )?(?:after|before|during)\s(?:(?:the|my|our)\s)?"
        r"(?:stand-?up|morning meeting|lunch|lunch break|coffee|break|team meeting|daily|board meeting|surgery)\b",
    ),
}
_DAY = {
    "nl": (
        r"\b(?:over)?morgen(?:ochtend|middag|avond|vroeg)?\b|\b(?:vandaag|vanmiddag|vanochtend|vanavond)\b",
        r"\b(?:aankomende |komende |volgende )?(?:maan|dins|woens|donder|vrij|zater|zon)dag"
        r"(?:ochtend|middag|avond|morgen)?\b",
        r"(?<!\d)\d{1,2}\s(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*",
        r"(?<![\d-])\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?(?![\d-])",
    ),
    "en": (
        r"\btomorrow(?:'s)?(?:\s(?:morning|afternoon|evening))?\b",
        r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b",
        r"\b(?:next |this |coming )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s(?:morning|afternoon|evening))?\b",
        r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*",
        r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\s\d{1,2}\b",
    ),
}
_COMPILED = {
    language: tuple(re.compile("|".join(table[language]), re.IGNORECASE) for table in (_DAY, _CLOCK))
    for language in ("nl", "en")
}


def find_moments(text: str, language: str) -> Moments:
    days, clocks = _COMPILED[language]
    return Moments(
        tuple(found.span() for found in days.finditer(text)),
        tuple(found.span() for found in clocks.finditer(text)),
    )
