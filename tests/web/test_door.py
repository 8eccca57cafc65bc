"""The door of a room: who is admitted comes in, who waits is nobody yet, and a locked room lets nobody new in."""

from sqlmodel import select
from websockets.sync.client import connect

from app.core.admitting import set_door
from app.core.deleting import delete_workshop
from app.core.joining import join_on_paper
from app.core.participant import Newcomer, Participant
from app.core.workshop import Door
from app.db import Database
from tests.conftest import Cast, Running, session_token
from tests.live.test_live import see


async def waiting(db: Database) -> list[Newcomer]:
    async with db.read() as session:
        return list((await session.exec(select(Newcomer))).all())


async def people(db: Database) -> int:
    async with db.read() as session:
        return len((await session.exec(select(Participant))).all())


async def test_the_trainer_lets_in_one_and_then_all(running: Running, db: Database, cast: Cast) -> None:
    room = f"/w/{cast.workshop.code}"
    anna = running.trainer_client(await session_token(db, cast.anna))
    assert anna.post(f"{room}/door", data={"door": "ask"}).status_code == 200
    phones = [running.client() for _ in range(4)]
    assert all("De trainer laat je zo binnen" in each.post(f"{room}/participants").text for each in phones)
    phones[0].post(f"{room}/participants")  # asks again: waits once
    rows = await waiting(db)
    assert (len(rows), await people(db)) == (4, 0)
    assert phones[0].get(f"{room}/waiting").status_code == 204
    page = phones[0].get(room).text
    mine = next(each.code for each in rows if each.code in page)
    assert mine in anna.get(f"{room}/door/newcomers").text
    anna.post(f"{room}/door/newcomers", data={"act": "admit", "code": mine})
    assert phones[0].get(f"{room}/waiting").headers["HX-Refresh"] == "true"
    assert 'id="screen"' in phones[0].get(room).text
    assert 'id="screen"' not in phones[1].get(room).text
    away = next(each.code for each in rows if each.code in phones[1].get(room).text)
    anna.post(f"{room}/door/newcomers", data={"act": "turn_away", "code": away})
    anna.post(f"{room}/door/newcomers", data={"act": "admit_all"})
    assert ['id="screen"' in each.get(room).text for each in phones] == [True, False, True, True]
    assert (await waiting(db), await people(db)) == ([], 3)


async def test_the_trainers_screen_counts_live_who_waits(running: Running, db: Database, cast: Cast) -> None:
    room, phones = f"/w/{cast.workshop.code}", [running.client() for _ in range(2)]
    token = await session_token(db, cast.anna)
    anna = running.trainer_client(token)
    address = running.address.replace("http", "ws") + f"{room}/live/facilitator"
    headers = {"Cookie": f"morgen_trainer={token}; lang=nl", "Origin": running.address}
    with connect(address, additional_headers=headers, compression=None) as screen:
        assert "at-door" not in see(screen, 'class="counts"')
        anna.post(f"{room}/door", data={"door": "ask"})
        see(screen, "Niemand wacht bij de deur")
        phones[0].post(f"{room}/participants")
        see(screen, "<b>1</b> wacht bij de deur")
        phones[1].post(f"{room}/participants")
        see(screen, "<b>2</b> wachten bij de deur")
        [first, second] = [each.code for each in await waiting(db)]
        anna.post(f"{room}/door/newcomers", data={"act": "turn_away", "code": first})
        see(screen, "<b>1</b> wacht bij de deur")
        anna.post(f"{room}/door/newcomers", data={"act": "admit", "code": second})
        see(screen, "Niemand wacht bij de deur")
        anna.post(f"{room}/door", data={"door": "locked"})
        see(screen, "De deur is op slot")


async def test_a_locked_room_keeps_who_is_in_and_takes_nobody_new(running: Running, db: Database, cast: Cast) -> None:
    room = f"/w/{cast.workshop.code}"
    bas, late = running.client(), running.client()
    bas.post(f"{room}/participants")
    await db.write(set_door, cast.workshop.id, Door.LOCKED)
    refused = late.post(f"{room}/participants")
    assert refused.status_code == 409
    assert "op slot" in refused.text
    assert 'id="screen"' in bas.post(f"{room}/participants").text
    assert bas.post(f"{room}/persons").status_code == 409
    await db.write(join_on_paper, cast.workshop.id, "nl")  # the trainer's own hand
    assert await people(db) == 2
    await db.write(set_door, cast.workshop.id, Door.OPEN)
    assert 'id="screen"' in late.post(f"{room}/participants").text


async def test_an_opened_door_lets_in_who_waits_and_a_deleted_workshop_forgets_them(
    running: Running, db: Database, cast: Cast
) -> None:
    room = f"/w/{cast.workshop.code}"
    await db.write(set_door, cast.workshop.id, Door.ASK)
    running.client().post(f"{room}/participants")
    await db.write(set_door, cast.workshop.id, Door.OPEN)
    assert (len(await waiting(db)), await people(db)) == (0, 1)
    await db.write(set_door, cast.workshop.id, Door.ASK)
    running.client().post(f"{room}/participants")
    assert len(await waiting(db)) == 1
    await db.write(delete_workshop, cast.workshop.id)
    assert await waiting(db) == []
