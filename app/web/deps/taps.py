"""What a tap of a phone comes with."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.live.room import Room
from app.web.deps.forms import the_fields
from app.web.deps.languages import phone_language
from app.web.deps.visits import at_the_door, maybe_participant, this_participant


@dataclass(frozen=True, slots=True)
class Tap:
    """`form` is empty where nothing was sent."""

    request: Request
    workshop: Workshop
    participant: Participant
    language: str
    db: Database
    room: Room
    form: dict[str, Any] = field(default_factory=dict)


async def a_tap(code: str, request: Request) -> Tap:
    """One dependency that asks the others itself: this door is knocked at hundreds of times a second, and having eight
    of them resolved takes a tenth of a tap."""
    db: Database = request.app.state.db
    visit = await at_the_door(code, request, db)
    participant = await this_participant(await maybe_participant(visit, request, db))
    return await tap_of(request, visit[0], participant, await the_fields(request))


async def tap_of(request: Request, workshop: Workshop, participant: Participant, form: dict[str, Any]) -> Tap:
    """Of somebody who is known already."""
    state = request.app.state
    language = await phone_language(workshop, request)
    return Tap(request, workshop, participant, language, state.db, state.rooms.room(workshop.id), form)


ThisTap = Annotated[Tap, Depends(a_tap)]
