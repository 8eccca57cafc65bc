"""The room: beats, languages, the own part, heartbeats. Real database and real seats; their lines end in a list."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader
from starlette.websockets import WebSocket

from app import logs
from app.core.contribute import contribute
from app.core.joining import join
from app.core.moving import activities_of, move_on
from app.core.people import merge
from app.core.workshop import Activity, Audience, Stage
from app.db import Database
from app.ids import random_id
from app.live import told as told_module
from app.live.presence import LINGER
from app.live.room import BEAT, Room
from app.live.rooms import Rooms
from app.live.seat import Seat
from app.render import environment
from tests.conftest import Cast

MARK = re.compile(r"<!--(\S+)-->$")


class Ear:
    """The far end of a seat's line: all that it was told."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.news = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.send":
            self.texts.append(message["text"])
            self.news.set()

    async def hears(self, *wanted: str) -> str:
        """The first text that holds all of `wanted`."""
        async with asyncio.timeout(8):
            while True:
                for text in self.texts:
                    if all(each in text for each in wanted):
                        return text
                self.news.clear()
                await self.news.wait()


class Hall:
    """Anna's room with whoever sits in it."""

    def __init__(self, db: Database, cast: Cast) -> None:
        self.db, self.cast = db, cast
        self.rooms = Rooms(db, "http://127.0.0.1")
        self.rooms.start()

    @property
    def room(self) -> Room:
        return self.rooms.room(self.cast.workshop.id)

    async def sit(self, audience: Audience, language: str = "nl", participant_id: str | None = None) -> Ear:
        ear = Ear()
        socket = WebSocket({"type": "websocket", "path": "/", "headers": []}, ear.receive, ear.send)
        await socket.accept()
        await self.room.take(Seat(socket, audience, language, participant_id))
        return ear

    async def activities(self) -> list[Activity]:
        async with self.db.read() as session:
            return list(await activities_of(session, self.cast.workshop.id))

    async def go(self, place: int) -> str:
        """To the activity at this place; whatever stands between counts as skipped."""
        async with self.db.read() as session:
            stage = await session.get_one(Stage, self.cast.workshop.id)
        leads_to = (await self.activities())[place].id
        await self.db.write(move_on, self.cast.workshop.id, f"{stage.activity_id}:open", f"{leads_to}:open")
        return leads_to


@pytest.fixture
async def hall(db: Database, cast: Cast) -> AsyncIterator[Hall]:
    logs.set_up()
    made = Hall(db, cast)
    yield made
    await made.rooms.close()


def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[Audience]:
    """How often each audience was looked at."""
    looks: Counter[Audience] = Counter()
    real: Callable[..., Any] = told_module.look

    def look(view: Any, seen: Any, former: Any = None, **more: Any) -> Any:
        looks[seen[0]] += 1
        return real(view, seen, former, **more)

    monkeypatch.setattr(told_module, "look", look)
    return looks


