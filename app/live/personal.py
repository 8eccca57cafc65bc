"""The phone's own part: the form and what this person said. Never broadcast; in the page and in the reply to a tap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from app import ids, render
from app.core import contribute
from app.core.committing import own_commitment
from app.core.contribution import Said
from app.core.drafts import Turned
from app.core.errors import NotFound, Refused
from app.core.grouping import buddy_of
from app.core.kind import KINDS
from app.core.participant import MailAddress, Participant
from app.core.settling import shown
from app.core.workshop import Activity
from app.db import Database
from app.live.screens import Typed, context
from app.live.view import View
from app.texts import gettext_noop as N_

log = structlog.get_logger()


@dataclass(frozen=True)
class PersonalView(View):
    """A view in which another activity than the stage's may be the one that is answered."""

    answered: Activity | None = None

    @property
    def activity(self) -> Activity | None:
        return self.answered

    @property
    def takes(self) -> bool:
        return bool(self.answered and self.kind.takes_entries and self.answered.phase != "closed")


def personal_view(view: View, activity_id: str) -> View:
    """The view of the activity that a tap was for. Raises NotFound for one of another workshop."""
    if view.activity is not None and view.activity.id == activity_id:
        return view
    activity = view.mirror.activities.get(activity_id)
    if activity is None:
        raise NotFound(N_("This question is not part of this workshop."))
    return PersonalView(
        view.mirror, view.workshop, view.stage, view.script, view.here, view.base_url, answered=activity
    )


async def personal_part(
    db: Database,
    view: View,
    participant: Participant,
    language: str,
    *,
    typed: Mapping[str, Any] | None = None,
    refusal: Refused | None = None,
    saved: str = "",
    said: Sequence[Said] | None = None,
) -> str:
    """`_mine.html` of the kind, with the own entries by slot; `said` where that was read already. `saved`: the id of
    the contribution that was kept just now."""
    assert view.activity
    said = await _said(db, view.activity, participant) if said is None else said
    kind = KINDS[view.activity.kind]
    values = context(view) | {
        "mine": {each.slot: shown(view.kind, each, view.mirror.curated.get(each.id, {})) for each in said},
        "typed": Typed.of(typed or {}),
        "refusal": refusal,
        "saved": saved,
        "participant": participant,
        "own": await own(db, participant) | {"turned": await turned(db, view, participant)} if kind.personal else None,
        "fresh_key": ids.random_id(),
    }
    try:
        return render.part(f"activities/{kind.name}/_mine.html", language, **values)
    except Exception:
        log.exception("an own part cannot be drawn", kind=kind.name)
        return render.part("shared/unrenderable.html", language)  # which says that the answers are safe


async def _said(db: Database, activity: Activity, participant: Participant) -> Sequence[Said]:
    """From the database: the room's mirror may be a beat behind."""
    async with db.read() as session:
        return await contribute.own(session, activity.id, participant.id)


async def own(db: Database, participant: Participant) -> dict[str, Any]:
    """What a personal kind shows beside the entries: the saved commitment and whether an address was given."""
    async with db.read() as session:
        address = await session.get(MailAddress, participant.id)
        return {
            "commitment": await own_commitment(session, participant.id),
            "address": address,
            "buddy": await buddy_of(session, participant.id),
        }


async def turned(db: Database, view: View, participant: Participant) -> list[Turned]:
    """What this person wants to steer less from tomorrow, as they said in this workshop."""
    found = []
    for activity in view.mirror.activities.values():
        kind = KINDS[activity.kind]
        if kind.turns and not activity.skipped:
            spec = kind.Spec.model_validate(activity.spec)
            said = await _said(db, activity, participant)
            found += [kind.turned(spec, kind.Entry.model_validate(each.entry)) for each in said]
    return [each for each in found if each]
