"""The examples of the method, each with its expected verdict."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.core.act import Fields, check

CASES: dict[str, Any] = json.loads(Path(__file__).with_name("commitment_cases.json").read_text(encoding="utf-8"))
SENTENCES = [(language, text, verdict) for language in ("nl", "en") for text, verdict in CASES[language]]


def given(fields: dict[str, Any]) -> Fields:
    return Fields(
        date="date" in fields,
        time="time" in fields,
        who=fields.get("who", False),
        alone=fields.get("alone", False),
    )


@pytest.mark.parametrize(("language", "text", "verdict"), SENTENCES)
def test_each_example_of_the_method_gets_its_verdict(language: str, text: str, verdict: str) -> None:
    assert check(text, language=language, opgave=CASES["opgave"][language]).verdict == verdict


@pytest.mark.parametrize(("language", "text", "verdict"), SENTENCES)
def test_the_sentence_itself_shows_its_language(language: str, text: str, verdict: str) -> None:
    judged = check(text, opgave=CASES["opgave"][language])
    assert (judged.verdict, judged.language) == (verdict, language)


@pytest.mark.parametrize("case", CASES["fields"], ids=lambda case: case["text"])
def test_the_form_answers_day_time_and_person(case: dict[str, Any]) -> None:
    assert check(case["text"], language=case["lang"], fields=given(case["fields"])).verdict == case["verdict"]


def test_all_examples_are_here() -> None:
    assert len(SENTENCES) + len(CASES["fields"]) == 114
