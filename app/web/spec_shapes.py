"""What sort of field a pydantic annotation asks for on a page."""

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.core.text import Text


def bare(annotation: Any) -> Any:
    """Without `Annotated` and without `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            rest = [each for each in get_args(annotation) if each is not type(None)]
            if len(rest) != 1:
                return annotation
            annotation = rest[0]
        else:
            return annotation


def inner(annotation: Any) -> Any:
    """Of what a list or a mapping consists."""
    arguments = [each for each in get_args(bare(annotation)) if each is not Ellipsis]
    return bare(arguments[-1]) if arguments else str


def is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def is_text(annotation: Any) -> bool:
    """`Text`, or a stricter one."""
    return isinstance(annotation, type) and issubclass(annotation, Text)


def is_of_the_room(info: FieldInfo) -> bool:
    """A list whose items carry an id is filled when the room arrives: nobody writes it."""
    return shape_of(info.annotation) == "list" and "id" in inner(info.annotation).model_fields


def shape_of(annotation: Any) -> str:
    """text, flag, number, line, choice, list (of models), lines (of words), mapping (word to text), group, or raw."""
    found = bare(annotation)
    if is_text(found):
        return "text"
    simple = {bool: "flag", int: "number", float: "number", str: "line"}
    if found in simple:
        return simple[found]
    if get_origin(found) is Literal:
        return "choice"
    if get_origin(found) in (tuple, list):
        return "list" if is_model(inner(found)) else "lines" if _is_word(inner(found)) else "raw"
    if get_origin(found) is dict and is_text(inner(found)):
        return "mapping"
    return "group" if is_model(found) else "raw"


def _is_word(annotation: Any) -> bool:
    return annotation is str or get_origin(annotation) is Literal


def is_optional(info: FieldInfo) -> bool:
    """Whether it may be left empty and then is not there."""
    return not info.is_required()


def limits(info: FieldInfo) -> Iterator[tuple[str, Any]]:
    """`ge`, `le`, `min_length`, `max_length` where they are set."""
    for each in info.metadata:
        for name in ("ge", "le", "min_length", "max_length"):
            if getattr(each, name, None) is not None:
                yield name, getattr(each, name)
