"""The forms of a verb from its infinitive, by the spelling rules of Dutch and English."""

from collections.abc import Iterator
from typing import Literal

Form = Literal["stem", "third", "infinitive", "gerund"]

_VOWELS = frozenset("aeiou")
_SHORT_IRREGULAR = {
    "gaan": "ga",
    "staan": "sta",
    "slaan": "sla",
    "doen": "doe",
    "zien": "zie",
    "zijn": "ben",
    "komen": "kom",
    "appen": "app",
    "whatsappen": "whatsapp",
}


def dutch_stems(infinitive: str) -> tuple[str, ...]:
    """What follows *ik*: bellen → bel, maken → maak, schrijven → schrijf, leveren → lever. Unsure: both candidates."""
    if infinitive in _SHORT_IRREGULAR:
        return (_SHORT_IRREGULAR[infinitive],)
    base = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    if len(base) < 2:
        return (base,)
    if base[-1] == base[-2] and base[-1] not in _VOWELS:
        return (base[:-1],)
    if base.endswith("ier"):
        return (base, base[:-1] + "er")
    open_syllable = base[-1] not in _VOWELS and base[-2] in _VOWELS and (len(base) < 3 or base[-3] not in _VOWELS)
    if not open_syllable:
        return (_devoiced(base),)
    long = _devoiced(base[:-1] + base[-2] + base[-1])
    unstressed = base[-2] in "ei" and any(sign in _VOWELS for sign in base[:-2])
    return (long, _devoiced(base)) if unstressed else (long,)


def _devoiced(stem: str) -> str:
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def dutch_forms(infinitive: str) -> Iterator[tuple[str, Form]]:
    yield infinitive, "infinitive"
    for stem in dutch_stems(infinitive):
        yield stem, "stem"
        if not stem.endswith("t"):
            yield stem + "t", "third"


def english_forms(verb: str) -> Iterator[tuple[str, Form]]:
    """call → call, calls, calling; write → writing; drop → dropping; carry → carries."""
    yield verb, "stem"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield verb + "es", "third"
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        yield verb[:-1] + "ies", "third"
    else:
        yield verb + "s", "third"
    if verb.endswith("ie"):
        yield verb[:-2] + "ying", "gerund"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe")):
        yield verb[:-1] + "ing", "gerund"
    else:
        yield verb + "ing", "gerund"
        short = len(verb) >= 3 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
        if short:
            yield verb + verb[-1] + "ing", "gerund"
