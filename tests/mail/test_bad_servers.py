"""The table of all that a mail server may do wrong, and what becomes of the mail: it waits and goes later, under the
same Message-ID, or it has failed and the trainer sees it. Nothing else, and no mail vanishes."""

import asyncio
from email import message_from_bytes, policy
from functools import partial

import pytest

from app.core.letter import OutgoingMail
from app.db import Database
from app.mail import transport
from app.mail.courier import Courier
from app.results.workshop_results import standing
from app.settings import Settings
from tests.follow_up import Box, Chantal, Hands, over_smtp, rows
from tests.mail.bad_server import POINTS, BadServer, bad_server

pytest_plugins = ["tests.follow_up_cast"]
WAITS, FAILED, SENT = "queued", "dead", "sent"
TABLE = [
    # at           says                 and then  why
    ("greeting", "554 no service", WAITS, "says nothing about this mail"),
    ("greeting", "421 too busy", WAITS, ""),
    ("EHLO", "500 what", SENT, "HELO will do"),
    ("MAIL", "451 try later", WAITS, "greylisting"),
    ("MAIL", "550 not from you", FAILED, ""),
    ("MAIL", "530 sign in first", WAITS, "a setting is wrong, not the mail"),
    ("RCPT", "450 box busy", WAITS, ""),
    ("RCPT", "550 nobody here", FAILED, ""),
    ("DATA", "452 disk full", WAITS, ""),
    ("DATA", "554 no", FAILED, ""),
    ("after", "451 try later", WAITS, ""),
    ("after", "554 looks like spam", FAILED, ""),
    ("", "slow", SENT, ""),
]
TABLE += [(point, "cut", WAITS, "") for point in POINTS] + [(point, "", WAITS, "silent") for point in POINTS]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "connection", partial(transport.connection, timeout=0.3))


@pytest.mark.one_engine
@pytest.mark.parametrize(("at", "says", "then"), [row[:3] for row in TABLE], ids=lambda value: value or "silent")
async def test_what_becomes_of_the_mail(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands, box: Box, at: str, says: str, then: str
) -> None:
    async with bad_server(BadServer(at, says)) as server:
        sent = await Courier(db, over_smtp(by_file, box, smtp_port=server.port)).once()
    [mail] = await rows(db, OutgoingMail)
    assert (sent, mail.state) == (then == SENT, then)
    assert mail.attempts == 1
    assert bool(mail.error) == (then != SENT)
    async with db.read() as session:
        assert (await standing(session, chantal.workshop)).failed_mails == (then == FAILED)
    hands.now = max(hands.now, mail.ready_at)
    assert await Courier(db, over_smtp(by_file, box)).once() == (then == WAITS)
    came = [*server.taken, *box.seen]
    assert len(came) >= (then != FAILED)
    ids = {str(message_from_bytes(each, policy=policy.default)["Message-ID"]) for each in came}
    assert ids <= {mail.message_id}


async def test_one_silent_server_does_not_hold_up_the_stop(db: Database, chantal: Chantal, by_file: Settings) -> None:
    async with bad_server(BadServer("greeting", "")) as server:
        settings = over_smtp(by_file, Box(), smtp_port=server.port)
        going = asyncio.create_task(Courier(db, settings).run())
        await asyncio.sleep(0.1)
        going.cancel()
        async with asyncio.timeout(3):
            await asyncio.gather(going, return_exceptions=True)
    [mail] = await rows(db, OutgoingMail)
    assert mail.state == WAITS
