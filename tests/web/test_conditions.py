"""The letter's pages: the trainer's read-through, and the door of who decides."""

import re
from typing import Any

import httpx2
import pytest

from app import links
from app.core.conditions_letter import Contact, Point, PointAnswer
from app.core.conditions_writing import send_letter
from app.core.contacts import name_commissioner
from app.db import Database
from tests.conftest import Cast, Running, session_token
from tests.follow_up import rows
from tests.letters_to_contacts import named, nine_conditions, points

NEXT_YEAR = "2099-12-01"


@pytest.fixture
async def anna(db: Database, cast: Cast, running: Running) -> httpx2.Client:
    return running.trainer_client(await session_token(db, cast.anna))


@pytest.fixture
async def director(db: Database, cast: Cast) -> Contact:
    await nine_conditions(db, cast.workshop)
    await points(db, cast.workshop)
    await db.write(name_commissioner, cast.workshop.id, "Dora", "dora@example.org", "nl")
    return await db.write(send_letter, cast.workshop.id, True)


def link(contact: Contact) -> str:
    return f"/c/{links.sign('contact', contact.id, contact.link_epoch)}"


async def asked(db: Database) -> list[Point]:
    return sorted((each for each in await rows(db, Point) if not each.in_annex), key=lambda each: each.position)


async def test_the_trainer_makes_words_reads_and_sends(
    db: Database, cast: Cast, running: Running, anna: httpx2.Client
) -> None:
    base = f"/w/{cast.workshop.code}"
    assert "Maak de punten" in anna.get(f"{base}/conditions", headers={"Accept-Language": "nl"}).text
    await nine_conditions(db, cast.workshop)
    page = anna.post(f"{base}/points").text
    assert "genoemd door 3 van 8" in page
    assert page.count("Eén persoon noemde dit") == 5
    first, second, *_ = await asked(db)
    words = {
        "text": "Mandaat voor twee kamers",
        "size": "twee",
        "owner": "directie",
        "by_date": "1 dec",
        "move": "down",
    }
    anna.post(f"{base}/points/{first.id}", data=words)
    assert [each.text for each in await asked(db)][:2] == [second.text, "Mandaat voor twee kamers"]
    wrong = anna.post(f"{base}/commissioner", data={"name": "Dora", "address": "dora", "language": "nl"})
    assert wrong.status_code == 422
    assert 'value="dora"' in wrong.text
    anna.post(f"{base}/commissioner", data={"name": "Dora", "address": "dora@example.org", "language": "en"})
    preview = anna.post(f"{base}/letter", data={"note": "Tot gauw", "answer_by": NEXT_YEAR}).text
    assert "what “De workshop van Anna” needs from you" in preview
    assert "I will arrange this" in preview
    assert anna.post(f"{base}/letter/sending", data={}).status_code == 422
    sent = anna.post(f"{base}/letter/sending", data={"was_read": "yes"}).text
    assert "De brief gaat één keer weg" in sent
    assert anna.post(f"{base}/letter/sending", data={"was_read": "yes"}).status_code == 409
    assert "Mandaat voor twee kamers" in anna.get(f"{base}/letter/paper").text


async def test_without_somebody_named_there_is_a_link_to_hand_over(
    db: Database, cast: Cast, running: Running, anna: httpx2.Client
) -> None:
    await named(db, cast.workshop, "bas", "Tijd")
    anna.post(f"/w/{cast.workshop.code}/points")
    page = anna.post(f"/w/{cast.workshop.code}/letter/sending", data={"was_read": "yes"}).text
    found = re.search(r'href="http[^"]*(/c/[^"]+)"', page)
    assert found
    assert running.client().get(found[1]).status_code == 200


