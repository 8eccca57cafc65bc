"""The contract of a kind: one way of working, driven by its spec.

A kind is one module in `app/activities`, one template folder and one test module, found by discovery; no other code
names it. Its methods are pure: the verbs in `contribute` and `moving` write what they return.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.core.drafts import Draft, Settlement
from app.core.errors import Refused
from app.core.lasting import Need, Party
from app.core.text import Text
from app.core.workdays import DaysOff
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

S = TypeVar("S", bound=Spec)
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Shown(Generic[E]):
    """One contribution as the room may see it. `text` is the trainer's wording where it was edited, else empty; `into`
    the card that it was merged into; `absorbed` those that were merged into it; `at` when it was first sent."""

    id: str
    participant_id: str
    slot: str
    entry: E
    text: str = ""
    hidden: bool = False
    parked: bool = False
    into: str = ""
    absorbed: tuple[str, ...] = ()
    name: str = ""
    at: datetime | None = None

    @property
    def merged(self) -> int:
        """How many say the same."""
        return len(self.absorbed)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an entry is judged by, beside the spec: the phone's language, the room's present opgave, local time."""

    language: str = "nl"
    opgave: str = ""
    now: datetime = datetime(2000, 1, 3, tzinfo=UTC)
    days_off: DaysOff = field(default_factory=DaysOff)


@dataclass(frozen=True, slots=True)
class Made:
    """What the group made so far, in the order in which it counts: for a spec that asks about it."""

    needs: Sequence[Need] = ()
    parties: Sequence[Party] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """The matter that somebody wants to steer less from tomorrow. `leave` is a code of what may then stay undone, as
    the commitment asks it; empty where none follows."""

    matter: Text
    leave: str = ""


class Kind(Generic[S, E]):
    """Subclass once a module; `name` is the module's name. Override where the kind differs."""

    name: ClassVar[str]
    personal: ClassVar[bool] = False
    """True: every phone's own part differs, so all seats ask for it when the stage moves."""
    takes_entries: ClassVar[bool] = True
    at_any_time: ClassVar[bool] = False
    """True: a phone may answer before the stage is there, and until midnight after the workshop closed."""
    Spec: ClassVar[type[Any]] = Spec
    Entry: ClassVar[type[Any]] = Entry

    names_parties: ClassVar[bool] = False
    """True: here the room names the parties."""

    completes: ClassVar[bool] = False
    prepares: ClassVar[bool] = False
    hands: ClassVar[bool] = False
    turns: ClassVar[bool] = False
    """Set where the class overrides `complete`, `prepare`, `hand_on`, `turned`: others cost no look at rows for it."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.completes = cls.complete is not Kind.complete
        cls.hands = cls.hand_on is not Kind.hand_on
        cls.prepares = cls.prepare is not Kind.prepare
        cls.turns = cls.turned is not Kind.turned
        if "name" in cls.__dict__:
            KINDS[cls.name] = cls()

    def parse(self, form: Mapping[str, Any]) -> E:
        """The form of a tap as an entry. Raises Refused that names the first wrong field."""
        try:
            entry: E = self.Entry.model_validate(form)
        except ValidationError as error:
            raise refusal(error) from error
        return entry

    def prepare(self, spec: S, made: Made) -> S:
        """The spec as it is asked, when the room arrives: with what the group made before this."""
        return spec

    def needs_parties(self, spec: S) -> bool:
        """Whether there is nothing to ask while no party was named."""
        return False

    def slot(self, entry: E, key: str) -> str:
        """Where the entry goes; `key` is the phone's own random key for this form."""
        return "one"

    def allow(self, spec: S, mine: Mapping[str, E], entry: E) -> None:
        """Raises Refused when this participant, who has `mine` by slot, may not say `entry`."""

    def complete(self, spec: S, mine: Mapping[str, E], entry: E, around: Surroundings) -> E:
        """The entry as it is stored; a kind may add what it finds (a verdict)."""
        return entry

    def needs_pen(self, entry: E) -> bool:
        """Whether `by_table` keeps this entry to the phone with the pen."""
        return True

    def is_ready(self, entry: E, revealed: bool) -> bool:
        """Whether a participant with this entry counts as ready, before or after the reveal."""
        return True

    def tally(self, spec: S, shown: Sequence[Shown[E]]) -> Any:
        """What is shown of all entries: a frozen value."""
        return None

    def hand_on(self, spec: S, entry: E) -> Draft | None:
        """What of this entry lives on after the workshop."""
        return None

    def turned(self, spec: S, entry: E) -> Turned | None:
        """What of this entry its owner is reminded of in the commitment; nobody else sees it."""
        return None

    def settle(self, spec: S, tally: Any) -> Iterable[Settlement]:
        """What the group made, written at reveal and at close."""
        return ()

    def measured(self, spec: S, tally: Any, name: str) -> float | None:
        """The middle of what the room answered to a point of this name; None where it was not asked."""
        return None

    def pages(self, tally: Any) -> int:
        """Over how many pages the wall can be leafed; 1 where all stands on it."""
        return 1

    def example(self, spec: S, number: int, language: str) -> Sequence[Mapping[str, Any]]:
        """The forms that the person of this number might send, in order; none where the kind offers no example."""
        return ()

    def card_text(self, entry: E) -> str | None:
        """The text that the trainer may edit or hide as a card; None: entries are no cards."""
        return None


KINDS: dict[str, Kind[Any, Any]] = {}


def discover() -> dict[str, Kind[Any, Any]]:
    """Import every module in `app.activities`; a new kind needs no registration."""
    package = importlib.import_module("app.activities")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"app.activities.{module.name}")
    return KINDS


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
