"""What a script asks and what a tap says: the two models that every kind has of its own."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.core.errors import Refused
from app.core.text import Text
from app.texts import gettext_noop as N_


class Spec(BaseModel):
    """What a script may ask of every kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Text
    help: Text | None = None
    hide: bool = Field(default=False, description="Results are in nobody's bytes until the trainer reveals them.")
    anonymous: bool = Field(default=True, description="No name is shown with an answer.")
    by_table: bool = Field(default=False, description="Only the phone with the pen of a table writes.")


class Entry(BaseModel):
    """What one tap may say."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Grade = Annotated[int, Field(ge=0, le=10)]


_MESSAGES = {
    "string_too_short": N_("Type something first."),
    "string_too_long": N_("That is too long. Use at most %(max_length)s signs."),
    "missing": N_("Something is missing. Fill it in or choose one."),
    "less_than_equal": N_("Choose at most %(le)s."),
    "greater_than_equal": N_("Choose at least %(ge)s."),
}


def refusal(error: ValidationError) -> Refused:
    """A pydantic error as a message for the person who typed."""
    first = error.errors()[0]
    field = ".".join(str(place) for place in first["loc"])
    message = _MESSAGES.get(first["type"], N_("That does not fit here. Choose one of the answers."))
    return Refused(message, field=field, **first.get("ctx", {}))
