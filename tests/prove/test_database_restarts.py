"""PostgreSQL is restarted again and again while a hundred phones answer and the courier has eighty letters to bring:
what was confirmed is stored once, every letter leaves, and nobody does anything."""

import asyncio
import time
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope

from app.core.letter import OutgoingMail
from app.db import Database
from tests.follow_up import Box, mail_server, rows
from tests.mail.test_courier import queue
from tests.postgres import Cluster
from tests.resilience.kill_loop import Outcome, Page, answer_through
from tests.resilience.place import Place, place

pytestmark = [pytest.mark.prove, pytest.mark.postgres]
PEOPLE, LETTERS, RESTARTS, BETWEEN, AWAY = 100, 80, 6, 3.0, 1.5
MAILS_WITHIN = 120.0
"""Seconds after the last restart: a claim that nobody could end holds for a minute, and the courier looks each 15 s."""


async def slow(server: SMTP, envelope: Envelope) -> None:
    await asyncio.sleep(0.3)


async def _queue(url: str) -> None:
    db = Database(url)
    await queue(db, LETTERS)
    await db.close()


async def _restart(cluster: Cluster, server: Place, outcome: Outcome) -> None:
    """Each time the seconds from the database's coming back until a tap is taken."""
    cookie = await asyncio.to_thread(server.join)
    for _ in range(RESTARTS):
        await asyncio.sleep(BETWEEN)
        await asyncio.to_thread(cluster.stop)
        await asyncio.sleep(AWAY)
        await asyncio.to_thread(cluster.start)
        begun = time.monotonic()
        while not (await asyncio.to_thread(server.tap, cookie)).is_success:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        outcome.away.append(time.monotonic() - begun)


async def _all_left(url: str) -> float:
    db, begun = Database(url), time.monotonic()
    while any(each.state != "sent" for each in await rows(db, OutgoingMail)):
        assert time.monotonic() - begun < MAILS_WITHIN, "a letter did not leave"
        await asyncio.sleep(1)
    await db.close()
    return time.monotonic() - begun


async def test_what_was_confirmed_is_stored_once_and_every_letter_leaves(
    postgres: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    async with mail_server(Box(answer=slow)) as box:
        settings: dict[str, Any] = {"MORGEN_SMTP_HOST": box.host, "MORGEN_SMTP_PORT": str(box.port)}
        with postgres.database() as url:
            context = place(url, before=_queue, MORGEN_SMTP_TLS="none", **settings)
            server = await asyncio.to_thread(context.__enter__)
            lost: list[float] = []

            async def trouble(pages: list[Page], outcome: Outcome) -> None:
                since = [page.live_since for page in pages]
                await _restart(postgres, server, outcome)
                lost.extend(page.live_since for page, was in zip(pages, since, strict=True) if page.live_since != was)

            try:
                outcome = await answer_through(server, PEOPLE, trouble)
                took = await _all_left(url)
            finally:
                await asyncio.to_thread(context.__exit__, None, None, None)
    ids = {str(message_from_bytes(content)["Message-ID"]) for content in box.seen}
    with capsys.disabled():
        print(f"\n{RESTARTS} restarts: a tap is taken after {', '.join(f'{each:.2f}' for each in outcome.away)} s;")
        print(f"{len(ids)} letters in {len(box.seen)} deliveries, the last {took:.0f} s after the last restart")
    assert (len(outcome.confirmed), outcome.wrong()) == (PEOPLE, set())
    assert lost == []
    assert len(ids) == LETTERS
    assert max(outcome.away) < 3.0
