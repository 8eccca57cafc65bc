"""The pages behind the links of mails and phones, in a running server. The workshop was yesterday; the act is today."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from icalendar import Calendar

from app.core.addressing import give_address
from app.core.lasting import CheckIn, Commitment
from app.core.participant import MailAddress, Participant
from app.core.workshop import Workshop
from app.db import Database
from app.mail.matter import Links
from tests.conftest import Cast, Running
from tests.follow_up import commit, rows

ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass
class Bas:
    """Bas in Anna's workshop: his links, and a browser that knows nothing of him."""

    links: Links
    workshop: Workshop
    person: Participant
    commitment: Commitment
    client: httpx2.Client

    def path(self, name: str) -> str:
        address: str = getattr(self.links, name)
        return address.removeprefix(self.links.base_url)


@pytest.fixture
async def bas(db: Database, cast: Cast, running: Running) -> Bas:
    """With a commitment whose moment was an hour ago, and an address."""
    moment = datetime.now(UTC).astimezone(ZONE) - timedelta(hours=1)
    person, commitment = await commit(
        db, cast.workshop, "bas", day=moment.date(), at=moment.time().replace(microsecond=0), name="Bas"
    )
    await db.write(give_address, cast.workshop, person, "bas@example.org", True, False)
    async with db.read() as session:
        person = await session.get_one(Participant, person.id)
    links = Links(running.address, cast.workshop, person, commitment)
    return Bas(links, cast.workshop, person, commitment, running.client())


async def answer_of(db: Database) -> CheckIn | None:
    found = await rows(db, CheckIn)
    return found[0] if found else None


async def test_opening_every_link_changes_nothing(db: Database, bas: Bas) -> None:
    for path in (bas.path("answer"), bas.path("answer") + "/again", bas.path("personal"), bas.path("stop")):
        for method in ("GET", "HEAD"):
            assert bas.client.request(method, path).status_code in (200, 405)
    assert bas.client.get(bas.path("personal") + "/deletion").status_code == 200
    assert await answer_of(db) is None
    [address] = await rows(db, MailAddress)
    assert address.stopped_at is None


async def test_the_page_quotes_the_commitment_and_has_three_real_buttons(bas: Bas) -> None:
    page = bas.client.get(bas.path("answer"))
    assert "Ik bel Karin &amp; vraag &lt;twee&gt; kamers" in page.text
    assert re.findall(r'name="answer" value="(\w+)"', page.text) == ["gelukt", "deels", "niet"]
    assert 'lang="nl"' in page.text


async def test_two_taps_and_the_last_one_wins(db: Database, bas: Bas) -> None:
    assert "Wat leverde het op?" in bas.client.post(bas.path("answer"), data={"answer": "gelukt"}).text
    page = bas.client.post(bas.path("answer"), data={"answer": "niet"})
    assert "Wat hield je tegen?" in page.text
    assert 'value="niet" aria-pressed="true"' in page.text
    answer = await answer_of(db)
    assert answer is not None
    assert answer.answer == "niet"


async def test_what_stopped_somebody_is_kept_and_comes_back(db: Database, bas: Bas) -> None:
    bas.client.post(bas.path("answer"), data={"answer": "deels"})
    told = {
        "obstacle": "MANDAAT",
        "obstacle_text": "<b>baas</b>",
        "needed": "mandaat",
        "brought": "half",
        "next": "leave",
    }
    page = bas.client.post(bas.path("answer") + "/more", data=told | {"next": "leave"})
    assert page.status_code == 200
    assert "Laten liggen is ook een antwoord" in page.text
    assert "&lt;b&gt;baas&lt;/b&gt;" in page.text
    assert "<b>baas</b>" not in page.text
    answer = await answer_of(db)
    assert answer is not None
    assert (answer.obstacle, answer.needed, answer.brought) == ("MANDAAT", "mandaat", "half")


async def test_a_refused_text_stays_on_the_page_with_the_reason(bas: Bas) -> None:
    bas.client.post(bas.path("answer"), data={"answer": "niet"})
    page = bas.client.post(bas.path("answer") + "/more", data={"needed": "y" * 301})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert "y" * 301 in page.text


async def test_planned_again_it_has_a_page_of_its_own(db: Database, bas: Bas) -> None:
    bas.client.post(bas.path("answer"), data={"answer": "niet"})
    form = bas.client.post(bas.path("answer") + "/more", data={"obstacle": "DRUK", "next": "smaller"})
    assert form.url.path.endswith("/again")
    assert "Ik doe" not in form.text
    [day, *_] = re.findall(r'name="day" value="([\d-]+)"', form.text)
    wrong = bas.client.post(form.url.path, data={"day": "2020-01-01", "at": "09:00", "act": "iets anders"})
    assert wrong.status_code == 422
    assert "iets anders" in wrong.text
    page = bas.client.post(form.url.path, data={"day": day, "at": "09:15", "act": "ik bel alleen Karin"})
    assert page.status_code == 200
    assert page.url.path != bas.path("answer")
    assert "Ik bel alleen Karin" in page.text
    assert 'name="answer"' not in page.text  # its moment has still to come
    [made] = await rows(db, Commitment, Commitment.replanned_from == bas.commitment.id)
    assert made.starts_at.astimezone(ZONE).time() == time(9, 15)
    assert 'value="again"' not in bas.client.get(bas.path("answer")).text  # once


