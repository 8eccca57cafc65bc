"""The JSON Schema of a draaiboek, made from the models and every kind's Spec, so that editors complete and check it."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from app.core.kind import discover
from app.core.script import Script

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The one that YAML editors read best. Beside a `$ref` it ignores other keys, hence `_beside_refs`."""

_DESCRIPTIONS = {
    "Script": {
        "key": "The name of the draaiboek in addresses: small letters, digits and hyphens.",
        "title": "What trainers choose it by.",
        "summary": "For whom it is and what comes out, in two or three sentences.",
        "cut_order": "What is dropped first when time runs out. Never a step with `keep: true`.",
        "steps": "The steps in the order in which the room takes them.",
    },
    "Step": {
        "title": "The name of the step.",
        "goal": "What must be reached, in one line. Only the trainer sees it.",
        "say": "What the trainer can read aloud: short spoken sentences.",
        "watch": "What the trainer pays attention to.",
        "rescue": "What the trainer can do when it goes wrong: two moves or more.",
        "minutes": "The planned length of the step.",
        "activities": "What the room does, one after the other.",
    },
    "ScriptActivity": {
        "key": "A name for the activity, used once in its step.",
        "kind": "The way of working. It decides what `spec` may say.",
        "when": "`given`: only with an opgave that was typed beforehand. `draft`: only without one.",
    },
    "Cut": {
        "step": "The key of a step.",
        "activity": "The key of one activity in it. Without it the whole step is dropped.",
    },
    "Text": {"nl": "The Dutch text.", "en": "The English text."},
}
_OF_EVERY_SPEC = {
    "question": "What the room is asked.",
    "help": "One line under the question, on the phone.",
}


def schema() -> dict[str, Any]:
    """Draft-07. For each kind an if/then ties its name to its Spec; the same models give the same schema."""
    kinds = sorted(discover().items())
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Script, "validation")]
    models += [(kind.Spec, "validation") for _, kind in kinds]
    refs, made = models_json_schema(models, by_alias=True)
    definitions = made["$defs"]
    specs = {name: refs[kind.Spec, "validation"] for name, kind in kinds}
    _describe(definitions, [_named(ref) for ref in specs.values()])
    _tie(definitions["ScriptActivity"], specs)
    return {
        "$schema": DIALECT,
        "title": "Draaiboek",
        **_beside_refs(definitions.pop("Script")),
        "$defs": _beside_refs(dict(sorted(definitions.items()))),
    }


def schema_text() -> str:
    """`morgen script schema`: what stands in `workshops/script.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _named(ref: dict[str, Any]) -> str:
    name: str = ref["$ref"].rpartition("/")[2]
    return name


def _describe(definitions: dict[str, Any], specs: list[str]) -> None:
    for name, descriptions in [*_DESCRIPTIONS.items(), *((spec, _OF_EVERY_SPEC) for spec in specs)]:
        for field, description in descriptions.items():
            definitions[name]["properties"][field].setdefault("description", description)


def _tie(activity: dict[str, Any], specs: dict[str, dict[str, Any]]) -> None:
    properties = activity["properties"]
    properties["kind"] = {"enum": list(specs), "description": properties["kind"]["description"]}
    properties["spec"] = {"type": "object", "description": properties["spec"]["description"]}
    activity["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {"properties": {"spec": ref}},
        }
        for name, ref in specs.items()
    ]


def _beside_refs(node: Any) -> Any:
    """A `$ref` with neighbours as an `allOf` of it. Drops titles (they repeat the keys) and empty defaults."""
    if isinstance(node, list):
        return [_beside_refs(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _beside_refs(value) for key, value in node.items() if not _says_nothing(key, value)}
    if "$ref" in kept and len(kept) > 1:
        return {"allOf": [{"$ref": kept.pop("$ref")}], **kept}
    return kept


def _says_nothing(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, []))
