"""Every kind with its example: nobody, one person and sixty people who answered, at any moment.

A kind's own test module gives `EXAMPLE_SPEC`, what a script may ask beside the question. What the n-th person sends is
the kind's own example, as a preview shows it; for a kind that offers none it is `example_form(n)` of the test module:
for every n another text, where the kind takes text.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.core.forgetting import free_texts
from app.core.kind import KINDS
from app.core.participant import Participant
from app.core.shown import Shown
from app.core.workshop import Activity
from app.db import Database
from app.live.mirror import Mirror
from app.live.view import View
from tests.activities.rooms import Form, text
from tests.scripts import both

COUNTS = (0, 1, 60)
SHORTEST = 5
"""Shorter words stand in any page."""
Example = tuple[dict[str, Any], Callable[[int], Form]]


def example(kind: str) -> Example:
    module = importlib.import_module(f"tests.activities.test_{kind}")
    made, spec = KINDS[kind], KINDS[kind].Spec.model_validate({"question": both("?"), **module.EXAMPLE_SPEC})
    if not made.example(spec, 0, "nl"):
        return module.EXAMPLE_SPEC, module.example_form
    return module.EXAMPLE_SPEC, lambda number: dict(made.example(spec, number, "nl")[0])


@dataclass(frozen=True)
class Rooms:
    """One kind, with nobody, one person and sixty people who answered; the results may wait for the reveal."""

    kind: str
    db: Database
    views: dict[int, View]
    people: list[Participant]

    def view(self, count: int = 60, phase: str = "open", **spec: Any) -> View:
        """The same answers at another moment, or under a script that asks a little otherwise."""
        mirror, here = self.views[count].mirror, self.views[count].activity
        assert here
        changed = Activity(**here.model_dump() | {"phase": phase, "spec": here.spec | spec})
        copy = Mirror(mirror.workshop_id, mirror.rev, mirror.workshop, mirror.stage, mirror.script, mirror.organisation)
        copy.activities = mirror.activities | {here.id: changed}
        copy.participants, copy.cards, copy.lasting = mirror.participants, mirror.cards, mirror.lasting
        return View.of(copy, frozenset(map(str, range(count))), "https://morgen.example")

    def leaks(self, html: str, audience: str, language: str = "nl") -> list[str]:
        """What of the sixty stands there that does not stand in an empty room (an example may say the same)."""
        empty = text(self.view(0), audience, language)
        return [each for each in self.typed() if each in html and each not in empty]

    def recut(self, view: View, **changed: Any) -> View:
        """Every card of a view that nobody looked at yet, changed in the same way."""
        assert view.activity
        cards = {card.id: replace(card, **changed) for card in self.views[60].cards}
        view.mirror.cards = {view.activity.id: cards}
        return view

    def typed(self, cards: Iterable[Shown[Any]] | None = None) -> list[str]:
        """What people typed in `cards`: in all sixty, where none are given."""
        names = free_texts(KINDS[self.kind].Entry)
        given = self.views[60].cards if cards is None else cards
        entries = [card.entry.model_dump(mode="json") for card in given]
        found = strings([value for entry in entries for name, value in entry.items() if name in names])
        return [each for each in found if len(each) >= SHORTEST]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)