async def test_sixty_taps_are_a_few_looks(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = await hall.go(1)
    crowd = [await hall.db.write(join, hall.cast.workshop.id, f"browser {each}", "nl") for each in range(60)]
    wall, _ = await hall.sit(Audience.PROJECTOR), await hall.sit(Audience.FACILITATOR)
    phone = await hall.sit(Audience.PARTICIPANT, "nl", crowd[0].id)
    await wall.hears("Vraag open?")
    looks, loop = counted(monkeypatch), asyncio.get_running_loop()
    started, said = loop.time(), len(phone.texts)
    taps = (hall.db.write(contribute, person, poll, {"pick": "veel"}, random_id()) for person in crowd)
    await asyncio.gather(*taps)
    async with asyncio.timeout(8):
        while hall.room.mirror.rev < 0 or hall.room.view().ready < 60:
            wall.news.clear()
            await wall.news.wait()
    lasted = loop.time() - started
    for audience in Audience:
        assert looks[audience] <= lasted / BEAT[audience] + 2, audience
    assert sum("Vraag open?" in text for text in phone.texts[said:]) == 0  # another's tap is no news for a phone


async def test_each_language_hears_its_own_words(hall: Hall) -> None:
    dutch, english = await hall.sit(Audience.PARTICIPANT, "nl"), await hall.sit(Audience.PARTICIPANT, "en")
    await hall.go(1)
    assert "(en)" not in await dutch.hears("Vraag open?")
    assert "Vraag open? (en)" in await english.hears("Vraag open?")


async def test_a_template_that_breaks_shows_a_notice_and_the_room_goes_on(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall, phone = await hall.sit(Audience.PROJECTOR), await hall.sit(Audience.PARTICIPANT)
    made = environment("nl")
    assert made.loader
    notice = made.get_template("shared/unrenderable.html").render()
    broken = DictLoader({"activities/poll/projector.html": "{{ 1 // 0 }}"})
    with monkeypatch.context() as patch:
        patch.setattr(made, "loader", ChoiceLoader([broken, made.loader]))
        await hall.go(1)
        await wall.hears(notice)
        await phone.hears("Vraag open?")
    await hall.go(2)
    assert notice not in await wall.hears("Vraag verborgen?")
    await phone.hears("Vraag verborgen?")


async def test_only_who_has_said_something_is_asked_to_fetch_it(hall: Hall) -> None:
    poll = await hall.go(1)
    bas = await hall.db.write(join, hall.cast.workshop.id, "bas", "nl")
    chantal = await hall.db.write(join, hall.cast.workshop.id, "chantal", "nl")
    await hall.db.write(contribute, bas, poll, {"pick": "veel"}, random_id())
    await hall.go(2)
    his = await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    hers = await hall.sit(Audience.PARTICIPANT, "nl", chantal.id)
    await his.hears("Vraag verborgen?")
    await hall.go(1)
    asked = await his.hears('hx-target="#ask"', "hx-get")
    assert f"/activities/{poll}/mine" in asked
    assert his.texts.index(asked) > his.texts.index(await his.hears("Vraag open?"))
    await hers.hears("Vraag open?")
    assert not any("hx-get" in text and "/mine" in text for text in hers.texts)


async def test_a_heartbeat_names_the_state_that_the_last_frame_brought(hall: Hall) -> None:
    ears = [await hall.sit(audience) for audience in Audience]
    for place in (1, 2):
        await hall.go(place)
        question = ("Vraag open?", "Vraag verborgen?")[place - 1]
        await asyncio.gather(*(ear.hears(question) for ear in ears))
        async with hall.room._lock:
            await hall.room.heartbeat()
        for ear in ears:
            marks = [found[1] for text in ear.texts if (found := MARK.search(text))]
            beat = json.loads(ear.texts[-1])
            assert beat["mark"] == marks[-1]
            assert beat["now"] > 0


async def test_who_just_left_still_counts_as_present(hall: Hall) -> None:
    bas = await hall.db.write(join, hall.cast.workshop.id, "bas", "nl")
    for _ in range(2):  # two windows are one person
        await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    assert len(hall.room.presence.here()) == 1
    for seat in list(hall.room.seats.values()):
        hall.room.leave(seat)
    assert len(hall.room.presence.here()) == 1
    hall.room.presence.left[bas.id] -= LINGER + 1
    assert len(hall.room.presence.here()) == 0


async def test_a_newcomer_is_told_the_whole_present_at_once(hall: Hall) -> None:
    await hall.go(1)
    for audience in Audience:
        ear = await hall.sit(audience)
        assert 'hx-target="#screen"' in ear.texts[0]
        assert "Vraag open?" in ear.texts[0]


async def test_the_wall_is_told_when_one_falls_asleep_and_another_wakes(hall: Hall) -> None:
    """As many are here as before, but no longer all of those who are ready."""
    bas, chantal = [await hall.db.write(join, hall.cast.workshop.id, name, "nl") for name in ("bas", "chantal")]
    activity = await hall.go(1)
    await hall.db.write(contribute, bas, activity, {"pick": "veel"}, "k")
    wall = await hall.sit(Audience.PROJECTOR)
    await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    await wall.hears("1 van 1 klaar")
    for seat in [seat for seat in hall.room.seats.values() if seat.participant_id]:
        hall.room.leave(seat)
    hall.room.presence.left[bas.id] -= LINGER + 1
    await hall.sit(Audience.PARTICIPANT, "nl", chantal.id)
    await wall.hears("1 van 2 klaar")


async def test_who_becomes_one_with_another_comes_back_as_that_one(hall: Hall) -> None:
    bas, again = [await hall.db.write(join, hall.cast.workshop.id, name, "nl") for name in ("bas", "again")]
    here = await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    there = await hall.sit(Audience.PARTICIPANT, "nl", again.id)
    await hall.db.write(merge, hall.cast.workshop.id, again.id, bas.id)
    hall.room.mark()
    await there.hears('{"reload":1}')
    assert '{"reload":1}' not in here.texts
