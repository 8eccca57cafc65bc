"""The draaiboeken that come with the product are sound, complete in both languages, and fit to be read aloud."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.kind import discover
from app.core.obstacles import LOOKED_AHEAD
from app.core.script_file import check, load
from app.core.script_schema import schema, schema_text
from app.paths import SCRIPTS

SHIPPED = sorted(SCRIPTS.glob("*.yaml"))
LONGEST = 15
"""Words in a sentence, for plain language (B1)."""


def texts(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in two languages in `value`, with where it stands."""
    if isinstance(value, dict) and ("nl" in value or "en" in value):
        yield place, value
    elif isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from texts(inner, f"{place}.{key}")


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+|:\s+", text) if part]


def first_spec(path: Path, step: str) -> dict[str, Any]:
    return load(path).step(step).activities[0].spec


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    shipped: Path = request.param
    return shipped


def test_there_is_a_draaiboek_of_40_minutes() -> None:
    script = load(SCRIPTS / "opgave-in-40-minuten.yaml")
    assert [(step.key, step.minutes) for step in script.steps] == [
        ("s0", 3), ("s1", 3), ("s2", 5), ("s4", 7), ("s5", 6), ("s7", 4), ("s9", 8), ("s10", 3), ("s11", 1)
    ]  # fmt: skip
    assert script.commit_at == sum(step.minutes for step in script.steps[-3:]) == 12
    assert [(cut.step, cut.activity) for cut in script.cut_order] == [("s1", None), ("s7", "condition"), ("s5", "card")]


def test_it_has_no_mistakes(path: Path) -> None:
    assert [str(mistake) for mistake in check(path, "en")] == []


def test_its_key_is_the_name_of_its_file(path: Path) -> None:
    assert load(path).key == path.stem


def test_its_steps_add_up_to_its_minutes(path: Path) -> None:
    script = load(path)
    assert sum(step.minutes for step in script.steps) == script.minutes


def test_the_commitment_and_the_question_are_never_dropped(path: Path) -> None:
    script = load(path)
    assert {step.key for step in script.steps if step.keep} == {"s9", "s10"}
    assert not {cut.step for cut in script.cut_order} & {"s9", "s10"}


def test_every_obstacle_that_people_can_pick_has_a_starter(path: Path) -> None:
    spec = first_spec(path, "s9")
    assert set(spec["starters"]) == set(LOOKED_AHEAD) - {"ANDERS"}


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


def test_the_schema_in_the_folder_is_what_the_models_say_now() -> None:
    assert (SCRIPTS / "script.schema.json").read_text("utf-8") == schema_text()


def test_every_draaiboek_points_editors_to_the_schema(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=script.schema.json\n")


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    made = schema()
    names = set(re.findall(r'"\$ref": "#/\$defs/([^"]+)"', json.dumps(made)))
    assert names <= set(made["$defs"])
    assert set(made["$defs"]) <= names


def test_the_schema_ties_every_kind_to_its_own_spec() -> None:
    made = schema()
    ties = {tie["if"]["properties"]["kind"]["const"]: tie for tie in made["$defs"]["ScriptActivity"]["allOf"]}
    for name, kind in discover().items():
        spec = made["$defs"][ties[name]["then"]["properties"]["spec"]["$ref"].rpartition("/")[2]]
        assert set(spec["properties"]) == set(kind.Spec.model_fields)
        assert spec["additionalProperties"] is False


def test_every_key_of_a_draaiboek_is_described() -> None:
    made = schema()
    of_core = [made, *(made["$defs"][name] for name in ("Step", "ScriptActivity", "Cut", "Text"))]
    assert [key for model in of_core for key, field in model["properties"].items() if "description" not in field] == []
