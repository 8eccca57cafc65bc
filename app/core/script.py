"""A draaiboek as data: title, lengths, cut order, and steps with their activities. Loaded by `script_file`."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.core.text import Text

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,40}$")]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScriptActivity(Part):
    """One activity: a kind and what the script asks of it. `when` chooses by how the opgave came about."""

    key: Key
    kind: Key
    when: Literal["always", "given", "draft"] = "always"
    spec: dict[str, Any] = Field(description="The kind's own Spec.")


class Step(Part):
    key: Key = Field(description="s0 … s11: the place in the method.")
    title: Text
    goal: Text
    say: Text
    watch: Text
    rescue: tuple[Text, ...] = Field(min_length=1)
    minutes: int = Field(ge=1, le=120)
    keep: bool = Field(default=False, description="True: may never be dropped (S9 and S10).")
    activities: tuple[ScriptActivity, ...] = Field(min_length=1)

    @property
    def mark(self) -> str:
        """`S5` for a step of the method; nothing for a pause."""
        return self.key.upper() if self.key[:1] == "s" and self.key[1:2].isdigit() else ""


class Cut(Part):
    """What is cut first when time runs out: a whole step, or one activity of it."""

    step: Key
    activity: Key | None = None


class Script(Part):
    key: Key
    title: Text
    summary: Text
    minutes: int = Field(ge=5, le=600, description="The planned length; the steps add up to it.")
    commit_at: int = Field(description="Minutes before the end at which the screen says: now to the commitment.")
    cut_order: tuple[Cut, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)


def number_of(step: str) -> int | None:
    """The place in the method of a step by its key: 0 to 11; None for what has none, such as a pause."""
    number = step.partition("-")[0].removeprefix("s")
    return int(number) if number.isdigit() else None
