"""The phone's doors: in, back, on another phone, and out of reach for others."""

import re

import pytest
from sqlmodel import select

from app import links
from app.core.grouping import draw_groups
from app.core.joining import who
from app.core.moving import activities_of, close_workshop, move_on
from app.core.participant import Participant
from app.core.workshop import Stage
from app.db import Database
from app.ids import hashed
from tests.conftest import Cast, Running
from tests.statements import statements

HTMX = {"HX-Request": "true"}


async def person_of(db: Database, cast: Cast, client) -> Participant:
    async with db.read() as session:
        found = await who(session, cast.workshop.id, hashed(client.cookies["morgen"]))
    assert found is not None
    return found


async def open_poll(db: Database, cast: Cast) -> str:
    async with db.read() as session:
        stage = await session.get_one(Stage, cast.workshop.id)
        activities = list(await activities_of(session, cast.workshop.id))
    await db.write(move_on, cast.workshop.id, f"{stage.activity_id}:open", f"{activities[1].id}:open")
    return activities[1].id


async def test_the_short_address_leads_in_with_one_button(running: Running, cast: Cast) -> None:
    client = running.client()
    page = client.get(f"/{cast.workshop.code.lower()}")
    assert page.status_code == 200
    assert page.text.count(f'action="/w/{cast.workshop.code}/participants"') == 2  # in, and back in
    assert "type=" not in page.text.split("join-form")[1].split("</form>")[0]  # nothing is asked
    assert client.post(f"/w/{cast.workshop.code}/participants").url.path == f"/w/{cast.workshop.code}"


async def test_joining_twice_in_one_browser_is_one_person(running: Running, db: Database, cast: Cast) -> None:
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    first = await person_of(db, cast, client)
    client.post(f"/w/{cast.workshop.code}/participants")
    assert (await person_of(db, cast, client)).id == first.id


async def test_another_browser_comes_back_with_the_personal_code(running: Running, db: Database, cast: Cast) -> None:
    phone, laptop = running.client(), running.client()
    phone.post(f"/w/{cast.workshop.code}/participants")
    bas = await person_of(db, cast, phone)
    wrong = laptop.post(f"/w/{cast.workshop.code}/participants", data={"code": "0000"})
    assert wrong.status_code == 404
    assert 'role="alert"' in wrong.text
    laptop.post(f"/w/{cast.workshop.code}/participants", data={"code": bas.personal_code.lower()})
    assert (await person_of(db, cast, laptop)).id == bas.id


async def test_a_personal_code_of_another_workshop_opens_nothing(running: Running, db: Database, cast: Cast) -> None:
    elsewhere, laptop = running.client(), running.client()
    elsewhere.post(f"/w/{cast.elsewhere.code}/participants")
    async with db.read() as session:
        dirk = await who(session, cast.elsewhere.id, hashed(elsewhere.cookies["morgen"]))
    assert dirk is not None
    answer = laptop.post(f"/w/{cast.workshop.code}/participants", data={"code": dirk.personal_code})
    assert answer.status_code == 404


async def test_a_personal_link_asks_before_it_lets_in(running: Running, db: Database, cast: Cast) -> None:
    phone, laptop = running.client(), running.client()
    phone.post(f"/w/{cast.workshop.code}/participants")
    bas = await person_of(db, cast, phone)
    link = f"/w/{cast.workshop.code}/me/{links.sign('person', bas.id, bas.link_epoch)}"
    asked = laptop.get(link)
    assert bas.personal_code in asked.text
    assert "morgen" not in laptop.cookies  # looking changes nothing
    laptop.post(link)
    assert (await person_of(db, cast, laptop)).id == bas.id
    assert running.client().get(link[:-2] + "xx").status_code == 404


async def test_an_answer_without_javascript_leads_back_to_the_page(running: Running, db: Database, cast: Cast) -> None:
    poll = await open_poll(db, cast)
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    page = client.post(f"/w/{cast.workshop.code}/activities/{poll}/contributions", data={"pick": "veel"})
    assert page.status_code == 200
    assert page.url.path == f"/w/{cast.workshop.code}"
    assert re.search(r'value="veel" required checked', page.text)


async def test_a_refused_answer_comes_back_with_what_was_typed(running: Running, db: Database, cast: Cast) -> None:
    poll = await open_poll(db, cast)
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    address = f"/w/{cast.workshop.code}/activities/{poll}/contributions"
    for headers in (HTMX, {}):
        answer = client.post(address, data={"pick": "onzin"}, headers=headers)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text


async def test_a_refused_answer_is_tried_once(
    running: Running, db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await open_poll(db, cast)
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    asked = statements(running.app.state.db, monkeypatch)
    client.post(f"/w/{cast.workshop.code}/activities/{poll}/contributions", data={"pick": "onzin"}, headers=HTMX)
    assert len([each for each in asked if each.startswith("UPDATE workshop SET rev")]) == 1


async def test_a_late_answer_is_told_that_it_stays_on_the_phone(running: Running, db: Database, cast: Cast) -> None:
    poll = await open_poll(db, cast)
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    await db.write(close_workshop, cast.workshop.id)
    answer = client.post(
        f"/w/{cast.workshop.code}/activities/{poll}/contributions", data={"pick": "veel"}, headers=HTMX
    )
    assert answer.status_code == 409


async def test_a_phone_chooses_its_own_language(running: Running, cast: Cast) -> None:
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    assert 'lang="nl"' in client.get(f"/w/{cast.workshop.code}").text
    client.post(f"/w/{cast.workshop.code}/language", data={"language": "en"})
    page = client.get(f"/w/{cast.workshop.code}").text
    assert 'lang="en"' in page
    assert "(en)" in page


async def test_polling_brings_the_screen_once_per_change(running: Running, db: Database, cast: Cast) -> None:
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    first = client.get(f"/w/{cast.workshop.code}/parts/participant")
    rev = first.headers["X-Rev"]
    assert client.get(f"/w/{cast.workshop.code}/parts/participant?rev={rev}").status_code == 204
    await open_poll(db, cast)
    news = client.get(f"/w/{cast.workshop.code}/parts/participant?rev={rev}")
    assert news.status_code == 200
    assert "Vraag open?" in news.text


async def test_polling_brings_what_is_ones_own_too(running: Running, db: Database, cast: Cast) -> None:
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    poll = await open_poll(db, cast)
    fresh = client.get(f"/w/{cast.workshop.code}/parts/participant").text
    assert "/mine" not in fresh
    client.post(f"/w/{cast.workshop.code}/activities/{poll}/contributions", data={"pick": "veel"})
    async with db.read() as session:
        here = [each.id for each in (await session.exec(select(Participant))).all()]
    await db.write(draw_groups, cast.workshop.id, 2, here, "zaad")
    news = client.get(f"/w/{cast.workshop.code}/parts/participant").text
    assert f"/activities/{poll}/mine" in news
    assert "Jij zit in groep 1" in news
    assert "/mine" not in client.get(f"/w/{cast.workshop.code}/parts/participant?mine=mine-{poll}").text


async def test_a_draft_workshop_lets_nobody_in(running: Running, db: Database, cast: Cast) -> None:
    await db.write(close_workshop, cast.workshop.id)
    client = running.client()
    answer = client.post(f"/w/{cast.workshop.code}/participants")
    assert answer.status_code == 409
    assert "morgen" not in client.cookies
