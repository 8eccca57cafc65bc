"""A room without a database: one activity on the stage, drawn as the audiences see it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app import ids, render
from app.core.kind import KINDS, Shown
from app.core.lasting import Commitment
from app.core.participant import Participant
from app.core.workshop import Activity, Stage, Workshop
from app.live.mirror import Mirror
from app.live.screens import Typed, context
from app.live.view import View
from app.render import Sheet
from tests.scripts import activity, small_script

STARTED = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)  # a Tuesday, 13:30 in Amsterdam


def shown(kind: str, number: int, form: dict[str, Any], **changed: Any) -> Shown[Any]:
    return Shown(f"c{number}", f"p{number}", "one", KINDS[kind].parse(form), **changed)


def view(
    kind: str,
    cards: Sequence[Shown[Any]] = (),
    people: Sequence[Participant] = (),
    commitments: Sequence[Commitment] = (),
    *,
    phase: str = "open",
    status: str = "open",
    **spec: Any,
) -> View:
    """The view with one activity of `kind` on the stage; `spec` is what its script asks beside the question."""
    script = small_script(activity("nu", kind, **spec))
    here = Activity(
        id="a1", workshop_id="w1", position=1, step="s1", key="nu", kind=kind, phase=phase,
        spec=script.steps[1].activities[0].spec,
    )  # fmt: skip
    workshop = Workshop(
        id="w1", code="BCDFGH", organisation_id="o1", trainer_id="t1", title="Proef", starts_at=STARTED,
        opened_at=STARTED, status=status, script={}, minutes=15,
    )  # fmt: skip
    mirror = Mirror("w1", 1, workshop, Stage(workshop_id="w1", activity_id="a1"), script)
    mirror.activities = {"a1": here}
    mirror.participants = {each.id: each for each in people}
    mirror.cards = {"a1": {card.id: card for card in cards}}
    mirror.lasting = {Commitment: {each.id: each for each in commitments}}
    return View.of(mirror, len(people), "https://morgen.example")


def screen(room: View, audience: str, language: str = "nl", former: Sheet | None = None) -> Sheet:
    """The parts of one screen. Fails when one of them could not be drawn."""
    drawn = render.sheet(f"{audience}/screen.html", language, former, **context(room))
    broken = render.part("shared/unrenderable.html", language)
    assert broken not in drawn.parts.values()
    return drawn


def text(room: View, audience: str, language: str = "nl") -> str:
    return screen(room, audience, language).assemble("screen")


def own_part(room: View, mine: Shown[Any] | None = None, language: str = "nl", **changed: Any) -> str:
    """The form of one phone, with what its owner said."""
    assert room.activity
    values = context(room) | {"fresh_key": ids.random_id(), "mine": {mine.slot: mine} if mine else {}} | changed
    values["typed"] = Typed.of(changed.get("typed", {}))
    return render.part(f"activities/{room.activity.kind}/_mine.html", language, **values)
