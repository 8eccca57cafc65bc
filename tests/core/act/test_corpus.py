"""Sentences as civil servants type them, in batches that were each written before the rules had seen any of them.

`first_run` keeps what the rules made of a batch before they were tuned on it, for each language: the vague ones called
concreet / vrijblijvend, the concrete ones called vrijblijvend / concreet, in per cent. Those are the honest figures;
what these tests hold is that nothing gets lost.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.core.act import Fields, check

BATCHES: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path(__file__).parent.glob("corpus_*.json")
}
FORM = Fields(date=True, time=True, who=True, place=True)
RUNS = [(name, language) for name in sorted(BATCHES) for language in ("nl", "en")]


def shares(sentences: list[str], fields: Fields) -> dict[str, float]:
    counts = Counter(check(sentence, fields=fields).verdict for sentence in sentences)
    return {word: counts[word] / len(sentences) for word in ("concreet", "bijna", "vrijblijvend")}


@pytest.mark.parametrize(("name", "language"), RUNS)
def test_good_intentions_do_not_pass_for_acts(name: str, language: str) -> None:
    vague = shares(BATCHES[name]["with_form"][language]["vague"], FORM)
    assert vague["concreet"] <= 0.05
    assert vague["vrijblijvend"] >= 0.70


@pytest.mark.parametrize(("name", "language"), RUNS)
def test_acts_are_not_called_intentions(name: str, language: str) -> None:
    concrete = shares(BATCHES[name]["with_form"][language]["concrete"], FORM)
    assert concrete["vrijblijvend"] <= 0.03
    assert concrete["concreet"] >= 0.85


@pytest.mark.parametrize(("name", "language"), [run for run in RUNS if "timed" in BATCHES[run[0]]])
def test_a_sentence_may_bring_its_own_day_and_time(name: str, language: str) -> None:
    timed = BATCHES[name]["timed"][language]
    assert shares(timed["concrete"], Fields())["concreet"] >= 0.85
    assert shares(timed["vague"], Fields())["vrijblijvend"] >= 0.70


@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_a_day_no_sentence_of_the_form_is_an_act(language: str) -> None:
    sentences = [text for batch in BATCHES.values() for text in batch["with_form"][language]["concrete"]]
    undated = [text for text in sentences if not any(sign.isdigit() for sign in text)]
    assert shares(undated, Fields())["concreet"] < 0.05


def test_there_are_enough_sentences_to_say_something() -> None:
    for language in ("nl", "en"):
        for kind in ("vague", "concrete"):
            assert sum(len(batch["with_form"][language][kind]) for batch in BATCHES.values()) >= 150
