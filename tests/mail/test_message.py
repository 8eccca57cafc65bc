"""A mail as it goes over the line: right headers, right parts, nothing that somebody typed becomes a header."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.letter import OutgoingMail
from app.mail.message import message, one_line
from app.mail.transport import Smtp
from app.settings import Settings
from tests.follow_up import Box, mail_server, over_smtp

STOP = "https://morgen.example/u/" + "x" * 45
OURS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Reply-To"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type"),
}


def mail(**changed: Any) -> OutgoingMail:
    given: dict[str, Any] = {
        "message_id": "<m2.abc@morgen.example>",
        "letter": "m2",
        "to_address": "chantal@example.org",
        "subject": "Morgen: is het gelukt?",
        "text": "Dag Zoë\n" + "een heel lange regel " * 90 + "\n",
        "html": "<p>Dag Zoë</p>" + "<td>x</td>" * 400,
        "sender_name": "Anna via Morgen",
        "reply_to": "anna@example.org",
        "unsubscribe": STOP,
        "calendar": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        "created_at": datetime(2026, 11, 24, 12, 30, tzinfo=UTC),
    }
    return OutgoingMail(**given | changed)


def lines(**changed: Any) -> list[bytes]:
    return message(mail(**changed), "post@morgen.example").as_bytes().split(b"\r\n")


def read(**changed: Any) -> EmailMessage:
    content = message(mail(**changed), "post@morgen.example").as_bytes()
    read = message_from_bytes(content, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_machines_are_told_that_no_answer_is_wanted() -> None:
    assert read()["Auto-Submitted"] == "auto-generated"
    assert read()["X-Auto-Response-Suppress"] == "All"


@pytest.mark.parametrize("calendar", ["", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_a_mail_that_is_tried_again_is_the_same_to_the_byte(calendar: str) -> None:
    assert lines(calendar=calendar) == lines(calendar=calendar)
    boundaries = [line for line in lines(calendar=calendar) if line.startswith(b"--=_") and line.endswith(b"--")]
    assert len(set(boundaries)) == len(boundaries) == (2 if calendar else 1)
    assert not set(lines(calendar=calendar)) & {each for each in lines(message_id="<m3.x@y>") if each[:4] == b"--=_"}


def test_a_person_who_answers_reaches_the_trainer() -> None:
    assert read()["Reply-To"] == "anna@example.org"


def test_the_same_mail_is_the_same_message() -> None:
    assert [read()[name] for name in ("Message-ID", "Date")] == [
        "<m2.abc@morgen.example>",
        "Tue, 24 Nov 2026 12:30:00 +0000",
    ]


def test_text_comes_first_then_html_then_the_calendar() -> None:
    whole = read()
    assert [part.get_content_type() for part in whole.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    calendar = next(iter(whole.iter_attachments()))
    assert calendar.get_param("method") == "PUBLISH"
    assert calendar.get_content_disposition() == "attachment"


def test_a_mail_without_a_calendar_has_two_parts() -> None:
    assert read(calendar="").get_content_type() == "multipart/alternative"


def test_every_line_is_plain_and_short_enough_for_any_server() -> None:
    long = "één afspraak over de coöperatie " * 40
    for line in lines(subject=long, sender_name=long):
        assert len(line) <= 998
        assert line.isascii()
        assert b"\n" not in line
        assert b"\r" not in line


def test_bodies_have_the_line_length_that_the_standard_asks() -> None:
    body = lines()[lines().index(b"") :]
    assert max(len(line) for line in body if b"Content-" not in line) <= 76


def test_encoded_words_are_as_short_as_the_standard_asks() -> None:
    subject = "Morgen: één afspraak over de coöperatie van Åsgård en de wijk Malburgen"
    head = lines(subject=subject, sender_name="Zoë van den Äkkerhuizen-Pietersen, adviseur")
    words = [line for line in head if b"=?utf-8?" in line]
    assert len(words) >= 3
    assert all(len(word) <= 75 for line in words for word in line.split() if word.startswith(b"=?"))
    whole = read(subject=subject, sender_name="Zoë van den Äkkerhuizen-Pietersen, adviseur")
    assert whole["Subject"] == subject
    assert whole["From"].addresses[0].display_name == "Zoë van den Äkkerhuizen-Pietersen, adviseur"
    assert whole["From"].addresses[0].addr_spec == "post@morgen.example"


def test_plain_headers_stay_whole_on_one_line() -> None:
    assert f"List-Unsubscribe: <{STOP}>".encode() in lines()
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines()
    assert b"Subject: Morgen: is het gelukt?" in lines()


@pytest.mark.parametrize(
    "typed",
    [
        "A =?utf-8?q?=0D=0ABcc:_x@y.nl?= Bcc",
        "A =?utf-8?b?eA0KQmNjOiBldmlsQHgubmw=?= Bcc",
        "Anna\r\nBcc: spam@example.org",
        "Anna\nBcc: x@y.nl",
        "Anna\rBcc:x",
        "Anna\u2028Bcc: x",
        "A\0\x1bBcc: x",
    ],
)
def test_what_was_typed_never_becomes_a_header(typed: str) -> None:
    whole = read(sender_name=typed, subject=typed)
    assert set(whole.keys()) == OURS
    assert whole["Subject"].startswith("A")
    assert "Bcc" in whole["Subject"]


@given(st.text(max_size=300))
def test_any_name_and_subject_make_a_sound_message(text: str) -> None:
    whole = read(sender_name=text, subject=text)
    assert set(whole.keys()) == OURS
    assert str(whole["Subject"]).split() == one_line(text).split()
    assert whole["From"].addresses[0].addr_spec == "post@morgen.example"


@pytest.mark.parametrize("address", ["chantal@x.org\r\nBcc: spam@example.org", "chantal", "zoë@example.org", "a@b@"])
def test_what_is_no_address_makes_no_mail(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        message(mail(to_address=address), "post@morgen.example")


def test_domains_with_other_letters_travel_as_every_server_takes_them() -> None:
    made = message(mail(to_address="anna@façade.example"), "post@coöperatie.example")
    head = made.as_bytes().partition(b"\r\n\r\n")[0]
    assert b"anna@xn--faade-zra.example" in head
    assert b"post@xn--coperatie-17a.example" in head


async def sent(box: Box, settings: Settings, made: EmailMessage) -> tuple[bytes, str]:
    """What a real server took, and the sender it was told."""
    line = Smtp(over_smtp(settings, box))
    await line.send(made)
    await line.close()
    [taken] = box.taken
    assert isinstance(taken.content, bytes)
    return taken.content, str(taken.mail_from)


async def test_the_server_gets_the_very_bytes_that_we_made() -> None:
    made = message(mail(subject="Één keer over het besluit"), "post@morgen.example")
    async with mail_server(Box()) as box:
        content, _ = await sent(box, Settings(mail_from="post@morgen.example"), made)
    assert content == made.as_bytes()
    assert f"\r\nList-Unsubscribe: <{STOP}>\r\n".encode() in content


@pytest.mark.parametrize(
    ("bounces", "told"), [("", "post@morgen.example"), ("retour@morgen.example", "retour@morgen.example")]
)
async def test_mails_come_back_to_the_sender_or_to_the_address_set_for_that(bounces: str, told: str) -> None:
    async with mail_server(Box()) as box:
        settings = Settings(mail_from="post@morgen.example", mail_bounces=bounces)
        _, sender = await sent(box, settings, message(mail(), settings.mail_from))
    assert sender == told