async def test_before_its_moment_the_page_shows_the_commitment_and_takes_nothing(
    db: Database, cast: Cast, running: Running
) -> None:
    later = datetime.now(UTC).astimezone(ZONE) + timedelta(days=2)
    person, commitment = await commit(db, cast.workshop, "early", day=later.date())
    path = Links("", cast.workshop, person, commitment).answer
    client = running.client()
    page = client.get(path)
    assert "Ik bel Karin" in page.text
    assert 'name="answer"' not in page.text
    assert client.post(path, data={"answer": "gelukt"}).status_code == 409
    assert await answer_of(db) is None


async def test_the_calendar_entry_can_be_fetched_without_mail(bas: Bas) -> None:
    got = bas.client.get(bas.path("answer") + "/afspraak.ics")
    assert got.headers["content-type"].startswith("text/calendar")
    [event] = Calendar.from_ical(got.content).walk("VEVENT")
    assert event["URL"] == bas.links.answer


@pytest.mark.parametrize("broken", ["", "x", "{id}.AAAAAAAAAAAAAAAAAAAAAA", "{id}"])
@pytest.mark.parametrize("place", ["/a/", "/p/", "/u/"])
async def test_a_link_that_is_not_ours_opens_nothing(bas: Bas, place: str, broken: str) -> None:
    subject = bas.commitment.id if place == "/a/" else bas.person.id
    for method in ("GET", "POST"):
        answer = bas.client.request(method, place + broken.format(id=subject), data={"answer": "gelukt"})
        assert answer.status_code in (404, 405)
        assert "Karin" not in answer.text


async def test_a_link_for_one_purpose_does_nothing_else(bas: Bas) -> None:
    stop_token = bas.path("stop").removeprefix("/u/")
    assert bas.client.post(f"/p/{stop_token}/deletion").status_code == 404
    assert bas.client.get(f"/a/{stop_token}").status_code == 404


async def test_a_mail_program_stops_the_mails_in_one_click(db: Database, bas: Bas, running: Running) -> None:
    program = running.client(headers={})  # without a cookie, without an origin
    answer = program.post(bas.path("stop"), data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)
    assert answer.status_code == 200
    [address] = await rows(db, MailAddress)
    assert address.stopped_at is not None


async def test_another_site_cannot_answer_for_somebody(db: Database, bas: Bas, running: Running) -> None:
    elsewhere = running.client(headers={"Origin": "https://elsewhere.example"})
    assert elsewhere.post(bas.path("answer"), data={"answer": "gelukt"}).status_code == 403
    assert await answer_of(db) is None


async def test_the_own_page_shows_everything_and_deletes_everything(db: Database, bas: Bas) -> None:
    page = bas.client.get(bas.path("personal"))
    assert "bas@example.org" in page.text
    assert bas.links.answer in page.text
    assert "<svg" in page.text
    assert 'name="trainer"' not in page.text  # Anna works for the same organisation
    gone = bas.client.post(bas.path("personal") + "/deletion")
    assert "Alles van jou is weg" in gone.text
    for name in ("answer", "personal", "stop"):
        assert bas.client.get(bas.path(name)).status_code == 404
    assert await rows(db, MailAddress) == []


async def test_an_address_can_be_deleted_without_the_rest(db: Database, bas: Bas) -> None:
    page = bas.client.post(bas.path("personal") + "/address/deletion")
    assert "geen mailadres" in page.text
    assert await rows(db, MailAddress) == []
    assert [each.withdrawn for each in await rows(db, Commitment)] == [False]


@pytest.fixture
def phone(db: Database, cast: Cast, running: Running) -> httpx2.Client:
    """Somebody in the room, with a commitment that is to come."""
    client = running.client()
    client.post(f"/w/{cast.workshop.code}/participants")
    return client


async def test_in_the_room_the_own_link_is_there_to_keep(phone: httpx2.Client, cast: Cast) -> None:
    page = phone.get(f"/w/{cast.workshop.code}/me")
    assert re.search(r"/p/[\w-]{22}\.[\w-]{22}", page.text)
    assert "data-share" in page.text
    assert "Bewaar je eigen link" in page.text


async def test_an_address_comes_back_with_the_reason_and_what_was_typed(
    db: Database, phone: httpx2.Client, cast: Cast
) -> None:
    place = f"/w/{cast.workshop.code}/address"
    refused = phone.post(place, data={"address": "bas@arnhem", "check": "yes"}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert 'value="bas@arnhem"' in refused.text
    assert "Het stuk na de @" in refused.text
    assert "<html" not in refused.text
    whole = phone.post(place, data={"address": "bas@arnhem", "check": "yes"})
    assert whole.status_code == 422
    assert "<html" in whole.text
    assert await rows(db, MailAddress) == []


async def test_an_address_is_kept_and_read_back_large(db: Database, phone: httpx2.Client, cast: Cast) -> None:
    place = f"/w/{cast.workshop.code}/address"
    given = {"address": "bas@arnhem.nl", "check": "yes"}
    kept = phone.post(place, data=given, headers={"HX-Request": "true"})
    assert kept.status_code == 200
    assert re.search(r'class="address-large"[^>]*>bas@arnhem\.nl<', kept.text)
    assert phone.post(place, data=given).url.path == f"/w/{cast.workshop.code}"
    [address] = await rows(db, MailAddress)
    assert (address.address, address.wants_check, address.wants_later) == ("bas@arnhem.nl", True, False)


async def test_dirk_who_is_elsewhere_has_no_page_here(running: Running, db: Database, cast: Cast) -> None:
    dirk = running.client()
    dirk.post(f"/w/{cast.elsewhere.code}/participants")
    for method, path in (("GET", "me"), ("POST", "address")):
        answer: Any = dirk.request(method, f"/w/{cast.workshop.code}/{path}", data={"address": "d@example.org"})
        assert answer.status_code == 404
    assert await rows(db, MailAddress) == []
