"""The draaiboeken that come with the product follow the method: its lengths, its order, its questions."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.core.making import freeze
from app.core.obstacles import LOOKED_AHEAD
from app.core.script_file import load
from tests.shipped import SHIPPED, activities, first_spec

LENGTHS = {
    "opgave-in-een-middag": {
        "s0": 10, "s1": 15, "s2": 25, "s3": 25, "s4": 25, "pause": 15, "s5": 25, "s6": 15, "s7": 15, "s8": 5,
        "s9": 20, "s10": 10, "s11": 5,
    },
    "opgave-in-90-minuten": {
        "s0": 5, "s1": 8, "s2": 15, "s3": 10, "s4": 12, "s5": 15, "s7": 7, "s8": 3, "s9": 10, "s10": 3, "s11": 2,
    },
    "opgave-in-een-zaal": {
        "s0": 8, "s1": 6, "s2": 14, "s3": 9, "s4": 12, "s5": 13, "s7": 9, "s8": 4, "s9": 10, "s10": 3, "s11": 2,
    },
    "opgave-in-40-minuten": {"s0": 3, "s1": 3, "s2": 5, "s4": 7, "s5": 6, "s7": 4, "s9": 8, "s10": 3, "s11": 1},
    "opgave-in-30-minuten": {"s0": 2, "s1": 2, "s2": 4, "s4": 6, "s5": 5, "s9": 8, "s10": 3},
    "terugkom-kwartier": {"s0": 2, "s1": 3, "s4": 2, "s7": 2, "s9": 4, "s10": 2},
}  # fmt: skip
"""Minutes of each step: the columns of the method."""
CUTS = {
    "opgave-in-een-middag": ["s6", "s3", "s8", "s1"],
    "opgave-in-90-minuten": ["s3", "s8", "s1"],
    "opgave-in-een-zaal": ["s3", "s8", "s1"],
    "opgave-in-40-minuten": ["s1", "s7.condition", "s5.card"],
    "opgave-in-30-minuten": ["s1"],
    "terugkom-kwartier": ["s7"],
}
COMMIT_AT = {"opgave-in-een-middag": 25, "opgave-in-90-minuten": 15, "opgave-in-een-zaal": 15, "terugkom-kwartier": 6}
"""12 in the others. Minutes before the end at which nothing may come before the commitment any more."""
WORD_FOR_WORD = {
    "last-training": "Denk aan je vorige training. Wat deed je er de volgende dag mee?",
    "meaning": "Wat wil jij concreet betekenen voor de samenleving? Noem voor wie.",
    "vote": "Kun je hiermee werken?",
    "parties": "Welke partij is nodig? Wat is het eigen doel van die partij?",
    "flag": "Kan deze partij onder deze vlag haar eigen doel halen?",
    "facts": "Welk feit of getal laat dat zien?",
    "sign": "Waaraan ziet een bewoner straks het verschil?",
    "start": "Waar beginnen we?",
    "condition": "Wat heb jij nodig om opgavegestuurd te werken?",
    "obstacle": "Het is morgen 17:00 uur. Je hebt het niet gedaan. Wat kwam ertussen?",
    "question": "Ga je deze werkwijze morgen toepassen?",
    "normally": "Hoe lang had dit normaal geduurd?",
    "energy": "Hoeveel energie heb je nu?",
}
"""Questions of the method, by the key of their activity."""


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    shipped: Path = request.param
    return shipped


def test_there_is_one_for_each_length_of_the_method() -> None:
    assert {path.stem for path in SHIPPED} == set(LENGTHS)


def test_its_steps_take_the_minutes_of_the_method(path: Path) -> None:
    assert {step.key: step.minutes for step in load(path).steps} == LENGTHS[path.stem]


def test_its_end_and_what_is_cut_first_are_those_of_the_method(path: Path) -> None:
    script = load(path)
    assert script.commit_at == COMMIT_AT.get(path.stem, 12)
    assert [".".join(filter(None, (cut.step, cut.activity))) for cut in script.cut_order] == CUTS[path.stem]


def test_the_commitment_and_the_question_are_never_dropped(path: Path) -> None:
    script = load(path)
    assert {step.key for step in script.steps if step.keep} == {"s9", "s10"}
    assert not {cut.step for cut in script.cut_order} & {"s9", "s10"}


def test_the_questions_of_the_method_are_word_for_word(path: Path) -> None:
    found = {one.key: one.spec["question"]["nl"] for _, one in activities(path) if one.key in WORD_FOR_WORD}
    assert found == {key: WORD_FOR_WORD[key] for key in found}
    assert "question" in found


def test_the_question_that_names_the_product_is_word_for_word(path: Path) -> None:
    spec = first_spec(path, "s10")
    assert spec["literal"] is True
    assert spec["question"] == {
        "nl": "Ga je deze werkwijze morgen toepassen?",
        "en": "Will you apply this way of working tomorrow?",
    }
    assert [(option["label"]["nl"], option["label"]["en"]) for option in spec["options"]] == [
        ("Ja, mijn afspraak staat", "Yes, my commitment stands"),
        ("Ja, maar anders", "Yes, but differently"),
        ("Ik zou wel willen, maar bij ons lukt dat niet", "I would like to, but with us it does not work"),
        ("Nee, morgen moet ik vergaderen of ben ik te druk", "No, tomorrow I have meetings or I am too busy"),
        ("Nee, om een andere reden", "No, another reason"),
    ]


def test_the_gap_is_hidden_and_names_the_halfway_date(path: Path) -> None:
    spec = first_spec(path, "s4")
    assert spec["hide"] is True
    assert "{halfway}" in spec["question"]["nl"]
    assert "{halfway}" in spec["question"]["en"]


def test_the_gap_says_how_far_off_its_date_is(path: Path) -> None:
    frozen = freeze(load(path), date(2026, 1, 1))
    step = next(step for step in frozen["steps"] if step["key"] == "s4")
    asked = json.dumps(step["activities"][0]["spec"])
    assert ("drie maanden" in asked, "three months" in asked) == ("april 2026" in asked,) * 2
    assert ("zes maanden" in asked, "six months" in asked) == ("juli 2026" in asked,) * 2


def test_energy_that_is_asked_at_the_start_is_asked_again_at_the_end(path: Path) -> None:
    asked = [(step, one.kind) for step, one in activities(path) if one.key == "energy"]
    assert asked in ([], [("s1", "scale"), ("s11", "scale")])


def test_the_obstacle_people_foresee_is_one_that_the_commitment_knows(path: Path) -> None:
    for _, one in activities(path):
        if one.spec.get("hands_on") == "obstacle":
            assert [label["key"] for label in one.spec["types"]] == list(LOOKED_AHEAD)


def test_every_obstacle_that_people_can_pick_has_a_starter(path: Path) -> None:
    spec = first_spec(path, "s9")
    assert set(spec["starters"]) == set(LOOKED_AHEAD) - {"ANDERS"}


def test_one_phone_a_table_never_writes_the_commitment_or_answers_the_question(path: Path) -> None:
    assert [one.key for step, one in activities(path) if step in ("s9", "s10") and one.spec.get("by_table")] == []
