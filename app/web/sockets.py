"""The three sockets. They only send; commands come by POST."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from app.core.errors import Refused
from app.core.workshop import Audience, Workshop
from app.live.rooms import Rooms
from app.live.seat import Seat
from app.web.deps.guests import ThisGuest
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db, LiveRooms
from app.web.deps.trainers import maybe_trainer
from app.web.deps.visits import ShownWorkshop, ThisWorkshop
from app.web.facilitating import MaybeFacilitator, maybe_facilitator

router = APIRouter()
log = structlog.get_logger()
MayStay = Callable[[], Awaitable[bool]]
MOST_SEATS = 10
"""Windows of one person in a process; one more is told to come back later, and polls meanwhile."""
COME_LATER = 1013
LOOK_AGAIN = 60.0
"""Seconds between two looks at whether this seat may still be here."""


@router.websocket("/w/{code}/live/participant")
async def participant(socket: WebSocket, guest: ThisGuest) -> None:
    if guest.participant is None:
        await _turn_away(socket)
        return
    # The room sees who is taken out: thousands of phones need no watch each.
    seat = Seat(socket, Audience.PARTICIPANT, guest.language, guest.participant.id)
    await _sit(guest.rooms, guest.workshop, seat)


@router.websocket("/w/{code}/live/facilitator")
async def facilitator(
    socket: WebSocket,
    workshop: ThisWorkshop,
    someone: MaybeFacilitator,
    language: PhoneLanguage,
    rooms: LiveRooms,
    db: Db,
) -> None:
    if someone is None:
        await _turn_away(socket)
        return

    async def may_stay() -> bool:
        return await maybe_facilitator(workshop, await maybe_trainer(socket, db), socket, db) is not None

    await _sit(rooms, workshop, Seat(socket, Audience.FACILITATOR, language), may_stay)


@router.websocket("/w/{code}/live/projector/{token}")
async def projector(socket: WebSocket, workshop: ShownWorkshop, language: PhoneLanguage, rooms: LiveRooms) -> None:
    await _sit(rooms, workshop, Seat(socket, Audience.PROJECTOR, language))


async def _turn_away(socket: WebSocket) -> None:
    """A refused handshake is retried for ever: accept, have the page load itself anew, and go."""
    await socket.accept()
    await socket.send_text('{"reload":1}')
    await socket.close(1008)


async def _sit(rooms: Rooms, workshop: Workshop, seat: Seat, may_stay: MayStay | None = None) -> None:
    await seat.socket.accept()
    room = rooms.room(workshop.id)
    if seat.participant_id and room.presence.seated[seat.participant_id] >= MOST_SEATS:
        await seat.socket.close(COME_LATER)
        return
    watch = asyncio.create_task(_watch(seat, may_stay)) if may_stay else None
    try:
        await room.take(seat)
        while True:  # keeps reading: pongs are read only while the app reads
            await seat.socket.receive_text()
    except (WebSocketDisconnect, RuntimeError, LookupError, Refused):
        pass
    finally:
        if watch is not None:
            watch.cancel()
        room.leave(seat)


async def _watch(seat: Seat, may_stay: MayStay) -> None:
    while True:
        await asyncio.sleep(LOOK_AGAIN)
        try:
            if await may_stay():
                continue
        except Exception:
            log.exception("whether somebody may stay could not be seen")
            continue
        await seat.dismiss()
        return
