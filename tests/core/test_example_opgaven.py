"""The example opgaven are concrete in both languages; the sentences that they grew from are not."""

import re
from collections.abc import Iterator

import pytest

from app.core.example_opgaven import EXAMPLES, ExampleOpgave, example_opgaven
from app.core.marked_yaml import read
from app.core.opgave_hints import Checks, checks, hints
from app.core.script_file import check_command
from app.core.text import Text
from app.paths import SCRIPTS
from app.scripts import shipped

LONGEST_NAME, LONGEST_GOAL = 60, 120
"""What the form of a workshop takes of a party."""


@pytest.fixture(params=example_opgaven(), ids=lambda example: example.key)
def example(request: pytest.FixtureRequest) -> ExampleOpgave:
    found: ExampleOpgave = request.param
    return found


def texts(example: ExampleOpgave) -> Iterator[Text]:
    yield from (example.domain, example.weak, example.opgave)
    for party in example.parties:
        yield from (party.name, party.goal)


def test_there_is_one_for_each_domain_of_the_trainings() -> None:
    assert [each.key for each in example_opgaven()] == ["safety", "health", "energy", "traffic", "youth", "housing"]


def test_the_file_has_no_flaws_and_says_that_its_figures_are_made_up() -> None:
    text = EXAMPLES.read_text("utf-8")
    assert read(text).flaws == []
    assert "made up" in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_strong_one_says_where_for_whom_and_when_and_gets_no_hint(example: ExampleOpgave, language: str) -> None:
    sentence = example.opgave.in_(language)
    assert checks(sentence, language) == Checks(where=True, who=True, when=True)
    assert hints(sentence, language) == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_weak_one_says_none_of_the_three_and_gets_a_hint(example: ExampleOpgave, language: str) -> None:
    sentence = example.weak.in_(language)
    assert checks(sentence, language) == Checks(where=False, who=False, when=False)
    assert hints(sentence, language) != ()


def test_the_languages_give_the_same_figures(example: ExampleOpgave) -> None:
    hour = re.compile(r"\d+ (?:uur|pm)")
    dutch, english = (re.findall(r"\d+", hour.sub("", each)) for each in (example.opgave.nl, example.opgave.en))
    assert dutch == english != []


def test_every_party_has_another_goal_that_fits_in_the_form(example: ExampleOpgave) -> None:
    for language in ("nl", "en"):
        names = [party.name.in_(language) for party in example.parties]
        goals = [party.goal.in_(language) for party in example.parties]
        assert len(set(names)) == len(set(goals)) == len(example.parties) >= 3
        assert max(map(len, names)) <= LONGEST_NAME
        assert max(map(len, goals)) <= LONGEST_GOAL


def test_no_sentence_is_longer_than_people_remember(example: ExampleOpgave) -> None:
    assert [text for text in texts(example) if max(len(text.nl.split()), len(text.en.split())) > 35] == []


def test_the_examples_are_not_taken_for_draaiboeken() -> None:
    assert EXAMPLES.stem not in shipped()
    lines, _ = check_command(SCRIPTS, "en")
    assert [line for line in lines if EXAMPLES.name in line] == []
