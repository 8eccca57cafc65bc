"""A form made from a pydantic model, and what was typed in it as the plain values that the model takes.

Names of inputs are paths: `activities.0.spec.options.2.label.nl`. A wrong value stays as it was typed, so that the
rules can say what is wrong with it and the form can come back with it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined, to_jsonable_python

from app.core.text import clean, whole
from app.web.field_labels import choice_called, label_of
from app.web.spec_shapes import bare, inner, is_model, is_of_the_room, is_optional, is_text, limits, shape_of

Tree = dict[str, Any]
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_SIGN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Input:
    """One field. `shape` is one of `spec_shapes`, or `picture`: a `data:` address that the editor's own door makes from
    a file. `groups` are the inputs of the items of a list or mapping; `item` what one item is called."""

    shape: str
    name: str
    label: str
    value: Any = None
    optional: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple["Input", ...], ...] = ()

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


def inputs_of(model: type[BaseModel], value: Any, at: str) -> tuple[Input, ...]:
    """The fields of a model with what `value` has for them; `at` is the path of the whole."""
    values = value if isinstance(value, dict) else {}
    return tuple(
        _input(name, info, values.get(name, _default(info)), f"{at}.{name}")
        for name, info in _fields(model)
        if not is_of_the_room(info)
    )


def _fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """A name that is only a handle comes last: people write the text first."""
    return sorted(
        model.model_fields.items(), key=lambda pair: pair[0] == "key" and shape_of(pair[1].annotation) == "line"
    )


def _input(name: str, info: FieldInfo, value: Any, at: str) -> Input:
    shape = "picture" if _is_picture(info) else shape_of(info.annotation)
    groups: tuple[tuple[Input, ...], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    if shape == "list":
        groups = tuple(_item(inner(info.annotation), each, f"{at}.{i}") for i, each in enumerate(_list(value)))
    elif shape == "group":
        groups = (inputs_of(bare(info.annotation), value, at),)
    elif shape == "mapping":
        pairs = value.items() if isinstance(value, dict) else ()
        groups = tuple(_pair(key, text, f"{at}.{i}") for i, (key, text) in enumerate(pairs))
    elif shape == "choice":
        known = [str(each) for each in get_args(bare(info.annotation)) if each]
        choices = tuple((each, choice_called(each)) for each in known)
    elif shape == "raw":
        value = json.dumps(value, ensure_ascii=False) if value is not None else ""
    optional = is_optional(info) and (
        value is None or info.default is None or value == "" or shape not in ("choice", "number")
    )
    return Input(shape, at, label_of(name, info), value, optional, dict(limits(info)), choices, groups)


def _is_picture(info: FieldInfo) -> bool:
    return isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("shape") == "picture"


def picture_of(model: type[BaseModel]) -> str:
    """The name of the field that holds an own picture; empty where the model has none."""
    return next((name for name, info in model.model_fields.items() if _is_picture(info)), "")


def _item(model: type[BaseModel], value: Any, at: str) -> tuple[Input, ...]:
    return (Input("text", at, label_of("label"), value),) if is_text(model) else inputs_of(model, value, at)


def _pair(key: str, text: Any, at: str) -> tuple[Input, ...]:
    return Input("line", f"{at}.key", label_of("key"), key), Input("text", f"{at}.text", label_of("label"), text)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _default(info: FieldInfo) -> Any:
    found = info.get_default(call_default_factory=True)
    return None if found is PydanticUndefined else to_jsonable_python(found)


def read_model(model: type[BaseModel], tree: Any) -> dict[str, Any]:
    """What was typed as the raw value of a model; what is empty and may be, or is the default, is left out."""
    typed = tree if isinstance(tree, dict) else {}
    found = {name: _read(info.annotation, typed.get(name)) for name, info in model.model_fields.items()}
    if not found.get("key", True) and shape_of(model.model_fields["key"].annotation) == "line":
        found["key"] = _handle(found.get("label"))
    return {
        name: value
        for name, value in found.items()
        if not (is_optional(info := model.model_fields[name]) and (_is_empty(value, info) or value == _default(info)))
    }


def _read(annotation: Any, node: Any) -> Any:
    shape, word = shape_of(annotation), clean(node) if isinstance(node, str) else ""
    match shape:
        case "text":
            return text_of(node)
        case "flag":
            return bool(word)
        case "number":
            return number_of(word)
        case "list":
            return [
                text_of(each) if is_text(inner(annotation)) else read_model(inner(annotation), each)
                for each in items(node)
            ]
        case "group":
            return read_model(bare(annotation), node)
        case "lines":
            return [line.strip() for line in str(word).splitlines() if line.strip()]
        case "mapping":
            pairs = [(str(clean(each.get("key", ""))), text_of(each.get("text"))) for each in items(node)]
            return {key: text for key, text in pairs if key or any(text.values())}
        case "raw":
            return _parsed(str(word))
    return word


def text_of(node: Any) -> dict[str, str]:
    typed = node if isinstance(node, dict) else {}
    return {name: str(clean(typed[name])) if isinstance(typed.get(name), str) else "" for name in ("nl", "en")}


def number_of(word: object) -> Any:
    return int(word) if isinstance(word, str) and _NUMBER.fullmatch(word) else word


def _parsed(word: str) -> Any:
    try:
        return json.loads(word) if word else None
    except (ValueError, RecursionError):
        return word


def _handle(label: Any) -> str:
    """`a-lot` for *A lot*: so that nobody has to think of a short name."""
    said = label.get("en") or label.get("nl") if isinstance(label, dict) else ""
    made = _SIGN.sub("-", str(said).lower()).strip("-")[:40].strip("-")
    return made if made[:1].isalpha() else f"x-{made}".strip("-") if made else ""


def _is_empty(value: Any, info: FieldInfo) -> bool:
    nothing: tuple[Any, ...] = ("", None, {"nl": "", "en": ""})
    return value in nothing or (value in ([], {}) and _default(info) in (None, [], {}))


def items(node: Any) -> list[Tree]:
    """The items of a repeated fieldset in their order."""
    if not isinstance(node, dict):
        return []
    numbered = [(at, each) for name, each in node.items() if (at := whole(name)) is not None and isinstance(each, dict)]
    return [each for _, each in sorted(numbered, key=itemgetter(0))]


def example_of(model: type[BaseModel]) -> dict[str, Any]:
    """The least that has the shape of a model: empty texts, and as many items as it needs."""
    return {name: _least(info) for name, info in model.model_fields.items() if not is_optional(info)}


def _least(info: FieldInfo) -> Any:
    shape, found = shape_of(info.annotation), dict(limits(info))
    if shape == "list":
        item = inner(info.annotation)
        return [{"nl": "", "en": ""} if is_text(item) else example_of(item) for _ in range(found.get("min_length", 1))]
    if shape == "choice":
        return get_args(bare(info.annotation))[0]
    if shape == "group" and is_model(bare(info.annotation)):
        return example_of(bare(info.annotation))
    empty = {"text": {"nl": "", "en": ""}, "flag": False, "number": found.get("ge", 0), "lines": [], "mapping": {}}
    return empty.get(shape, "")
