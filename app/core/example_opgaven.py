"""The example opgaven that come with the product, with the weak sentence each grew from and the parties around it."""

from functools import lru_cache

from pydantic import Field, TypeAdapter

from app.core.marked_yaml import read
from app.core.script import Key, Part
from app.core.text import Text
from app.paths import SCRIPTS

EXAMPLES = SCRIPTS / "examples" / "opgaven.yaml"


class ExampleParty(Part):
    name: Text
    goal: Text = Field(description="What this party wants for itself.")


class ExampleOpgave(Part):
    """Made up: a screen that shows one says that it is an example."""

    key: Key
    domain: Text
    weak: Text = Field(description="A goal, a means or a slogan.")
    opgave: Text = Field(description="The same, with where, for whom and when.")
    parties: tuple[ExampleParty, ...] = Field(min_length=2, max_length=6)


_EXAMPLES = TypeAdapter(tuple[ExampleOpgave, ...])


@lru_cache
def example_opgaven() -> tuple[ExampleOpgave, ...]:
    """In the order of the file. Raises pydantic's ValidationError where the file is wrong."""
    return _EXAMPLES.validate_python(read(EXAMPLES.read_text("utf-8")).value)
