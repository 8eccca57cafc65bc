"""A hall of 300 behind one address gets in within a minute; who guesses codes finds none and slows nobody."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest
from sqlmodel import select

from app.core.joining import join
from app.core.participant import Participant
from app.core.trainer import PairedScreen
from app.db import Database
from app.ids import hashed
from app.live import limits
from tests.conftest import Cast, Running, serving, session_token
from tests.web.guessing import guess

HALL = {"X-Forwarded-For": "203.0.113.7"}


def from_place(running: Running, place: str) -> httpx2.Client:
    return running.client(headers={"Origin": running.address, "X-Forwarded-For": place})


async def test_three_hundred_people_behind_one_address_come_in_with_their_typing_errors(
    running: Running, db: Database, cast: Cast
) -> None:
    def come(numbers: range) -> set[int]:
        phone, told = from_place(running, "203.0.113.7"), set()
        phone.follow_redirects = False
        for number in numbers:
            phone.cookies.clear()
            if number % 5 == 0:
                assert phone.get("/w/ZZZZZZ").status_code == 404
            told.add(phone.post(f"/w/{cast.workshop.code}/participants").status_code)
        return told

    begun = time.monotonic()
    with ThreadPoolExecutor(6) as hall:
        assert set.union(*hall.map(come, [range(at, at + 50) for at in range(0, 300, 50)])) == {303}
    assert time.monotonic() - begun < 60
    async with db.read() as session:
        assert len((await session.exec(select(Participant))).all()) == 300


async def guessed(running: Running, db: Database, cast: Cast, count: int) -> None:
    """Guess from 40 addresses, and look what it does to those who belong there."""
    bas = from_place(running, "198.51.0.1")  # on the same wifi as one who guesses
    await db.write(join, cast.workshop.id, hashed("bas"), "nl")
    bas.cookies.set("morgen", "bas")
    anna = running.trainer_client(await session_token(db, cast.anna))
    anna.headers["X-Forwarded-For"] = "198.51.0.1"
    told = await guess(running.address, count, 40)
    assert told[404] + told[429] == count
    assert told[404] <= 660
    room = f"/w/{cast.workshop.code}"
    stranger = from_place(running, "198.51.0.1").get(room)
    assert stranger.status_code == 429
    assert 0 < int(stranger.headers["Retry-After"]) <= 60
    assert cast.workshop.title not in stranger.text
    assert "minuten" in stranger.text or "min." in stranger.text
    for client, path in ((bas, room), (anna, f"{room}/facilitator"), (anna, room)):
        assert client.get(path).status_code == 200, path
    begun = time.monotonic()
    assert from_place(running, "203.0.113.9").post(f"{room}/participants").status_code == 200
    assert time.monotonic() - begun < 5


async def test_two_thousand_wrong_codes_find_no_room(
    running: Running, db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All within one minute: a slow machine takes longer, and then who guesses is let in again, as it should be.
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_800_000_000.0, monotonic=time.monotonic))
    await guessed(running, db, cast, 2_000)


async def test_while_somebody_guesses_a_hall_that_types_wrong_too_comes_in(
    running: Running, db: Database, cast: Cast
) -> None:
    """From one address. Who only errs there waits all the same."""
    await guess(running.address, 800, 40)
    hall, told = from_place(running, "203.0.113.7"), []
    hall.follow_redirects = False
    for number in range(40):
        hall.cookies.clear()
        if number % 5 == 4:
            hall.get("/w/ZZZZZZ")
        told.append(hall.post(f"/w/{cast.workshop.code}/participants").status_code)
    assert told == [303] * 40
    stranger = from_place(running, "203.0.113.8")
    assert [stranger.get("/w/ZZZZZZ").status_code for _ in range(6)] == [404] * 5 + [429]


async def test_an_address_that_no_proxy_of_ours_tells_counts_for_nothing(
    db: Database, cast: Cast, database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path, trust_proxy="10.9.9.9") as running:
        told = await guess(running.address, 250, 250, lines=2)
        assert told[429] >= 10  # all of them came from one address


async def test_what_a_phone_says_of_itself_before_the_proxy_counts_for_nothing(running: Running, cast: Cast) -> None:
    client = running.client()
    told = []
    for number in range(241):
        told.append(client.get("/w/ZZZZZZ", headers={"X-Forwarded-For": f"10.1.2.{number}, 203.0.113.7"}).status_code)
    assert told[-1] == 429


async def test_a_whole_network_of_ipv6_is_one_place(running: Running, cast: Cast) -> None:
    client = running.client()
    told = []
    for number in range(241):
        told.append(client.get("/w/ZZZZZZ", headers={"X-Forwarded-For": f"2001:db8:1:{number:x}::1"}).status_code)
    assert told[-1] == 429


async def test_one_address_alone_waits_after_its_own_errors(running: Running, db: Database, cast: Cast) -> None:
    told = await guess(running.address, 300, 1, lines=2)
    assert 100 <= told[404] <= 240  # the window slides on at a minute
    assert from_place(running, "198.51.0.0").get(f"/w/{cast.workshop.code}").status_code == 429
    assert from_place(running, "198.51.0.1").get(f"/w/{cast.workshop.code}").status_code == 200


async def test_personal_codes_of_a_room_cannot_be_guessed(running: Running, db: Database, cast: Cast) -> None:
    bas = await db.write(join, cast.workshop.id, hashed("bas"), "nl")
    room = f"/w/{cast.workshop.code}/participants"
    guesser = running.client()
    wrong = []
    for number in range(31):
        from_there = {"X-Forwarded-For": f"198.51.100.{number}"}
        wrong.append(guesser.post(room, data={"code": "2222"}, headers=from_there).status_code)
    assert wrong == [404] * 30 + [429]
    assert running.client().post(room, data={"code": bas.personal_code}).status_code == 429
    assert running.client().post(room).status_code == 200  # anew goes on


async def test_screens_that_nobody_pairs_fill_no_table(running: Running, db: Database, cast: Cast) -> None:
    client, told = running.client(headers=HALL), []
    for _ in range(31):
        client.cookies.clear()
        told.append(client.get("/scherm").status_code)
    assert told == [200] * 30 + [429]
    async with db.read() as session:
        assert len((await session.exec(select(PairedScreen))).all()) == 30


async def test_codes_of_screens_cannot_be_guessed_by_a_trainer(running: Running, db: Database, cast: Cast) -> None:
    anna = running.trainer_client(await session_token(db, cast.anna))
    at = f"/w/{cast.workshop.code}/screens"
    assert [anna.post(at, data={"screen": "ZZZZZZ"}).status_code for _ in range(11)] == [404] * 10 + [429]
