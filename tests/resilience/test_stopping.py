"""Told to stop, a server says so first, finishes what it has in hand, and is gone within ten seconds."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx2
from aiosmtpd.smtp import SMTP, Envelope
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.core.letter import OutgoingMail
from app.db import Database
from tests.follow_up import Box, mail_server, rows
from tests.resilience.place import Place, place

OUT_WITHIN = 10.0


async def _queue(url: str) -> None:
    async def verb(session: Any) -> None:
        session.add(
            OutgoingMail(
                message_id="<1@morgen.example>",
                letter="m2",
                to_address="p@example.org",
                subject="Morgen: is het gelukt?",
                text="Dag",
                html="<p>Dag</p>",
            )
        )

    db = Database(url)
    await db.write(verb)
    await db.close()


async def test_ready_says_no_first_then_sockets_close_and_the_mail_at_hand_is_finished(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}"

    async def slow(server: SMTP, envelope: Envelope) -> None:
        await asyncio.sleep(3)

    async with mail_server(Box(answer=slow)) as box:
        settings = {"MORGEN_SMTP_HOST": box.host, "MORGEN_SMTP_PORT": str(box.port), "MORGEN_SMTP_TLS": "none"}
        context = place(url, before=_queue, **settings)
        made = await asyncio.to_thread(context.__enter__)
        try:
            while not box.seen:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            said, code, took = await _stop(made)
        finally:
            await asyncio.to_thread(context.__exit__, None, None, None)
    assert said == "stopping"
    assert code == 1012
    assert took < OUT_WITHIN
    db = Database(url)
    [mail] = await rows(db, OutgoingMail)
    await db.close()
    assert (mail.state, len(box.taken)) == ("sent", 1)


async def _stop(made: Place) -> tuple[str, int | None, float]:
    """What /healthz/ready said while the socket was open, how that closed, and how long the process took."""
    cookie = await asyncio.to_thread(made.join)
    line = made.address.replace("http", "ws", 1) + f"/w/{made.code}/live/participant"
    async with connect(line, additional_headers={"Cookie": cookie, "Origin": made.address}) as socket:
        await socket.recv()
        begun = time.monotonic()
        made.process.terminate()
        async with httpx2.AsyncClient(base_url=made.address) as http:
            while (answer := await http.get("/healthz/ready")).status_code != 503:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert socket.close_code is None
        code = None
        try:
            while True:
                await socket.recv()
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else None
    await asyncio.to_thread(made.process.wait, 30)
    return answer.json()["status"], code, time.monotonic() - begun
