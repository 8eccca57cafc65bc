"""What the letters say, in both languages, and the message that carries them."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from icalendar import Calendar

from app.core.addressing import give_address
from app.core.letter import OutgoingMail
from app.core.signing_in import ticket
from app.core.trainer import Trainer
from app.db import Database
from app.mail.letters import sign_in_mail
from app.mail.message import message
from app.mail.planned import render_due
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Chantal, Hands, commit, rows

pytest_plugins = ["tests.follow_up_cast"]
MOMENTS = ("2026-11-24 13:30", "2026-11-25 07:45", "2026-11-25 16:15", "2026-11-26 09:15", "2026-11-26 10:30")


async def all_letters(db: Database, settings: Settings, hands: Hands) -> dict[str, OutgoingMail]:
    for moment in MOMENTS:
        await db.write(render_due, settings, hands.put(moment))
    return {mail.letter: mail for mail in await rows(db, OutgoingMail)}


@pytest.fixture
async def letters(db: Database, chantal: Chantal, by_file: Settings, hands: Hands) -> dict[str, OutgoingMail]:
    return await all_letters(db, by_file, hands)


async def test_every_letter_was_written(letters: dict[str, OutgoingMail]) -> None:
    assert {name: mail.subject for name, mail in letters.items()} == {
        "m0": "Morgen: jouw afspraak voor wo 25 nov, 9:30",
        "m1": "Morgen: vandaag om 9:30",
        "m2": "Morgen: is het gelukt?",
        "m2r": "Morgen: nog één keer: is het gelukt?",
        "t1": "Morgen: De workshop van Anna: hoe het ging",
    }


async def test_what_was_typed_is_quoted_whole_and_never_spliced(letters: dict[str, OutgoingMail]) -> None:
    for name in ("m0", "m1", "m2", "m2r"):
        assert "‘Ik bel Karin & vraag <twee> kamers’" in letters[name].text
        assert "‘Ik bel Karin &amp; vraag &lt;twee&gt; kamers’" in letters[name].html
    assert "‘bel ik om 11:00 Peter’" in letters["m1"].text


async def test_the_check_asks_and_links_and_the_morning_only_reminds(letters: dict[str, OutgoingMail]) -> None:
    answer = re.compile(r"https://morgen\.example/a/[\w-]{22}\.[\w-]{22}(?=\s)")
    for name in ("m0", "m2", "m2r"):
        assert len(answer.findall(letters[name].text)) == 1
    assert not answer.findall(letters["m1"].text)
    assert "16:15" in letters["m0"].text
    assert "Eerlijk is goed" in letters["m2"].text
    assert "Daarna niet meer" in letters["m2r"].text


async def test_below_five_people_the_digest_shows_no_figures(letters: dict[str, OutgoingMail]) -> None:
    assert "minder dan 5" in letters["t1"].text
    assert "Chantal" not in letters["t1"].text
    assert "Karin" not in letters["t1"].text
    assert letters["t1"].unsubscribe == ""


async def test_english_people_get_english_letters(db: Database, tuesday: Cast, by_file: Settings, hands: Hands) -> None:
    person, _ = await commit(db, tuesday.workshop, "erik", language="en", act="I call Karin")
    await db.write(give_address, tuesday.workshop, person, "erik@example.org", True, False)
    letters = await all_letters(db, by_file, hands)
    assert letters["m0"].subject == "Morgen: your commitment for Wed 25 Nov, 9:30"
    assert "‘I call Karin’" in letters["m2"].text
    assert "Did it work?" in letters["m2"].text
    assert not re.search(r"\b(het|niet|afspraak)\b", letters["m2"].text.replace("De workshop van Anna", ""))


class Addresses(HTMLParser):
    """Everything that a mail program would fetch or follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.followed: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "background", "srcset") or tag in ("link", "img", "script", "iframe"):
                self.fetched.append(f"{tag} {name}={value}")
            if name == "href":
                self.followed.append(value or "")


async def test_html_fetches_nothing_and_says_what_the_text_says(letters: dict[str, OutgoingMail]) -> None:
    for mail in letters.values():
        found = Addresses(mail.html)
        assert found.fetched == []
        assert "url(" not in mail.html
        assert set(found.followed) == set(re.findall(r"https://\S+", mail.text))


def on_the_line(mail: OutgoingMail) -> EmailMessage:
    """As a mail program reads it."""
    read = message_from_bytes(message(mail, "post@morgen.example").as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


async def test_the_message_has_text_first_then_html_then_the_calendar_entry(letters: dict[str, OutgoingMail]) -> None:
    read = on_the_line(letters["m0"])
    alternative, entry = read.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == ["text/plain", "text/html"]
    assert entry.get_content_type() == "text/calendar"
    assert entry.get_filename() == "afspraak.ics"
    assert entry.get_param("method") == "PUBLISH"
    [event] = Calendar.from_ical(entry.get_payload(decode=True)).walk("VEVENT")
    assert event["SUMMARY"] == "Ik bel Karin & vraag <twee> kamers"
    assert event["SEQUENCE"] == 0
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == letters["m0"].text


async def test_headers_are_whole_and_the_letters_are_one_thread(letters: dict[str, OutgoingMail]) -> None:
    for name in ("m0", "m1", "m2", "m2r"):
        mail, read = letters[name], on_the_line(letters[name])
        raw = message(mail, "post@morgen.example").as_bytes()
        assert f"List-Unsubscribe: <{mail.unsubscribe}>\r\n".encode() in raw
        assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert read["Subject"] == mail.subject
        assert str(read["From"]) == "Anna via Morgen <post@morgen.example>"
        assert str(read["Reply-To"]) == "anna@example.org"
        assert read["Auto-Submitted"] == "auto-generated"
        assert read["In-Reply-To"] == (None if name == "m0" else letters["m0"].message_id)
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998


async def test_names_cannot_add_a_header(letters: dict[str, OutgoingMail]) -> None:
    mail = letters["m2"]
    mail.sender_name = 'Anna "de baas", <x@y> é via Morgen'
    mail.subject = "Is het\r\nBcc: x@example.org gelukt?"
    read = on_the_line(mail)
    assert read["From"].addresses[0].addr_spec == "post@morgen.example"
    assert read["Bcc"] is None
    mail.sender_name = "Anna\r\nBcc: x@example.org"
    assert on_the_line(mail)["Bcc"] is None


async def test_a_changed_commitment_keeps_its_entry_and_raises_its_sequence(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.now)
    hands.put("2026-11-24 20:00")
    await commit(db, chantal.workshop, "chantal", act="ik bel Peter")
    await db.write(render_due, by_file, hands.now)
    first, second = (await rows(db, OutgoingMail))[:2]
    events = [Calendar.from_ical(mail.calendar).walk("VEVENT")[0] for mail in (first, second)]
    assert events[0]["UID"] == events[1]["UID"]
    assert [event["SEQUENCE"] for event in events] == [0, 1]
    assert second.subject.startswith("Morgen: aangepast")
    assert second.in_reply_to == first.message_id


async def test_a_sign_in_mail_holds_link_and_code_and_never_waits(
    db: Database, tuesday: Cast, by_file: Settings
) -> None:
    [anna] = await rows(db, Trainer, Trainer.email == "anna@example.org")
    made = await db.write(ticket, anna)
    await db.write(sign_in_mail, by_file, made, f"https://morgen.example/sign-in/{made.token}")
    [mail] = await rows(db, OutgoingMail)
    assert mail.state == "queued"
    for body in (mail.text, mail.html):
        assert made.token in body
        assert made.code in body
