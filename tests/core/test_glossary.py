"""The words of the method, each in plain language."""

import re

import pytest

from app.core.glossary import DRIVEN, GLOSSARY, USUAL, Term
from app.core.organisation import Organisation
from app.texts import LANGUAGES
from tests.test_texts import FORMAL

LONGEST = 20
MEAN = 13


def sentences(term: Term, language: str) -> list[str]:
    return re.split(r"(?<=[.!?:])\s+", term.meaning.in_(language))


def test_there_are_few_enough_to_read_and_each_has_a_place_of_its_own() -> None:
    assert 12 <= len(GLOSSARY) <= 16
    assert len({term.key for term in GLOSSARY}) == len(GLOSSARY)
    assert all(re.fullmatch(r"[a-z-]+", term.key) for term in GLOSSARY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    lengths = [len(each.split()) for term in GLOSSARY for each in sentences(term, language)]
    assert max(lengths) <= LONGEST
    assert sum(lengths) / len(lengths) <= MEAN


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_meaning_is_read_in_one_breath(language: str) -> None:
    assert all(2 <= len(sentences(term, language)) <= 5 for term in GLOSSARY)
    assert all(len(term.meaning.in_(language).split()) <= 50 for term in GLOSSARY)


def test_dutch_is_not_formal() -> None:
    assert [term.key for term in GLOSSARY if FORMAL.search(term.meaning.nl)] == []


def test_no_meaning_is_left_in_the_other_language() -> None:
    assert all(re.search(r"\b(is|een|het|de)\b", term.meaning.nl) for term in GLOSSARY)
    assert not [term.key for term in GLOSSARY if re.search(r"\b(een|het|niet|wat)\b", term.meaning.en)]


def test_the_usual_name_of_the_way_of_working_is_the_one_an_organisation_starts_with() -> None:
    driven = next(term for term in GLOSSARY if term.key == DRIVEN)
    assert driven.word.nl == USUAL == Organisation(name="x").term
