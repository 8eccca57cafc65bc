"""The contract of a kind: one way of working, driven by its spec.

A kind is one module in `app/activities` (a package where it is large), one template folder and one test module, found
by discovery; no other code names it. Its methods are pure: the verbs in `contribute` and `moving` write what they
return.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import ValidationError

from app.core.drafts import Draft, Settlement, Turned
from app.core.entry import Entry, Spec, refusal
from app.core.places import IN_HAND
from app.core.shown import Shown
from app.core.surroundings import Made, Surroundings

S = TypeVar("S", bound=Spec)
E = TypeVar("E", bound=Entry)


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

    def on_a_page(self, tally: Any) -> int:
        """How many cards stand on one page of the wall."""
        return IN_HAND

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