async def test_the_director_answers_looks_and_publishes(
    db: Database, cast: Cast, running: Running, director: Contact
) -> None:
    browser, at = running.client(), link(director)
    first, second, third, *_ = await asked(db)
    page = browser.get(at).text
    assert first.text in page
    form: dict[str, Any] = {
        f"p.{first.id}.answer": "arranged",
        f"p.{first.id}.day_arranged": NEXT_YEAR,
        f"p.{second.id}.answer": "no",
        f"p.{second.id}.text_no": "",
        f"p.{third.id}.answer": "talk",
        "on_behalf_of": "Dora de Wit",
    }
    wrong = browser.post(at, data=form)
    assert wrong.status_code == 422
    assert "Waarom niet?" in wrong.text
    assert wrong.text.count(" checked") == 3
    assert {each.point_id for each in await rows(db, PointAnswer)} == {first.id, third.id}
    shown = browser.post(at, data=form | {f"p.{second.id}.text_no": "Geen geld <b>"}).text
    assert "Zo lezen de deelnemers het" in shown
    assert "Geen geld &lt;b&gt;" in shown
    assert [each for each in await rows(db, PointAnswer) if each.published_at] == []
    done = browser.post(f"{at}/publication").text
    assert "Gepubliceerd" in done
    assert "namens Dora de Wit" in done
    assert len([each for each in await rows(db, PointAnswer) if each.published_at]) == 3
    browser.post(f"{at}/became/{first.id}", data={"became": "met"})
    assert "geregeld" in browser.get(at).text
    later = browser.post(at, data={f"p.{first.id}.answer": "talk", "next": "later"}).text
    assert "Bewaard" in later


async def test_to_open_a_link_changes_nothing(db: Database, cast: Cast, running: Running, director: Contact) -> None:
    browser, at = running.client(), link(director)
    before = (await rows(db, Contact), await rows(db, PointAnswer))
    for address in (at, f"{at}/preview", f"{at}/address", at.replace("/c/", "/u/c/")):
        for method in ("GET", "GET", "HEAD"):
            assert browser.request(method, address).status_code == 200
    assert (await rows(db, Contact), await rows(db, PointAnswer)) == before


async def test_mail_programs_stop_the_mails_in_one_click(
    db: Database, cast: Cast, running: Running, director: Contact
) -> None:
    stop = link(director).replace("/c/", "/u/c/")
    answer = httpx2.post(running.address + stop, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert [each.stopped_at is not None for each in await rows(db, Contact)] == [True]
    assert running.client().get(link(director)).status_code == 200


@pytest.mark.parametrize("door", ["address", "not-mine"])
async def test_who_wants_to_be_forgotten_is_and_the_link_dies(
    db: Database, cast: Cast, running: Running, anna: httpx2.Client, director: Contact, door: str
) -> None:
    browser = running.client()
    assert browser.post(f"{link(director)}/{door}").status_code == 200
    assert [(each.name, each.address) for each in await rows(db, Contact)] == [("", "")]
    assert browser.get(link(director)).status_code == 404
    page = anna.get(f"/w/{cast.workshop.code}/conditions", headers={"Accept-Language": "nl"}).text
    assert "Noem iemand anders" in page
    assert "dora@example.org" not in page


async def test_what_came_by_telephone_is_marked_for_everybody(
    db: Database, cast: Cast, running: Running, anna: httpx2.Client, director: Contact
) -> None:
    first = (await asked(db))[0]
    answer = {"answer": "arranged", "day": NEXT_YEAR, "text": "", "said_by": "de secretaris"}
    page = anna.post(f"/w/{cast.workshop.code}/points/{first.id}/answers", data=answer).text
    assert "1 van 5 punten beantwoord" in page
    assert "ingevuld door de trainer" in running.client().get(link(director)).text


async def test_the_door_speaks_the_language_of_who_comes(
    db: Database, cast: Cast, running: Running, director: Contact
) -> None:
    browser = running.client()
    assert "Wat je collega's nodig hebben" in browser.get(link(director)).text
    browser.cookies.set("lang", "en")
    assert "What your colleagues need" in browser.get(link(director)).text
