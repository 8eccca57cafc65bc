"""All rooms of this process: which of them stay, and what goes on when one of them fails."""

import asyncio

import pytest

from app.core.workshop import Audience
from app.live import rooms as rooms_module
from app.live.room import Room
from tests.live.test_room import Hall, hall

__all__ = ["hall"]


async def test_a_room_stays_for_who_still_waits_for_the_first_screen(hall: Hall) -> None:
    room = hall.room
    async with room._lock:
        coming = asyncio.create_task(hall.sit(Audience.PARTICIPANT))
        await asyncio.sleep(0)
        assert room.arriving
        await hall.rooms._sweep()
    ear = await coming
    assert hall.room is room
    await hall.go(1)
    await ear.hears("Vraag open?")


async def test_a_room_without_anybody_goes(hall: Hall) -> None:
    room = hall.room
    await hall.rooms._sweep()
    assert hall.room is not room


async def test_who_comes_while_a_room_is_let_go_sits_in_a_living_one(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, begun, goes_on = Room.close, asyncio.Event(), asyncio.Event()

    async def slowly(room: Room) -> None:
        begun.set()
        await goes_on.wait()
        await real(room)

    left = hall.room
    with monkeypatch.context() as patched:
        patched.setattr(Room, "close", slowly)
        sweeping = asyncio.create_task(hall.rooms._sweep())
        await begun.wait()
        ear = await hall.sit(Audience.PARTICIPANT)
        goes_on.set()
        await sweeping
    assert hall.room is not left
    assert len(hall.room.seats) == 1
    activity = await hall.go(1)
    await ear.hears(activity)


async def test_a_room_that_fails_has_the_others_hear_their_hearts(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = hall.rooms.room(hall.cast.elsewhere.id)
    ear, real = await hall.sit(Audience.PARTICIPANT), Room.heartbeat

    async def fails(room: Room) -> None:
        if room is broken:
            raise OSError
        await real(room)

    monkeypatch.setattr(Room, "heartbeat", fails)
    monkeypatch.setattr(rooms_module, "HEARTBEAT", 0.01)
    hall.rooms._tasks.append(asyncio.create_task(hall.rooms._hearts()))
    await ear.hears('"hb"')
    ear.texts.clear()
    await ear.hears('"hb"')


async def test_a_heartbeat_that_fails_is_not_the_last(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    ear = await hall.sit(Audience.PARTICIPANT)
    real, failed = type(hall.room).heartbeat, []

    async def fails_once(room: object) -> None:
        if not failed:
            failed.append(room)
            raise OSError
        await real(room)  # type: ignore[arg-type]

    monkeypatch.setattr(type(hall.room), "heartbeat", fails_once)
    monkeypatch.setattr(rooms_module, "HEARTBEAT", 0.01)
    hall.rooms._tasks.append(asyncio.create_task(hall.rooms._hearts()))
    await ear.hears('"hb"')
    assert failed
