"""The mistakes of a draaiboek in the database, by the place where they stand: the same rules as for a file."""

from dataclasses import dataclass, field
from typing import Any

from app.core.flaw import Flaw
from app.core.marked_yaml import Marked, Place
from app.core.model_flaws import of_model
from app.core.script import Script
from app.core.script_rules import broken_rules
from app.texts import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class PlacedFlaw:
    """`place` leads to what is wrong, as deep as it is known. `what` and `mend` are msgids; `mend` may be empty."""

    place: Place
    what: str
    mend: str
    values: dict[str, object] = field(default_factory=dict)

    @property
    def step(self) -> int | None:
        """The index of the step in which it stands."""
        inside = len(self.place) > 1 and self.place[0] == "steps" and isinstance(self.place[1], int)
        return int(self.place[1]) if inside else None


_IN_A_FORM = {
    N_("The Dutch text is missing."): ("", ""),
    N_("The English text is missing."): ("", ""),
    N_("'%(key)s' is missing."): ("", ""),
    N_("'%(key)s' is empty."): ("", ""),
    N_("'%(key)s' must be a whole number."): ("", ""),
    N_("'%(key)s' must be a number."): ("", ""),
    N_("The key '%(key)s' is used twice."): ("", N_("Give it another name.")),
    N_("The steps take %(sum)s minutes together, but the draaiboek says %(planned)s."): (
        "",
        N_("Change the length, or the minutes of the steps."),
    ),
    N_("No step with 'keep: true' has a commitment."): (
        N_("No step that is never dropped has a commitment."),
        N_("Tick “Never drop this step” at the step with the commitment."),
    ),
    N_("The cut order names step '%(step)s', which has 'keep: true'."): (
        N_("%(step)s is never dropped, but goes out when time runs out."),
        N_("Take it off that list."),
    ),
}
"""What to say (where it differs) and what to do on a page: a file's words speak of lines, keys and quotes."""


def mistakes_in(document: dict[str, Any]) -> list[PlacedFlaw]:
    """Everything that `load_text` would refuse in this document, in the order in which it stands there."""
    places: list[Place] = [()]
    _number(document, (), places)
    # A flaw knows a line. Here every place is a line of its own, so that the line tells the place.
    lines = {place: number for number, place in enumerate(places)}
    marked = Marked(document, lines, lines, [])
    found = [*of_model(Script, document, marked), *broken_rules(marked)]
    placed = [_placed(flaw, places) for flaw in sorted(found, key=lambda flaw: flaw.line)]
    return [flaw for at, flaw in enumerate(placed) if flaw not in placed[:at]]


def _number(value: Any, place: Place, places: list[Place]) -> None:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in pairs:
        places.append((*place, part))
        _number(inner, (*place, part), places)


def _placed(flaw: Flaw, places: list[Place]) -> PlacedFlaw:
    what, mend = _IN_A_FORM.get(flaw.what, ("", flaw.mend))
    return PlacedFlaw(places[flaw.line], what or flaw.what, mend, flaw.values)
