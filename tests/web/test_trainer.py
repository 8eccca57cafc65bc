"""The trainer's pages: a workshop from a script, what was typed is never lost, and all of it can be deleted."""

from typing import Any

import httpx2
from sqlmodel import func, select

from app.core.example_opgaven import example_opgaven
from app.core.joining import join
from app.core.lasting import Opgave, Party
from app.core.participant import Participant
from app.core.workshop import Activity, Workshop
from app.db import Database
from tests.conftest import Cast, Running, session_token

FORM: dict[str, Any] = {
    "script": "opgave-in-40-minuten",
    "title": "Een eigen sleutel",
    "organisation": "Gemeente Arnhem",
    "date": "2026-12-01",
    "time": "13:00",
    "time_zone": "Europe/Amsterdam",
    "language": "nl",
    "opgave": "In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek.",
    "parties": "school: diploma\ncorporatie: verhuur",
    "reading": "https://example.org/artikel Het artikel",
}

WRONG = ({"title": ""}, {"date": "morgen"}, {"time_zone": "Mars/Base"}, {"reading": "ftp://x"}, {"organisation": ""})


async def desk(running: Running, db: Database, cast: Cast) -> httpx2.Client:
    return running.trainer_client(await session_token(db, cast.anna))


async def newest(db: Database) -> Workshop:
    async with db.read() as session:
        found = await session.exec(select(Workshop).order_by(Workshop.created_at.desc()))  # type: ignore[attr-defined]
        return next(iter(found.all()))


async def kinds(db: Database, workshop: Workshop) -> list[str]:
    async with db.read() as session:
        found = await session.exec(
            select(Activity).where(Activity.workshop_id == workshop.id).order_by(Activity.position)
        )
        return [each.kind for each in found.all()]


async def test_a_workshop_is_made_from_a_script(running: Running, db: Database, cast: Cast) -> None:
    page = (await desk(running, db, cast)).post("/trainer/workshops", data=FORM)
    workshop = await newest(db)
    assert page.url.path == f"/w/{workshop.code}/trainer"
    assert workshop.code in page.text
    assert "<svg" in page.text
    assert workshop.starts_at.isoformat() == "2026-12-01T12:00:00+00:00"
    async with db.read() as session:
        opgave = (await session.exec(select(Opgave).where(Opgave.workshop_id == workshop.id))).one()
        parties = (await session.exec(select(Party).where(Party.workshop_id == workshop.id))).all()
    assert opgave.text == FORM["opgave"]
    assert {(each.name, each.goal) for each in parties} == {("school", "diploma"), ("corporatie", "verhuur")}
    assert "statement" not in await kinds(db, workshop)


async def test_without_an_opgave_the_room_drafts_it(running: Running, db: Database, cast: Cast) -> None:
    (await desk(running, db, cast)).post("/trainer/workshops", data=FORM | {"opgave": ""})
    assert "statement" in await kinds(db, await newest(db))


async def test_a_refused_form_comes_back_as_it_was(running: Running, db: Database, cast: Cast) -> None:
    client = await desk(running, db, cast)
    for wrong in (
        {"title": ""},
        {"date": "morgen"},
        {"time_zone": "Mars/Base"},
        {"reading": "ftp://x"},
        {"organisation": ""},
    ):
        page = client.post("/trainer/workshops", data=FORM | wrong)
        assert page.status_code == 422, wrong
        assert 'role="alert"' in page.text
        assert FORM["opgave"] in page.text


async def test_an_example_fills_in_the_opgave_and_the_parties(running: Running, db: Database, cast: Cast) -> None:
    client = running.trainer_client(await session_token(db, cast.anna))
    first = example_opgaven()[0]
    html = client.get("/trainer/workshops/new", params={"example": first.key}).text
    assert first.opgave.nl in html.partition('name="opgave"')[2]
    assert f"{first.parties[0].name.nl}: {first.parties[0].goal.nl}" in html
    assert html.count("(voorbeeld)") == len(example_opgaven()) == 6
    assert client.get("/trainer/workshops/new", params={"example": "x"}).status_code == 200


async def test_hints_say_what_lacks_in_an_opgave(running: Running, db: Database, cast: Cast) -> None:
    client = await desk(running, db, cast)
    weak = client.post("/trainer/opgave-hints", data={"opgave": "Een integrale visie op mobiliteit"})
    strong = client.post("/trainer/opgave-hints", data={"opgave": FORM["opgave"]})
    assert weak.text.count("notice") == 2
    assert strong.text.count("notice") == 0


async def test_a_deleted_workshop_takes_everything_along(running: Running, db: Database, cast: Cast) -> None:
    await db.write(join, cast.workshop.id, "bas", "nl")
    client = await desk(running, db, cast)
    assert client.get(f"/w/{cast.workshop.code}/deletion").status_code == 200
    assert client.post(f"/w/{cast.workshop.code}/deletion").url.path == "/trainer"
    assert client.get(f"/w/{cast.workshop.code}").status_code == 404
    async with db.read() as session:
        left = select(func.count()).select_from(Participant).where(Participant.workshop_id == cast.workshop.id)
        assert (await session.exec(left)).one() == 0


async def test_dirk_sees_nothing_of_anna(running: Running, db: Database, cast: Cast) -> None:
    dirk = running.trainer_client(await session_token(db, cast.dirk))
    assert cast.workshop.code not in dirk.get("/trainer").text
    for path in ("trainer", "poster", "deletion", "facilitator"):
        assert dirk.get(f"/w/{cast.workshop.code}/{path}").status_code == 404
    assert dirk.post(f"/w/{cast.workshop.code}/deletion").status_code == 404
    assert running.client().get(f"/w/{cast.workshop.code}/trainer").url.path == "/sign-in"


async def test_a_rehearsal_is_a_copy_with_a_clock_of_its_own(running: Running, db: Database, cast: Cast) -> None:
    client = await desk(running, db, cast)
    page = client.post(f"/w/{cast.workshop.code}/rehearsals")
    made = await newest(db)
    assert made.is_rehearsal
    assert page.url.path == f"/w/{made.code}/trainer"
    assert client.post(f"/w/{made.code}/clock").status_code == 422  # no letters yet
    assert client.post(f"/w/{cast.workshop.code}/clock").status_code == 404  # no rehearsal
    assert client.post(f"/w/{made.code}/players", data={"participants": "1000"}).status_code == 422
