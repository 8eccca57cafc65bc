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
from app.core.deleting import delete_workshop
from app.core.grouping import draw_groups
from app.core.joining import join
from app.core.moving import activities_of, close_workshop, move_on, set_phase
from app.core.people import merge
from app.core.workshop import Activity, Audience, Stage
from app.db import Database
from app.ids import random_id
from app.live import mirror
from app.live import told as told_module
from app.live.asking import caught_up
from app.live.presence import LINGER
from app.live.room import BEAT, Room
from app.live.rooms import Rooms
from app.live.seat import Seat
from app.render import environment
from app.web import sockets
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


async def test_a_question_that_is_closed_and_opened_again_shows_what_somebody_said(hall: Hall) -> None:
    poll = await hall.go(1)
    bas = await hall.db.write(join, hall.cast.workshop.id, "bas", "nl")
    await hall.db.write(contribute, bas, poll, {"pick": "veel"}, random_id())
    his = await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    for phase, element in (("closed", f"#mine-{poll}-closed"), ("open", f"#mine-{poll}")):
        his.texts.clear()
        await hall.db.write(set_phase, hall.cast.workshop.id, poll, phase)
        asked = await his.hears('hx-target="#ask"', f'hx-target="{element}"')
        assert his.texts.index(asked) > his.texts.index(await his.hears(f'id="{element[1:]}"'))


async def test_who_comes_back_has_the_own_part_fetched_and_knows_the_group(hall: Hall) -> None:
    """The page of a phone that slept stands as it stood; what it gets must say all that is its own."""
    poll = await hall.go(1)
    bas = await hall.db.write(join, hall.cast.workshop.id, "bas", "nl")
    chantal = await hall.db.write(join, hall.cast.workshop.id, "chantal", "en")
    await hall.db.write(contribute, bas, poll, {"pick": "veel"}, random_id())
    hers = await hall.sit(Audience.PARTICIPANT, "en", chantal.id)
    await hers.hears("Vraag open?")
    assert not any("/mine" in text for text in hers.texts)
    both = sorted((bas.id, chantal.id))
    await hall.db.write(draw_groups, hall.cast.workshop.id, 2, both, "zaad")
    await hers.hears('hx-target="#own-group"', "You are in group 1")
    his = await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    assert "Jij zit in groep 1" in his.texts[1]
    assert f"/activities/{poll}/mine" in his.texts[2]
    again = await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    asks = {found[0] for text in (his.texts[2], again.texts[2]) if (found := re.findall(r'id="ask-[^"]+"', text))}
    assert len(asks) == 2  # the same element would be let stand, and fetch nothing
    hers.texts.clear()
    await hall.db.write(draw_groups, hall.cast.workshop.id, 0, both, "zaad")
    none = await hers.hears('hx-target="#own-group" hx-swap="innerMorph"></hx-partial>')
    back = await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    assert back.texts[1] == none
    assert back.texts[0] == his.texts[0]  # one frame for all


async def test_a_workshop_that_is_deleted_sends_everybody_away(hall: Hall) -> None:
    ears = [await hall.sit(audience) for audience in Audience]
    room = hall.room
    hall.db.listeners.clear()
    for task in hall.rooms._tasks:  # so that only who taps finds it
        task.cancel()
    await asyncio.sleep(BEAT[Audience.PARTICIPANT] * 2)
    await hall.db.write(delete_workshop, hall.cast.workshop.id)
    with pytest.raises(LookupError):
        await room.present()
    for ear in ears:
        await ear.hears("reload")
    await asyncio.wait_for(asyncio.shield(room._task), 2)
    assert room.gone


async def test_a_fault_that_looks_like_a_missing_row_ends_no_beat(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = await hall.sit(Audience.PARTICIPANT)
    monkeypatch.setattr("app.live.room.AFTER_A_FAULT", 0.05)
    refresh, faults = mirror.Mirror.refresh, iter(range(2))

    async def fails_twice(self: mirror.Mirror, db: Database) -> bool:
        if next(faults, None) is not None:
            raise KeyError("a kind of a newer version")
        return await refresh(self, db)

    monkeypatch.setattr(mirror.Mirror, "refresh", fails_twice)
    await hall.go(1)
    await phone.hears("Vraag open?")


async def test_many_who_come_in_at_once_are_drawn_for_once(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh, looks = mirror.Mirror.refresh, []

    async def counting(self: mirror.Mirror, db: Database) -> bool:
        looks.append(self.rev)
        return await refresh(self, db)

    monkeypatch.setattr(mirror.Mirror, "refresh", counting)
    async with hall.room._lock:
        coming = [asyncio.create_task(hall.sit(Audience.PARTICIPANT)) for _ in range(20)]
        await asyncio.sleep(0.1)
    ears = await asyncio.gather(*coming)
    assert len({ear.texts[0] for ear in ears}) == 1
    assert len(looks) <= 3  # theirs, and a beat


async def test_a_closed_workshop_asks_nobody_to_fill_what_is_not_there(hall: Hall) -> None:
    poll = await hall.go(1)
    bas = await hall.db.write(join, hall.cast.workshop.id, "bas", "nl")
    await hall.db.write(contribute, bas, poll, {"pick": "veel"}, random_id())
    his = await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    await his.hears("/mine")
    await asyncio.sleep(BEAT[Audience.PARTICIPANT] * 2)
    his.texts.clear()
    await hall.db.write(close_workshop, hall.cast.workshop.id)
    await his.hears("De workshop is voorbij")
    await asyncio.sleep(BEAT[Audience.PARTICIPANT] * 2)
    again = await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    assert not any("/mine" in text for text in his.texts + again.texts)


async def test_who_reads_again_has_the_own_part_fetched_by_the_screen_itself(hall: Hall) -> None:
    """What follows a screen that fills the line would be lost."""
    poll = await hall.go(1)
    bas = await hall.db.write(join, hall.cast.workshop.id, "bas", "nl")
    await hall.db.write(contribute, bas, poll, {"pick": "veel"}, random_id())
    await hall.sit(Audience.PARTICIPANT, "nl", bas.id)
    (seat,) = hall.room.seats.values()
    group, screen = caught_up(hall.room.view(), hall.room.told, seat)
    assert "own-group" in group.text
    assert f"/activities/{poll}/mine" in screen.text
    assert MARK.search(screen.text)


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


async def test_who_may_stay_is_looked_at_on_when_one_look_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "LOOK_AGAIN", 0.01)
    answers, ear = iter((True, OSError("the database is away"), True, False)), Ear()
    socket = WebSocket({"type": "websocket", "path": "/", "headers": []}, ear.receive, ear.send)
    await socket.accept()

    async def may_stay() -> bool:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    await asyncio.wait_for(sockets._watch(Seat(socket, Audience.FACILITATOR, "nl"), may_stay), 2)
    assert ear.texts == ['{"reload":1}']
    assert next(answers, None) is None


async def test_a_look_between_two_beats_finds_what_is_new_and_has_it_told(hall: Hall) -> None:
    """A tap may be for a question that came through another process, of which this one has not heard."""
    hall.rooms.db.listeners.clear()
    for task in hall.rooms._tasks:  # nor looked by itself
        task.cancel()
    phone = await hall.sit(Audience.PARTICIPANT)
    await asyncio.sleep(BEAT[Audience.PARTICIPANT] * 2)
    poll = await hall.go(1)
    await asyncio.sleep(BEAT[Audience.PARTICIPANT] * 2)
    assert (await hall.room.known()).stage.activity_id != poll
    assert (await hall.room.present()).stage.activity_id == poll
    async with asyncio.timeout(1):
        await phone.hears("Vraag open?")
