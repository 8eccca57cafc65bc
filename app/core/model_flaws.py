"""What a pydantic model finds wrong in a marked YAML text, as flaws that say what to do."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from app.core.flaw import Flaw
from app.core.marked_yaml import Marked, Place
from app.core.script import Key
from app.core.text import Text
from app.texts import gettext_noop as N_

MOST = 200
"""More would help nobody: such a text is something else than a draaiboek."""
_TEXT_MISSING = {
    "nl": (
        N_("The Dutch text is missing."),
        N_("Write it after 'nl:'. A draaiboek has every text in both languages."),
    ),
    "en": (
        N_("The English text is missing."),
        N_("Write it after 'en:'. A draaiboek has every text in both languages."),
    ),
}
_MISSING = (N_("'%(key)s' is missing."), N_("Add '%(key)s:' here."))
_EMPTY = (N_("'%(key)s' is empty."), N_("Write something after '%(key)s:'."))
_UNKNOWN = N_("'%(key)s' is no key that may stand here.")
_MEANT = N_("Do you mean '%(near)s'?")
_COMMA = N_("Is it part of the text before it? Put that whole text in quotes, because of the comma.")
_CHOOSE = N_("Choose one of these: %(known)s.")
_MAPPING = (N_("'%(key)s' must have keys of its own."), N_("Write them on the lines below it, indented."))
_LIST = (N_("'%(key)s' must be a list."), N_("Begin every item on a line of its own with '- '."))
_WHOLE = (N_("'%(key)s' must be a whole number."), N_("Write digits only, without quotes."))
_NUMBER = (N_("'%(key)s' must be a number."), N_("Write digits only, without quotes."))
_BOOLEAN = (N_("'%(key)s' must be true or false."), N_("Write true or false, without quotes."))
_LOW = N_("'%(key)s' is too low.")
_HIGH = N_("'%(key)s' is too high.")
_FORM = N_("'%(value)s' does not have the form of '%(key)s'.")
_MESSAGES: dict[str, tuple[str, str]] = {
    "string_type": (N_("'%(key)s' must be a text."), N_("Put it in quotes.")),
    "string_too_short": (N_("'%(key)s' is too short."), N_("Use at least %(min_length)s signs.")),
    "string_too_long": (N_("'%(key)s' is too long."), N_("Use at most %(max_length)s signs.")),
    "string_pattern_mismatch": (_FORM, N_("It must fit this pattern: %(pattern)s")),
    "too_short": (N_("'%(key)s' has too few items."), N_("Give at least %(min_length)s.")),
    "too_long": (N_("'%(key)s' has too many items."), N_("Give at most %(max_length)s.")),
    "greater_than_equal": (_LOW, N_("Use at least %(ge)s.")),
    "greater_than": (_LOW, N_("Use more than %(gt)s.")),
    "less_than_equal": (_HIGH, N_("Use at most %(le)s.")),
    "less_than": (_HIGH, N_("Use less than %(lt)s.")),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type", "mapping_type"), _MAPPING),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), _LIST),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _WHOLE),
    **dict.fromkeys(("float_type", "float_parsing"), _NUMBER),
    **dict.fromkeys(("bool_type", "bool_parsing"), _BOOLEAN),
}
_OTHER = (N_("'%(key)s' does not fit here."), N_("The program says: %(detail)s"))
_KEY_FORM = N_("Use small letters, digits and hyphens, and begin with a letter.")
_KEY_PATTERN = get_args(Key)[1].pattern


def of_model(model: type[BaseModel], value: Any, marked: Marked, at: Place = ()) -> Iterator[Flaw]:
    """The flaws of `value`, which stands at `at` in the text, as a `model`. At most MOST."""
    try:
        model.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False)[:MOST]
        meant = {_meant(model, details["loc"]) for details in found if _is_unknown(details)}
        for details in found:
            if not _follows(details, meant):
                yield _flaw(model, details, marked, at)


def nearest(word: str, known: list[str]) -> tuple[str, dict[str, object]]:
    """What to do about a word that is not `known`: the one that was meant, or all that there are."""
    if near := difflib.get_close_matches(word[:60], known, 1):
        return _MEANT, {"near": near[0]}
    return _CHOOSE, {"known": ", ".join(known)}


def _is_unknown(details: Mapping[str, Any]) -> bool:
    return bool(details["type"] == "extra_forbidden")


def _meant(model: type[BaseModel], loc: Place) -> Place:
    """Where a key that is not known should have stood; () when it looks like none."""
    near = nearest(str(loc[-1]), _keys(model, loc[:-1]))[1].get("near")
    return (*loc[:-1], str(near)) if near else ()


def _follows(details: Mapping[str, Any], meant: set[Place]) -> bool:
    """What is wrong only because something else is: a misspelt key is missing, a list with a wrong item too short."""
    if details["type"] == "too_short":
        return bool(len(details["input"]) >= details["ctx"]["min_length"])
    return details["type"] == "missing" and details["loc"] in meant


def _flaw(model: type[BaseModel], details: Mapping[str, Any], marked: Marked, at: Place) -> Flaw:
    loc: Place = details["loc"]
    sort, place, key = details["type"], (*at, *loc), _name((*at, *loc))
    value = str(details["input"])[:60]
    values = {"key": key, "value": value, "detail": details["msg"], **details.get("ctx", {})}
    if _is_unknown(details):
        mend, more = nearest(str(loc[-1]), _keys(model, loc[:-1]))
        if details["input"] is None and mend != _MEANT:
            mend = _COMMA
        return Flaw(marked.line(place, key=True), _UNKNOWN, mend, {"key": loc[-1], **more})
    if sort in ("literal_error", "enum"):
        known = values["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        mend, more = nearest(value, known)
        return Flaw(marked.line(place), N_("'%(value)s' cannot stand at '%(key)s'."), mend, {**values, **more})
    if sort == "value_error":
        return Flaw(marked.line(place), str(values["error"]), N_("Change it here."))
    return Flaw(marked.line(place, key=_nothing(details)), *_message(model, details), values)


def _nothing(details: Mapping[str, Any]) -> bool:
    return details["type"] == "missing" or details["input"] in (None, "")


def _message(model: type[BaseModel], details: Mapping[str, Any]) -> tuple[str, str]:
    sort, loc = details["type"], details["loc"]
    if _nothing(details):
        if loc and loc[-1] in _TEXT_MISSING and Text in _models_at(model, loc[:-1]):
            return _TEXT_MISSING[loc[-1]]
        return _MISSING if sort == "missing" else _EMPTY
    if sort == "string_pattern_mismatch" and details["ctx"]["pattern"] == _KEY_PATTERN:
        return _FORM, _KEY_FORM
    return _MESSAGES.get(sort, _OTHER)


def _name(place: Place) -> str:
    """How a person calls a place: its last key, with the numbers (from 1) of the items in it."""
    words = [str(part + 1) if isinstance(part, int) else part for part in place]
    last = max((index for index, part in enumerate(place) if isinstance(part, str)), default=0)
    return " ".join(words[last:]) or "draaiboek"


def _keys(model: type[BaseModel], loc: Place) -> list[str]:
    return [name for found in _models_at(model, loc) for name in found.model_fields]


def _models_at(model: type[BaseModel], loc: Place) -> list[type[BaseModel]]:
    """The models that may stand at `loc`. A part that is no field is an index or the key of a dict."""
    found = [model]
    for part in loc:
        fields = [one.model_fields[part] for one in found if isinstance(part, str) and part in one.model_fields]
        found = [inner for field in fields for inner in _inside(field.annotation)] if fields else found
    return found


def _inside(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in get_args(annotation) for found in _inside(argument)]
