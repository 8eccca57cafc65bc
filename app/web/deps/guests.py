"""Who comes to the door of a room, and what the door needs to answer."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.live.rooms import Rooms
from app.web.deps.languages import phone_language
from app.web.deps.visits import at_the_door, maybe_participant


@dataclass(frozen=True, slots=True)
class Guest:
    """`participant` is None for who is not in."""

    workshop: Workshop
    participant: Participant | None
    language: str
    db: Database
    rooms: Rooms


async def a_guest(code: str, connection: HTTPConnection) -> Guest:
    """One dependency that asks the others itself, as for a tap: when a hall comes in this is knocked at by all at
    once, and to have ten of them resolved takes an eighth of what coming in takes."""
    state = connection.app.state
    visit = await at_the_door(code, connection, state.db)
    participant = await maybe_participant(visit, connection, state.db)
    return Guest(visit[0], participant, await phone_language(visit[0], connection), state.db, state.rooms)


ThisGuest = Annotated[Guest, Depends(a_guest)]
