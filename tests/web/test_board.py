"""The doors of the trainer's board."""

from typing import Any

import httpx2
import pytest
from sqlmodel import SQLModel

from app.core.lasting import Condition, Need
from app.db import Database
from tests.conftest import Cast, Running, session_token

HTMX = {"HX-Request": "true"}


@pytest.fixture
async def desk(running: Running, db: Database, cast: Cast) -> httpx2.Client:
    here = cast.workshop.id

    async def fill(session: Any) -> None:
        session.add(Need(id="coach", workshop_id=here, type="TEAM", text="een wijkcoach"))
        session.add(Condition(id="kamer", workshop_id=here, text="een kamer"))

    await db.write(fill)
    return running.trainer_client(await session_token(db, cast.anna))


async def row(db: Database, table: type[SQLModel], key: str) -> Any:
    async with db.read() as session:
        return await session.get_one(table, key)


async def test_settling_keeps_what_was_typed_in_the_line(desk: httpx2.Client, db: Database, cast: Cast) -> None:
    door = f"/w/{cast.workshop.code}/needs/coach"
    typed = {"size": "8 uur", "source": "team Zuid", "stops": ""}
    assert desk.post(door, data={**typed, "settled": "yes"}, headers=HTMX).status_code == 204
    need = await row(db, Need, "coach")
    assert (need.size, need.source, need.settled) == ("8 uur", "team Zuid", True)
    desk.post(door, data=typed, headers=HTMX)
    assert (await row(db, Need, "coach")).settled
    desk.post(door, data={**typed, "settled": "no"}, headers=HTMX)
    assert not (await row(db, Need, "coach")).settled


async def test_a_condition_gets_an_owner_a_date_and_a_status(desk: httpx2.Client, db: Database, cast: Cast) -> None:
    door = f"/w/{cast.workshop.code}/conditions/kamer"
    given = {"owner": "de directie", "by_date": "1 februari", "status": "promised"}
    assert desk.post(door, data=given, headers=HTMX).status_code == 204
    condition = await row(db, Condition, "kamer")
    assert (condition.owner, condition.by_date, condition.status) == tuple(given.values())


async def test_one_press_of_undo_takes_it_back(desk: httpx2.Client, db: Database, cast: Cast) -> None:
    from app.core.deeds import last_deed

    desk.post(f"/w/{cast.workshop.code}/conditions/kamer", data={"status": "met"}, headers=HTMX)
    async with db.read() as session:
        deed = await last_deed(session, cast.workshop.id)
    assert deed is not None
    desk.post(f"/w/{cast.workshop.code}/undo", data={"deed": deed.id}, headers=HTMX)
    assert (await row(db, Condition, "kamer")).status == "open"


async def test_without_htmx_the_screen_is_loaded_anew(desk: httpx2.Client, cast: Cast) -> None:
    answer = desk.post(f"/w/{cast.workshop.code}/conditions/kamer", data={"status": "met"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/w/{cast.workshop.code}/facilitator")


async def test_what_does_not_fit_is_refused_and_what_is_not_there_is_not_found(desk: httpx2.Client, cast: Cast) -> None:
    code = cast.workshop.code
    for address, typed, status in (
        (f"/w/{code}/needs/coach", {"size": "x" * 81}, 422),
        (f"/w/{code}/conditions/kamer", {"status": "burnt"}, 422),
        (f"/w/{code}/needs/other", {}, 404),
        (f"/w/{cast.elsewhere.code}/needs/coach", {}, 404),
    ):
        assert desk.post(address, data=typed, headers=HTMX).status_code == status
