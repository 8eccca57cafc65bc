"""The draaiboeken that come with the product are sound, complete in both languages, and fit to be read aloud."""

import re
from pathlib import Path

import pytest

from app.core.script_file import check, load
from app.scripts import shipped
from tests.shipped import SHIPPED, activities, sentences, texts

LONGEST = 15
"""Words in a sentence, for plain language (B1)."""


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    shipped: Path = request.param
    return shipped


def test_it_has_no_mistakes(path: Path) -> None:
    assert [str(mistake) for mistake in check(path, "en")] == []


def test_its_key_is_the_name_of_its_file(path: Path) -> None:
    assert load(path).key == path.stem


def test_its_steps_add_up_to_its_minutes(path: Path) -> None:
    script = load(path)
    assert sum(step.minutes for step in script.steps) == script.minutes


def test_the_frame_of_a_statement_uses_each_of_its_parts_once(path: Path) -> None:
    specs = [one.spec for step in load(path).steps for one in step.activities if one.kind == "statement"]
    for spec in specs:
        for frame in spec["frame"].values():
            assert sorted(re.findall(r"{(\w+)}", frame)) == sorted(part["key"] for part in spec["parts"])


def test_every_step_has_two_rescue_moves(path: Path) -> None:
    assert {step.key: len(step.rescue) for step in load(path).steps if len(step.rescue) < 2} == {}


def test_every_text_is_there_in_both_languages(path: Path) -> None:
    found = list(texts(load(path).model_dump(mode="json")))
    assert len(found) > 50
    assert [place for place, text in found if not (text["nl"].strip() and text["en"].strip())] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_is_longer_than_people_say(path: Path, language: str) -> None:
    spoken = [part for _, text in texts(load(path).model_dump(mode="json")) for part in sentences(text[language])]
    assert len(spoken) > 100
    assert [sentence for sentence in spoken if len(sentence.split()) > LONGEST] == []


def test_the_trainer_and_the_phone_say_je_and_never_u(path: Path) -> None:
    formal = re.compile(r"\b(u|uw|uzelf|men)\b", re.IGNORECASE)
    assert [text["nl"] for _, text in texts(load(path).model_dump(mode="json")) if formal.search(text["nl"])] == []


def test_what_is_read_on_a_phone_fits_who_is_at_home_or_in_another_room(path: Path) -> None:
    nearby = re.compile(r"\b(?:buur\w*|tafel\w*|zaal|neighbours?|tables?)\b", re.IGNORECASE)
    read = [
        (one.key, said)
        for _, one in activities(path)
        for place, text in texts(one.spec)
        if not place.endswith("placeholder")
        for said in text.values()
    ]
    assert len(read) > 30
    assert [(key, said) for key, said in read if nearby.search(said)] == []


def test_every_draaiboek_points_editors_to_the_schema(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=script.schema.json\n")


def test_a_new_workshop_is_made_from_the_one_of_40_minutes_unless_another_is_chosen() -> None:
    assert next(iter(shipped())) == "opgave-in-40-minuten"
    assert sorted(shipped()) == [path.stem for path in SHIPPED]
