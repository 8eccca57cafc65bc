"""What goes before the workshop: the letter that invites, the entry for calendars, the card for managers."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from icalendar import Calendar

from app import clock
from app.core.joining import join
from app.core.lasting import Condition, Need
from app.core.making import Plan, make_workshop
from app.core.remaking import change_plan
from app.core.workshop import Activity, Workshop
from app.db import Database
from app.ids import hashed
from tests.conftest import Cast, Running, session_token
from tests.follow_up import commit
from tests.scripts import small_script

WHY = "140 jongeren wachten.\nIeder kent een stukje."


@pytest.fixture
async def draft(db: Database, cast: Cast) -> Workshop:
    return await db.write(make_workshop, cast.anna, small_script(), plan(cast))


def plan(cast: Cast, **changed: Any) -> Plan:
    given: dict[str, Any] = {
        "organisation_id": cast.workshop.organisation_id,
        "title": "Een eigen sleutel & <meer>",
        "starts_at": clock.now() + timedelta(days=3),
        "time_zone": "Europe/Amsterdam",
        "language": "nl",
        "place": "Zaal 3",
        "why": WHY,
    }
    return Plan(**given | changed)


async def desk(running: Running, db: Database, cast: Cast) -> httpx2.Client:
    return running.trainer_client(await session_token(db, cast.anna))


async def test_the_letter_says_why_when_where_and_what_is_asked(
    running: Running, db: Database, cast: Cast, draft: Workshop
) -> None:
    page = (await desk(running, db, cast)).get(f"/w/{draft.code}/invitation").text
    for words in ("Ieder kent een stukje.", "Waar: Zaal 3", "experiment", "Neem een telefoon", "Anna"):
        assert words in page
    for path in (f"/{draft.code}", f"/w/{draft.code}/workshop.ics", f"/privacy/{draft.code}"):
        assert running.address + path in page
    assert "&lt;meer&gt;" in page
    assert "<meer>" not in page


async def test_the_letter_opens_in_a_mail_program_as_it_stands(
    running: Running, db: Database, cast: Cast, draft: Workshop
) -> None:
    page = (await desk(running, db, cast)).get(f"/w/{draft.code}/invitation?lang=en").text
    link = page.partition('href="mailto:')[2].partition('"')[0].replace("&amp;", "&")
    letter = parse_qs(urlsplit("mailto:" + link).query)
    assert letter["subject"][0].startswith("Invitation: Een eigen sleutel & <meer>")
    assert WHY.replace("\n", "\r\n") in letter["body"][0]


async def entry(client: httpx2.Client, workshop: Workshop) -> Any:
    answer = client.get(f"/w/{workshop.code}/workshop.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content).walk("VEVENT")[0]


async def test_an_entry_for_the_calendar_is_replaced_when_the_workshop_moves(
    running: Running, db: Database, cast: Cast, draft: Workshop
) -> None:
    client = running.client()
    first, again = await entry(client, draft), await entry(client, draft)
    moved = plan(cast, starts_at=draft.starts_at + timedelta(hours=26))
    await db.write(change_plan, draft.id, moved)
    later = await entry(client, draft)
    assert first["UID"] == again["UID"] == later["UID"] == f"{draft.id}@localhost"
    assert first["SEQUENCE"] == again["SEQUENCE"] < later["SEQUENCE"]
    assert later["DTSTART"].dt - first["DTSTART"].dt == timedelta(hours=26)
    assert str(first["DTSTART"].dt.tzinfo) == "UTC"
    assert "Zaal 3" in first["DESCRIPTION"]


async def prepare(db: Database, cast: Cast, people: int) -> None:
    """So many people committed themselves and named time as a condition; one of them also named money."""
    for number in range(people):
        person, _ = await commit(db, cast.workshop, f"p{number}", name=f"Naam{number}", act=f"ik bel nummer {number}")
        await db.write(_needs, cast.workshop.id, person.id, number)


async def _needs(session: Any, workshop_id: str, person_id: str, number: int) -> None:
    here: dict[str, Any] = {"workshop_id": workshop_id}
    session.add(Condition(**here, participant_id=person_id, type="TIJD", text=f"geheim {number}"))
    if number == 0:
        session.add(Condition(**here, participant_id=person_id, type="GELD", text="geheim geld"))
        session.add(Need(**here, type="TIJD", text="Twee uur per week", dots=4))
        types = [{"key": key, "label": {"nl": key.title(), "en": key}} for key in ("TIJD", "GELD")]
        session.add(Activity(**here, position=9, step="s1", key="asked", kind="cards", spec={"types": types}))


async def test_the_card_for_managers_counts_and_names_nobody(running: Running, db: Database, cast: Cast) -> None:
    await prepare(db, cast, 5)
    page = (await desk(running, db, cast)).get(f"/w/{cast.workshop.code}/manager").text
    assert "5 mensen kozen elk één actie" in page
    assert "Tijd: genoemd door 5 mensen" in page
    assert [hidden for hidden in ("Naam", "geheim", "ik bel", "Geld") if hidden in page] == []


async def test_below_k_the_card_tells_nothing_of_the_group(running: Running, db: Database, cast: Cast) -> None:
    await prepare(db, cast, 4)
    await db.write(join, cast.workshop.id, hashed("onlooker"), "nl")
    page = (await desk(running, db, cast)).get(f"/w/{cast.workshop.code}/manager").text
    assert "Nog geen 5 mensen" in page
    assert [hidden for hidden in ("genoemd door", "Twee uur", "kozen elk") if hidden in page] == []
