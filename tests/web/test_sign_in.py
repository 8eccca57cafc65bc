"""The trainer's door: a link or a code from a mail, used once; looking changes nothing."""

import re
import time
from datetime import timedelta

import httpx2
from sqlmodel import select

from app import clock
from app.core.letter import OutgoingMail
from app.core.signing_in import invite
from app.core.trainer import TrainerSession
from app.db import Database
from app.web.sign_in import ALIKE
from tests.conftest import Cast, Running
from tests.letterbox import last_mail, words


async def sessions(db: Database) -> int:
    async with db.read() as session:
        return len((await session.exec(select(TrainerSession))).all())


def ask(client: httpx2.Client, address: str) -> httpx2.Response:
    return client.post("/sign-in", data={"email": address})


async def test_the_link_in_the_mail_signs_in_by_a_button_and_once(running: Running, db: Database, cast: Cast) -> None:
    client = running.client()
    assert "sign-in/code" in str(ask(client, " Anna@Example.org ").url)
    mail = await last_mail(db, running)
    assert mail["To"] == "anna@example.org"
    link = re.search(r"/sign-in/[\w-]{22}", words(mail))
    assert link
    for _ in range(3):  # mail scanners open every link
        assert client.get(link[0]).status_code == 200
    assert await sessions(db) == 0
    assert client.post(link[0]).url.path == "/trainer"
    assert cast.workshop.title in client.get("/trainer").text
    assert running.client().post(link[0]).status_code == 422
    assert await sessions(db) == 1


async def test_the_code_beside_the_link_works_in_the_browser_that_asked(
    running: Running, db: Database, cast: Cast
) -> None:
    client = running.client()
    ask(client, "anna@example.org")
    code = re.search(r"\b\d{6}\b", words(await last_mail(db, running)))
    assert code
    elsewhere = running.client()
    assert elsewhere.post("/sign-in/code", data={"code": code[0]}).status_code == 422
    assert client.post("/sign-in/code", data={"code": code[0]}).url.path == "/trainer"


async def test_a_code_cannot_be_guessed(running: Running, db: Database, cast: Cast) -> None:
    client = running.client()
    ask(client, "anna@example.org")
    code = re.search(r"\b\d{6}\b", words(await last_mail(db, running)))
    assert code
    wrong = f"{(int(code[0]) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert client.post("/sign-in/code", data={"code": wrong}).status_code == 422
    assert client.post("/sign-in/code", data={"code": code[0]}).status_code == 422
    assert await sessions(db) == 0


async def test_an_unknown_address_gets_the_same_answer_and_no_mail(running: Running, db: Database, cast: Cast) -> None:
    answer = ask(running.client(), "nobody@example.org")
    assert answer.status_code == 200
    assert answer.url.path == "/sign-in/code"
    async with db.read() as session:
        assert (await session.exec(select(OutgoingMail))).all() == []


async def test_what_is_no_address_comes_back_with_the_reason(running: Running, cast: Cast) -> None:
    answer = ask(running.client(), "anna")
    assert answer.status_code == 422
    assert 'value="anna"' in answer.text
    assert 'role="alert"' in answer.text


async def test_an_old_link_does_not_work(running: Running, db: Database, cast: Cast) -> None:
    ticket = await db.write(invite, "anna@example.org")
    with clock.fixed(lambda: ticket.trainer.created_at + timedelta(days=8)):
        assert running.client().post(f"/sign-in/{ticket.token}").status_code == 422


async def test_signing_out_ends_the_session(running: Running, db: Database, cast: Cast) -> None:
    client = running.client()
    client.post(f"/sign-in/{(await db.write(invite, 'anna@example.org')).token}")
    assert client.get("/trainer").url.path == "/trainer"
    client.post("/sign-out")
    assert client.get("/trainer").url.path == "/sign-in"
    assert await sessions(db) == 0


async def test_an_address_without_an_account_is_answered_alike_and_no_sooner(running: Running, cast: Cast) -> None:
    """Else who measures knows who has an account: writing the mail took four times as long as writing none."""
    client = running.client(follow_redirects=False)

    def asked(address: str) -> float:
        begun = time.monotonic()
        assert ask(client, address).status_code == 303
        return time.monotonic() - begun

    assert min(asked("anna@example.org"), asked("niemand@example.org")) >= ALIKE
