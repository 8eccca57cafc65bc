"""The phone's own part: the form and what this person said. Never broadcast; in the page and in the reply to a tap."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from app import ids, render
from app.core.committing import own_commitment
from app.core.contribution import Contribution
from app.core.errors import NotFound, Refused
from app.core.grouping import buddy_of
from app.core.kind import KINDS, Shown
from app.core.participant import MailAddress, Participant
from app.core.settling import shown
from app.core.workshop import Activity
from app.db import Database
from app.live.screens import Typed, context
from app.live.view import View
from app.texts import gettext_noop as N_

_OWN = (
    select(Contribution)
    .where(
        col(Contribution.activity_id) == bindparam("activity"),
        col(Contribution.participant_id) == bindparam("participant"),
        col(Contribution.withdrawn).is_(False),
    )
    .order_by(col(Contribution.created_at), col(Contribution.id))
)


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
        view.mirror, view.workshop, view.stage, view.script, view.present, view.base_url, answered=activity
    )


async def personal_part(
    db: Database,
    view: View,
    participant: Participant,
    language: str,
    *,
    typed: Mapping[str, Any] | None = None,
    refusal: Refused | None = None,
    saved: bool = False,
) -> str:
    """`_mine.html` of the kind, with the own entries by slot."""
    assert view.activity
    kind = KINDS[view.activity.kind]
    values = context(view) | {
        "mine": await own_cards(db, view, participant),
        "typed": Typed.of(typed or {}),
        "refusal": refusal,
        "saved": saved,
        "participant": participant,
        "own": await own(db, participant) if kind.personal else None,
        "fresh_key": ids.random_id(),
    }
    return render.part(f"activities/{kind.name}/_mine.html", language, **values)


async def own_cards(db: Database, view: View, participant: Participant) -> dict[str, Shown[Any]]:
    """What this person said in the activity, by slot, from the database: the room's mirror may be a beat behind."""
    assert view.activity
    values = {"activity": view.activity.id, "participant": participant.id}
    async with db.read() as session:
        rows = (await session.exec(_OWN, params=values)).all()
    return {row.slot: shown(view.kind, row, view.mirror.curated.get(row.id, {})) for row in rows}


async def own(db: Database, participant: Participant) -> dict[str, Any]:
    """What a personal kind shows beside the entries: the saved commitment and whether an address was given."""
    async with db.read() as session:
        address = await session.get(MailAddress, participant.id)
        return {
            "commitment": await own_commitment(session, participant.id),
            "address": address,
            "buddy": await buddy_of(session, participant.id),
        }
