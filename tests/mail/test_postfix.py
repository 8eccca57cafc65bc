"""A letter through a real Postfix: courier, encrypted line, relay, mailbox."""

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from app.core.letter import OutgoingMail
from app.core.participant import MailAddress
from app.db import Database
from app.mail.bounced import mark_bounced
from app.mail.courier import Courier
from app.mail.message import message
from app.mail.transport import transport
from app.results.workshop_results import standing
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Chantal, Hands, rows
from tests.mail.played import ALL, played
from tests.mail.postfix import Postfix, lacking, relay

pytest_plugins = ["tests.follow_up_cast"]
TO_TRAINER = {"t1", "t1u", "t2", "t3", "sign_in", "trial"}
"""These have nothing to unsubscribe from."""


@pytest.fixture(scope="module")
def postfix() -> Iterator[Postfix]:
    if lacks := lacking():
        assert not os.environ.get("CI"), lacks
        pytest.skip(lacks)
    with relay() as made:
        yield made


@pytest.fixture
def relayed(postfix: Postfix, by_file: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of an installation that sends through this Postfix, and trusts its certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(postfix.certificate))
    return by_file.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": postfix.port, "mail_bounces": "retour@morgen.example"}
    )


async def delivered(postfix: Postfix, message_id: str) -> EmailMessage:
    """The mail as it lies in Chantal's mailbox; waits for it at most twenty seconds."""
    async with asyncio.timeout(20):
        while True:
            for content in await asyncio.to_thread(postfix.mails, "chantal"):
                read = message_from_bytes(content, policy=policy.default)
                if read["Message-ID"] == message_id:
                    assert isinstance(read, EmailMessage)
                    return read
            await asyncio.sleep(0.05)


async def came_back(postfix: Postfix, message_id: str) -> bytes:
    """The report about this mail as Postfix wrote it; waits for it at most twenty seconds."""
    async with asyncio.timeout(20):
        while True:
            for content in await asyncio.to_thread(postfix.mails, "retour"):
                if message_id.encode() in content:
                    return content
            await asyncio.sleep(0.05)


async def send_to(db: Database, settings: Settings, address: str) -> OutgoingMail:
    """Chantal's first letter, tried once, to this address."""

    async def readdress(session: Any) -> None:
        [known] = await rows(db, MailAddress)
        known.address = address
        await session.merge(known)

    await db.write(readdress)
    await Courier(db, settings).once()
    [mail] = await rows(db, OutgoingMail)
    return mail


async def test_a_letter_arrives_whole(db: Database, chantal: Chantal, relayed: Settings, postfix: Postfix) -> None:
    assert await Courier(db, relayed).once() == 1
    [mail] = await rows(db, OutgoingMail)
    read = await delivered(postfix, mail.message_id)
    for header, value in {
        "Subject": mail.subject,
        "From": "Anna via Morgen <post@morgen.example>",
        "To": "chantal@example.org",
        "Reply-To": "anna@example.org",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<{mail.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Return-Path": "<retour@morgen.example>",
    }.items():
        assert read[header] == value
    assert "ESMTPS" in read["Received"]  # it came over an encrypted line
    parts = {part.get_content_type(): part for part in read.walk()}
    assert parts["text/plain"].get_content().replace("\r\n", "\n") == mail.text
    assert parts["text/html"].get_content().replace("\r\n", "\n").strip() == mail.html.strip()
    entry = parts["text/calendar"].get_payload(decode=True)
    assert isinstance(entry, bytes)
    assert entry.decode() == mail.calendar


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_every_letter_arrives_as_it_was_written(
    db: Database, tuesday: Cast, by_file: Settings, relayed: Settings, postfix: Postfix, hands: Hands, language: str
) -> None:
    mails = {mail.letter: mail for mail in await played(db, tuesday, by_file, hands, language)}
    assert mails.keys() == ALL
    line = transport(relayed)
    for mail in mails.values():
        mail.to_address = "chantal@example.org"
        await line.send(message(mail, "post@morgen.example"))
    await line.close()
    for letter, mail in mails.items():
        read = await delivered(postfix, mail.message_id)
        assert read["Subject"] == mail.subject
        assert (read["List-Unsubscribe"] is not None) is bool(mail.unsubscribe), letter
        assert bool(mail.unsubscribe) is (letter not in TO_TRAINER), letter
        plain, html = read.get_body(("plain",)), read.get_body(("html",))
        assert plain is not None
        assert html is not None
        assert plain.get_content().replace("\r\n", "\n") == mail.text
        assert html.get_content().replace("\r\n", "\n").strip() == mail.html.strip()


async def test_an_address_that_does_not_exist_is_told_to_the_trainer_at_once(
    db: Database, chantal: Chantal, relayed: Settings
) -> None:
    mail = await send_to(db, relayed, "gone@example.org")
    assert (mail.state, mail.attempts) == ("dead", 1)
    assert mail.error.startswith("550 5.1.1")
    assert "gone@example.org" not in mail.error
    async with db.read() as session:
        assert (await standing(session, chantal.workshop)).failed_mails == 1


async def test_a_server_that_says_later_gets_it_later(
    db: Database, chantal: Chantal, relayed: Settings, hands: Hands
) -> None:
    mail = await send_to(db, relayed, "late@example.org")
    assert (mail.state, mail.attempts) == ("queued", 1)
    assert mail.error.startswith("450 4.2.0")
    assert timedelta(0) < mail.ready_at - hands.now < timedelta(minutes=1)


async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    db: Database, chantal: Chantal, relayed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert await Courier(db, relayed).once() == 0
    [mail] = await rows(db, OutgoingMail)
    assert mail.state == "queued"
    assert "certificate" in mail.error.lower()


async def test_a_mail_that_comes_back_later_is_marked_by_the_report_of_the_relay(
    db: Database, chantal: Chantal, relayed: Settings, postfix: Postfix
) -> None:
    mail = await send_to(db, relayed, "moved@example.org")
    assert mail.state == "sent"
    said = await asyncio.to_thread(mark_bounced, relayed, await came_back(postfix, mail.message_id))
    assert said.startswith("Marked as not delivered: m0, 5.1.1")
    [mail] = await rows(db, OutgoingMail)
    assert mail.state == "dead"
    assert "@example.org" not in mail.error
    async with db.read() as session:
        assert (await standing(session, chantal.workshop)).failed_mails == 1
