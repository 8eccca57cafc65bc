"""A room with one activity on the stage, by hand or from a database, drawn as the audiences see it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app import ids, render
from app.core.advancing import advance
from app.core.contribute import contribute
from app.core.joining import join
from app.core.kind import KINDS
from app.core.lasting import Commitment
from app.core.moving import activities_of, move_on
from app.core.participant import Participant
from app.core.shown import Shown
from app.core.workshop import Activity, Stage, Workshop
from app.db import Database
from app.live.mirror import Mirror
from app.live.screens import Typed, context
from app.live.view import View
from app.sheet import Sheet
from tests.conftest import make_cast
from tests.scripts import activity, small_script

Form = dict[str, Any]
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
    return View.of(mirror, frozenset(mirror.participants), "https://morgen.example")


def screen(room: View, audience: str, language: str = "nl", former: Sheet | None = None) -> Sheet:
    """The parts of one screen. Fails when one of them could not be drawn."""
    drawn = render.sheet(f"{audience}/screen.html", language, former, **context(room))
    broken = render.part("shared/unrenderable.html", language)
    assert broken not in drawn.parts.values()
    return drawn


def text(room: View, audience: str, language: str = "nl") -> str:
    return screen(room, audience, language).assemble("screen")


Said = Shown[Any] | Sequence[Shown[Any]] | None


def own_part(room: View, mine: Said = None, language: str = "nl", **changed: Any) -> str:
    """The form of one phone, with what its owner said."""
    assert room.activity
    said = [mine] if isinstance(mine, Shown) else mine or []
    values = context(room) | {"fresh_key": ids.random_id(), "mine": {each.slot: each for each in said}} | changed
    values["typed"] = Typed.of(changed.get("typed", {}))
    return render.part(f"activities/{room.activity.kind}/_mine.html", language, **values)


async def filled(
    db: Database, kind: str, forms: Sequence[dict[str, Any]], **spec: Any
) -> tuple[View, list[Participant]]:
    """A room from a database: one activity of `kind`, opened, and one participant for each form who sent it by the real
    verb. Who takes part has a name that stands nowhere else."""
    cast = await make_cast(db, script=small_script(activity("nu", kind, **spec)), opgave="")
    async with db.read() as session:
        arrival, here = (await activities_of(session, cast.workshop.id))[:2]
    await db.write(move_on, cast.workshop.id, f"{arrival.id}:open", f"{here.id}:open")
    people = []
    for number, form in enumerate(forms):
        person = await db.write(join, cast.workshop.id, f"phone {number}", "nl")
        if KINDS[kind].takes_entries:
            await db.write(contribute, person, here.id, form, f"key-{number}")
        await db.write(_call, person.id, f"Zwaantje{number}x")
        people.append(person)
    return await seen(db, cast.workshop.id, len(people)), people


async def seen(db: Database, workshop_id: str, present: int) -> View:
    """The room as a process sees it that has just come up."""
    mirror = Mirror(workshop_id)
    assert await mirror.refresh(db)
    return View.of(mirror, frozenset(map(str, range(present))), "https://morgen.example")


async def _call(session: AsyncSession, participant_id: str, name: str) -> None:
    person = await session.get_one(Participant, participant_id)
    person.name = name
    person.rev = await advance(session, person.workshop_id)
    session.add(person)
