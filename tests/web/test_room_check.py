"""The room check: open to anybody, tells the truth about the address, and mails nobody but the trainer who asks."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from aiosmtpd.smtp import SMTP, Envelope
from sqlmodel import select
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from app import clock
from app.core.letter import OutgoingMail
from app.db import Database
from app.settings import Settings
from app.web.room_check import MOST_MESSAGES, MOST_SIGNS, letter_to_ict, reach
from tests.conftest import Cast, Running, serving, session_token
from tests.follow_up import Box, mail_server

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def line(running: Running, origin: str = "") -> ClientConnection:
    address = running.address.replace("http", "ws") + "/test/socket"
    return connect(address, origin=origin or running.address, compression=None)  # type: ignore[arg-type]


async def mails(db: Database) -> list[OutgoingMail]:
    async with db.read() as session:
        return list((await session.exec(select(OutgoingMail))).all())


async def anna(running: Running, db: Database, cast: Cast) -> httpx2.Client:
    return running.trainer_client(await session_token(db, cast.anna))


async def test_anybody_may_look_and_reads_what_ict_has_to_do(running: Running, cast: Cast) -> None:
    page = running.client().get("/test", headers={"Accept-Language": "nl"})
    assert page.status_code == 200
    assert "JavaScript nodig" in page.text
    assert "Log in</a> om de mail te testen" in page.text
    host, port = running.address.removeprefix("http://").split(":")
    assert f"Nodig: http naar {host} (poort {port})." in page.text
    assert f"We need http to {host} (port {port})." in page.text
    assert "van 40 centimeter op de muur is te lezen vanaf 4 meter" in page.text


async def test_a_ping_carries_the_servers_time_and_nothing_else(running: Running, cast: Cast) -> None:
    with clock.fixed(lambda: NOON):
        answer = running.client().get("/test/ping")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Now"] == str(int(NOON.timestamp() * 1000))


async def test_the_line_says_each_text_once(running: Running, cast: Cast) -> None:
    with line(running) as socket:
        for text in ("round 0", "é" * MOST_SIGNS):
            socket.send(text)
            assert socket.recv(timeout=5) == text
        with pytest.raises(TimeoutError):
            socket.recv(timeout=0.1)


async def test_the_line_closes_after_its_last_message(running: Running, cast: Cast) -> None:
    with line(running) as socket:
        for number in range(MOST_MESSAGES):
            socket.send(str(number))
            assert socket.recv(timeout=5) == str(number)
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)


@pytest.mark.parametrize("sent", ["x" * (MOST_SIGNS + 1), "", b"bytes"])
async def test_what_is_no_short_text_is_not_said_again(running: Running, cast: Cast, sent: str | bytes) -> None:
    with line(running) as socket:
        socket.send(sent)
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)


async def test_another_site_opens_no_line(running: Running, cast: Cast) -> None:
    with pytest.raises(InvalidStatus):
        line(running, "https://evil.example")


async def test_a_test_mail_goes_to_the_trainer_only(running: Running, db: Database, cast: Cast) -> None:
    client = await anna(running, db, cast)
    with clock.fixed(lambda: NOON):
        assert client.post("/test/mail", data={"email": "else@example.org"}).url.path == "/test"
    [mail] = await mails(db)
    assert mail.to_address == "anna@example.org"
    assert "om 13:00 uur" in mail.text
    assert "om 13:00 uur" in mail.html


async def test_a_second_one_has_to_wait_a_minute(running: Running, db: Database, cast: Cast) -> None:
    client = await anna(running, db, cast)
    for after, status, sent in ((0, 200, 1), (59, 422, 1), (61, 200, 2)):
        with clock.fixed(lambda: NOON + timedelta(seconds=after)):  # noqa: B023
            assert client.post("/test/mail").status_code == status
        assert len(await mails(db)) == sent


async def told(running: Running, db: Database, cast: Cast) -> str:
    """What the page says of a test mail, asked again as the page does until it is settled."""
    client = await anna(running, db, cast)
    client.cookies.set("lang", "en")
    await asyncio.to_thread(client.post, "/test/mail")
    for _ in range(500):
        said = (await asyncio.to_thread(client.get, "/test/mail")).text
        if "hx-get" not in said:
            return said
    raise AssertionError(said)


async def test_without_a_mail_server_the_page_says_where_the_mail_lies(
    running: Running, db: Database, cast: Cast, tmp_path: Path
) -> None:
    client = await anna(running, db, cast)
    assert "nobody gets a mail" in client.get("/test", headers={"Accept-Language": "en"}).text
    assert "kept in a folder on the server" in await told(running, db, cast)
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("250 taken", "The mail server took the mail"),
        ("550 no such person", "refused the mail: 550 no such person"),
        ("451 come back later", "did not leave yet: 451 come back later"),
    ],
)
async def test_the_page_says_what_the_mail_server_said(
    database_url: str, db: Database, cast: Cast, tmp_path: Path, answer: str, words: str
) -> None:
    async def say(server: SMTP, envelope: Envelope) -> str:
        return answer

    async with mail_server(Box(answer=say)) as box:
        over_smtp = {"smtp_host": box.host, "smtp_port": box.port, "smtp_tls": "none"}
        house = serving(database_url, tmp_path, **over_smtp)
        running = house.__enter__()
        try:
            assert words in await told(running, db, cast)
            assert b"Dit is een testmail" in box.seen[0]
        finally:  # beside this loop: the mail server lives in it, and is told goodbye
            await asyncio.to_thread(house.__exit__)


def placed(**changed: str) -> Settings:
    return Settings(secret="a secret for tests only and long enough", **changed)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("http://localhost:8000", "machine"),
        ("http://127.0.0.1:8000", "machine"),
        ("http://192.168.1.20:8000", "network"),
        ("https://10.0.0.4", "network"),
        ("https://morgen.example.nl", "world"),
    ],
)
def test_the_check_knows_how_far_the_address_reaches(address: str, where: str) -> None:
    assert reach(placed(base_url=address)) == where


@pytest.mark.parametrize(("language", "words"), [("nl", "poort 443"), ("en", "port 443")])
def test_the_letter_to_ict_is_filled_in(language: str, words: str) -> None:
    text = letter_to_ict(placed(base_url="https://morgen.example.nl", mail_from="post@example.nl"), language)
    assert all(part in text for part in (words, "https://morgen.example.nl/test", "post@example.nl", "WebSocket"))
