"""The words of one language, ready to look up. Built on first use and kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.core.act.inflection import Form, dutch_forms, english_forms
from app.core.act.phrases import Phrases
from app.core.act.scan import fold
from app.core.act.word_lists import word_lists

Kind = Literal[
    "", "person", "name", "pronoun", "group", "diffuse", "thing", "place", "meet", "big", "figure", "abstract", "weak"
]
"""What a noun is. weak: abstract by its ending only; empty: nobody knows."""

_SHORTEST_PART = 4  # of a Dutch compound
_SHORTEST_SUFFIXED = 6


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read a verb form: its role (a section of the word list) and the particle it needs."""

    lemma: str
    role: str
    particle: str
    form: Form


@dataclass(frozen=True, slots=True)
class Lexicon:
    language: str
    verbs: Mapping[str, tuple[Sense, ...]]
    nouns: Mapping[str, Kind]
    endings: Mapping[str, tuple[str, ...]]
    sets: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases]

    def has(self, word: str, *names: str) -> bool:
        return any(word in self.sets[name] for name in names)

    def kind(self, word: str) -> Kind:
        for candidate in singulars(word, self.language):
            found = self.nouns.get(candidate)
            if found:
                return "group" if found == "person" and candidate != word else found
        return self._kind_of_compound(word) or self._kind_by_ending(word)

    def _kind_of_compound(self, word: str) -> Kind:
        if self.language == "en":
            last = word.rsplit("-", 1)[-1]
            return self.nouns.get(last, "") if last != word else ""
        for cut in range(2, len(word) - _SHORTEST_PART + 1):
            for part in singulars(word[cut:], self.language):
                found = self.nouns.get(part)
                if found and len(part) >= _SHORTEST_PART and part not in self.sets["not_last"]:
                    return "group" if found == "person" and part != word[cut:] else found
        return ""

    def _kind_by_ending(self, word: str) -> Kind:
        if word.endswith(self.endings["person"]):
            return "person"
        if len(word) < _SHORTEST_SUFFIXED or not word.endswith(self.endings["abstract"]):
            return ""
        return "weak" if word.endswith(self.endings["often_seen"]) else "abstract"


def singulars(word: str, language: str) -> Iterator[str]:
    """The word, and what it may be the plural or the diminutive of."""
    yield word
    if word.endswith("'s"):
        yield word[:-2]
    if language == "nl":
        for ending in ("tjes", "jes", "tje", "je", "en", "s"):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                yield from _dutch_bases(word[: -len(ending)], ending)
    elif word.endswith("s") and len(word) > 3:
        yield word[:-1]
        if word.endswith("ies"):
            yield word[:-3] + "y"
        elif word.endswith("es"):
            yield word[:-2]


def _dutch_bases(base: str, ending: str) -> Iterator[str]:
    """kamers → kamer, lijsten → lijst, vakken → vak, bomen → boom, brieven → brief."""
    yield base
    if ending != "en":
        return
    last = {"v": "f", "z": "s"}.get(base[-1], base[-1])
    if base[-1] == base[-2]:
        yield base[:-1]
    elif base[-2] in "aeiou":
        yield base[:-1] + base[-2] + last
    if last != base[-1]:
        yield base[:-1] + last


def _verbs(roles: Mapping[str, str], language: str, never: frozenset[str]) -> Mapping[str, tuple[Sense, ...]]:
    forms = dutch_forms if language == "nl" else english_forms
    found: dict[str, list[Sense]] = {}

    def add(form: str, sense: Sense) -> None:
        if form not in never:
            found.setdefault(form, []).append(sense)

    for role, words in roles.items():
        for entry in fold(words).split():
            first, bar, second = entry.partition("|")
            particle, base = (first, second) if language == "nl" and bar else (second, first)
            for form, name in forms(base):
                add(form, Sense(entry, role, particle, name))
                if particle and language == "nl":
                    add(particle + form, Sense(entry, role, "", name))
            if particle and language == "nl":
                add(particle + "te" + base, Sense(entry, role, "", "infinitive"))
    return {form: tuple(senses) for form, senses in found.items()}


@lru_cache
def lexicon(language: str) -> Lexicon:
    lists = word_lists(language)
    kinds: dict[str, Kind] = {}
    for kind, words in lists.nouns.items():
        for word in fold(words).split():
            kinds.setdefault(word, kind)  # type: ignore[arg-type]  # the sections are the kinds
    sets = {name: frozenset(fold(words).split()) for name, words in lists.sets.items()}
    never = sets["prepositions"] | sets["determiners"] | sets["coordinators"] | sets["asking"] | {"niet"}
    return Lexicon(
        language=language,
        verbs=_verbs(lists.verbs, language, never),
        nouns=kinds,
        endings={name: tuple(words.split()) for name, words in lists.endings.items()},
        sets=sets,
        phrases={name: Phrases(words) for name, words in lists.phrases.items()},
    )
