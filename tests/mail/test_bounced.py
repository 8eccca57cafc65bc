"""A mail that came back later, by the report that Postfix writes."""

import asyncio
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.cli import cli
from app.core.letter import OutgoingMail
from app.db import Database
from app.failed import Failed
from app.mail.bounced import mark_bounced
from app.mail.courier import Courier
from app.mail.delivery_report import MOST_BYTES, read_report
from app.mail.planned import render_due
from app.results.workshop_results import standing
from app.settings import Settings, settings
from tests.follow_up import Chantal, Hands, rows

pytest_plugins = ["tests.follow_up_cast"]
REPORT = """\
Return-Path: <>
Date: Tue, 24 Nov 2026 18:57:47 +0000 (UTC)
From: Mail Delivery System <MAILER-DAEMON@relay.example>
Subject: Undelivered Mail Returned to Sender
To: post@morgen.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="642F625E3EE.1795546667/relay.example"
Content-Transfer-Encoding: 8bit
Message-Id: <20261124185747.68AD625E242@relay.example>

This is a MIME-encapsulated message.

--642F625E3EE.1795546667/relay.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host relay.example.

<gone@example.org> (expanded from <chantal@example.org>): unknown user:
    "gone@example.org"

--642F625E3EE.1795546667/relay.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
X-Postfix-Queue-ID: 642F625E3EE
Arrival-Date: Tue, 24 Nov 2026 18:57:47 +0000 (UTC)

Final-Recipient: rfc822; gone@example.org
Original-Recipient: rfc822;chantal@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: X-Postfix; unknown user: "gone@example.org"

--642F625E3EE.1795546667/relay.example
Content-Description: Undelivered Message
Content-Type: {returned}

From: post@morgen.example
Message-ID: {message_id}

--642F625E3EE.1795546667/relay.example--
"""


def report(message_id: str = "", returned: str = "text/rfc822-headers", action: str = "failed", **others: str) -> bytes:
    made = REPORT.format(message_id=message_id, returned=returned, action=action)
    for was, becomes in others.items():
        assert was in made
        made = made.replace(was, becomes)
    return made.encode()


@pytest.fixture
async def sent(db: Database, chantal: Chantal, by_file: Settings, hands: Hands) -> OutgoingMail:
    await Courier(db, by_file).once()
    [mail] = await rows(db, OutgoingMail)
    assert mail.state == "sent"
    return mail


async def mark(settings: Settings, content: bytes) -> str:
    return await asyncio.to_thread(mark_bounced, settings, content)


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
async def test_it_is_marked_as_a_refusal_at_once_and_shown_to_the_trainer(
    db: Database, chantal: Chantal, sent: OutgoingMail, by_file: Settings, returned: str
) -> None:
    said = await mark(by_file, report(sent.message_id, returned))
    assert said.startswith("Marked as not delivered: m0, 5.1.1 unknown user")
    [mail] = await rows(db, OutgoingMail)
    assert (mail.state, mail.error) == ("dead", '5.1.1 unknown user: "…"')
    async with db.read() as session:
        assert (await standing(session, chantal.workshop)).failed_mails == 1
    assert await mark(by_file, report(sent.message_id, returned)) == "It was marked already."


async def test_without_a_message_id_it_is_the_last_mail_to_that_address_and_only_where_our_mails_come_back_to(
    db: Database, sent: OutgoingMail, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.put("2026-11-25 16:15"))
    await Courier(db, by_file).once()
    with pytest.raises(Failed, match="No mail of this server"):
        await mark(by_file.model_copy(update={"mail_bounces": "retour@morgen.example"}), report())
    assert "Marked as not delivered: m2" in await mark(by_file, report())
    assert {mail.letter: mail.state for mail in await rows(db, OutgoingMail)} == {"m0": "sent", "m2": "dead"}


@pytest.mark.parametrize("action", ["delayed", "relayed"])
async def test_what_may_still_arrive_is_not_marked(
    db: Database, sent: OutgoingMail, by_file: Settings, action: str
) -> None:
    assert f"“{action}”" in await mark(by_file, report(sent.message_id, action=action))
    assert [mail.state for mail in await rows(db, OutgoingMail)] == ["sent"]


async def test_a_mail_of_another_server_is_refused(db: Database, sent: OutgoingMail, by_file: Settings) -> None:
    with pytest.raises(Failed, match="No mail of this server"):
        await mark(by_file, report("<m0.somebody-else@morgen.example>"))
    assert [mail.state for mail in await rows(db, OutgoingMail)] == ["sent"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no delivery report"),
        (b"\xff\x00 no mail at all", "no delivery report"),
        (b"From: a@b.nl\r\nSubject: I am on holiday\r\n\r\nBack on Monday.\r\n", "no delivery report"),
        (report(**{"message/delivery-status": "text/plain"}), "no delivery report"),
        (report(**{"Final-Recipient": "X-Recipient"}), "names no recipient"),
        (b"x" * (MOST_BYTES + 1), "too large"),
    ],
    ids=["nothing", "bytes", "holiday", "no-status", "no-recipient", "large"],
)
def test_anything_else_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Failed, match=words):
        read_report(content)


async def test_the_command_reads_a_file_or_what_is_piped_in_and_says_what_is_wrong(
    db: Database, sent: OutgoingMail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MORGEN_DATABASE", db.url)
    (tmp_path / "report").write_bytes(report(sent.message_id))
    settings.cache_clear()

    def run(*given: str) -> Result:
        return CliRunner().invoke(cli, ["mail", "bounce", *given], input=b"Subject: hello\n\n")

    try:
        paths: tuple[list[str], ...] = [], [str(tmp_path / "none")], [str(tmp_path / "report")]
        piped, missing, marked = [await asyncio.to_thread(run, *given) for given in paths]
    finally:
        settings.cache_clear()
    assert [each.exit_code for each in (piped, missing, marked)] == [1, 2, 0]
    assert "Give the whole mail as it came back" in piped.stderr
    assert "Marked as not delivered: m0" in marked.stdout
