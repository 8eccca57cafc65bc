"""The schema that editors use says what the models say."""

import json
import re

from app.core.kind import discover
from app.core.script_schema import schema, schema_text
from app.paths import SCRIPTS


def test_the_schema_in_the_folder_is_what_the_models_say_now() -> None:
    assert (SCRIPTS / "script.schema.json").read_text("utf-8") == schema_text()


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
