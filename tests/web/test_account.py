"""The account of a trainer in a running server: browsers, password, second factor, and what the log keeps of it."""

import re
import time
from collections.abc import Iterator

import httpx2
import pyotp
import pytest
from sqlmodel import select

from app import clock, links
from app.announce import second_factor_off
from app.core.audit import AuditEntry
from app.core.organisation import Organisation
from app.core.passwords import hash_of, set_password
from app.core.second_factor import set_up
from app.core.sessions import signed_in
from app.core.trainer import RecoveryCode, Trainer, TrainerSession
from app.db import Database
from app.settings import Settings
from tests.conftest import SECRET, Cast, Running, session_token

PASSWORD = "vier losse woorden samen"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def acts(db: Database) -> list[str]:
    async with db.read() as session:
        rows = await session.exec(select(AuditEntry).order_by(AuditEntry.at))
        return [row.act for row in rows.all()]


async def with_password(db: Database, trainer: Trainer) -> None:
    await db.write(set_password, trainer.id, await hash_of(PASSWORD))


async def with_second_factor(db: Database, trainer: Trainer) -> tuple[str, list[str]]:
    """The secret in the app, and the recovery codes."""
    token = await session_token(db, trainer)
    async with db.read() as session:
        someone = await signed_in(session, token)
    assert someone
    secret = pyotp.random_base32()
    before = int(clock.now().timestamp()) - 30  # so that the code of now has not been used
    return secret, await db.write(set_up, someone.session.id, secret, pyotp.TOTP(secret).at(before))


def by_password(client: httpx2.Client, password: str, address: str = "anna@example.org") -> httpx2.Response:
    return client.post("/sign-in/password", data={"email": address, "password": password})


async def test_a_password_lets_in_and_is_stored_as_a_hash(running: Running, db: Database, cast: Cast) -> None:
    anna, elsewhere = running.trainer_client(await session_token(db, cast.anna)), running.client()
    elsewhere.cookies.set("morgen_trainer", await session_token(db, cast.anna))
    assert anna.post("/account/password", data={"password": "kort"}).status_code == 422
    assert anna.post("/account/password", data={"password": PASSWORD}).status_code == 200
    assert elsewhere.get("/account").url.path == "/sign-in"
    async with db.read() as session:
        kept = (await session.get_one(Trainer, cast.anna.id)).password_hash
    assert kept.startswith("$argon2id$")
    client = running.client()
    client.headers["User-Agent"] = FIREFOX
    assert by_password(client, PASSWORD, " Anna@Example.org").url.path == "/trainer"
    assert "Firefox, Linux" in client.get("/account").text
    assert client.post("/account/password", data={"former": "fout", "act": "remove"}).status_code == 422
    assert client.post("/account/password", data={"former": PASSWORD, "act": "remove"}).status_code == 200
    assert by_password(running.client(), PASSWORD).status_code == 422
    assert (await acts(db)).count("password") == 2


async def test_wrong_guesses_wait_and_the_owner_comes_in_by_mail(running: Running, db: Database, cast: Cast) -> None:
    await with_password(db, cast.anna)
    client = running.client()
    told = [by_password(client, f"verkeerd {number}").status_code for number in range(11)]
    assert told == [422] * 10 + [429]
    right = by_password(client, PASSWORD)
    assert right.status_code == 429
    assert 0 < int(right.headers["Retry-After"]) <= 300
    token = await session_token(db, cast.anna)  # by the link in a mail
    assert running.trainer_client(token).get("/trainer").status_code == 200
    assert (await acts(db)).count("sign_in_failed") == 10


async def test_an_unknown_address_is_told_the_same_in_the_same_time(running: Running, db: Database, cast: Cast) -> None:
    await with_password(db, cast.anna)
    client = running.client()
    by_password(client, "x", "warm@example.org")

    def asked(address: str) -> tuple[float, httpx2.Response]:
        begun = time.perf_counter()
        answer = by_password(client, "niet het goede", address)
        return time.perf_counter() - begun, answer

    no_password = "dirk@example.org"
    turns = [[asked(who) for who in ("anna@example.org", "niemand@example.org", no_password)] for _ in range(5)]
    known, unknown, bare = zip(*turns, strict=True)
    for group in (unknown, bare):
        assert {answer.status_code for _, answer in group} == {422}
        same = group[0][1].text.replace("niemand", "anna").replace("dirk", "anna")
        assert same == known[0][1].text
        ratio = min(seconds for seconds, _ in group) / min(seconds for seconds, _ in known)
        assert 0.4 < ratio < 2.5


async def test_a_second_factor_is_set_up_by_scanning_and_asked_for_at_the_next_signing_in(
    running: Running, db: Database, cast: Cast
) -> None:
    anna = running.trainer_client(await session_token(db, cast.anna))
    shown = anna.get("/account/second-factor").text
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", shown)
    sealed = re.search(r'name="secret" value="([^"]+)"', shown)
    assert secret
    assert sealed
    assert secret[1] not in sealed[1]
    form = {"secret": sealed[1], "code": "00000"}
    assert anna.post("/account/second-factor", data=form).status_code == 422
    app = pyotp.TOTP(secret[1])
    used = app.now()
    done = anna.post("/account/second-factor", data={"secret": sealed[1], "code": used})
    codes = re.findall(r"<code>([2-9A-Z]{6}-[2-9A-Z]{6})</code>", done.text)
    assert len(codes) == 10
    async with db.read() as session:
        trainer = await session.get_one(Trainer, cast.anna.id)
        rows = (await session.exec(select(RecoveryCode))).all()
    assert secret[1] not in trainer.totp_secret
    assert all(code not in str(row.model_dump()) for code in codes for row in rows)
    client = running.client()
    token = await session_token(db, cast.anna)
    client.cookies.set("morgen_trainer", token)
    assert client.get("/trainer").url.path == "/sign-in/second"
    assert client.get(f"/w/{cast.workshop.code}/facilitator").url.path == "/sign-in/second"
    assert client.post("/sign-in/second", data={"code": used}).status_code == 422
    assert client.post("/sign-in/second", data={"code": codes[0].lower()}).url.path == "/trainer"
    async with db.read() as session:
        assert await signed_in(session, token) is None  # rotated
    assert (await acts(db)).count("second_factor_on") == 1


async def test_a_code_and_a_recovery_code_are_taken_once(running: Running, db: Database, cast: Cast) -> None:
    secret, codes = await with_second_factor(db, cast.anna)
    now = pyotp.TOTP(secret).now()
    for code in (now, codes[3]):
        first, second = [running.trainer_client(await session_token(db, cast.anna)) for _ in range(2)]
        assert first.post("/sign-in/second", data={"code": code}).url.path == "/trainer"
        again = second.post("/sign-in/second", data={"code": code})
        assert again.status_code == 422
        assert second.get("/trainer").url.path == "/sign-in/second"


async def test_codes_cannot_be_guessed(running: Running, db: Database, cast: Cast) -> None:
    await with_second_factor(db, cast.anna)
    client = running.trainer_client(await session_token(db, cast.anna))
    told = [client.post("/sign-in/second", data={"code": "12"}).status_code for _ in range(11)]
    assert told == [422] * 10 + [429]


async def test_where_the_organisation_asks_for_it_nothing_else_opens_before(
    running: Running, db: Database, cast: Cast
) -> None:
    async def require(session) -> None:
        (await session.get_one(Organisation, cast.anna.organisation_id)).requires_second_factor = True

    await db.write(require)
    anna = running.trainer_client(await session_token(db, cast.anna))
    room = f"/w/{cast.workshop.code}"
    for path in ("/trainer", f"{room}/facilitator", f"{room}/report", "/account", "/record"):
        assert anna.get(path).url.path == "/account/second-factor", path
    sealed = re.search(r'name="secret" value="([^"]+)"', anna.get("/account/second-factor").text)
    assert sealed
    secret = links.unseal(f"set up a second factor {cast.anna.id}", sealed[1])
    assert secret
    anna.post("/account/second-factor", data={"secret": sealed[1], "code": pyotp.TOTP(secret).now()})
    assert anna.get(f"{room}/facilitator").status_code == 200
    assert "Zet uit" not in anna.get("/account").text
    later = pyotp.TOTP(secret).at(int(time.time()) + 30)
    assert anna.post("/account/second-factor/removal", data={"code": later}).status_code == 422


FORMER, PRESENT = "a former secret that is long enough", "another secret that is long enough too"


@pytest.fixture
def rotated() -> Iterator[None]:
    """The keys of this test, and those of the others again."""
    links.load_keys(Settings(secret=FORMER))
    yield
    links.load_keys(Settings(secret=SECRET))


async def test_a_new_key_logs_nobody_out_and_spoils_no_second_factor(
    db: Database, cast: Cast, running: Running, rotated: None
) -> None:
    secret, _ = await with_second_factor(db, cast.anna)
    dirk = running.trainer_client(await session_token(db, cast.dirk))
    token = await session_token(db, cast.anna)
    projector = links.sign("projector", cast.workshop.id, cast.workshop.link_epoch)
    links.load_keys(Settings(secret=PRESENT, old_secrets=FORMER))
    assert dirk.get("/trainer").status_code == 200
    assert dirk.get("/trainer").url.path == "/trainer"
    assert running.client().get(f"/w/{cast.workshop.code}/projector/{projector}").status_code == 200
    anna = running.trainer_client(token)
    assert anna.post("/sign-in/second", data={"code": pyotp.TOTP(secret).now()}).url.path == "/trainer"
    links.load_keys(Settings(secret=PRESENT))  # the old one is gone now
    async with db.read() as session:
        sealed = (await session.get_one(Trainer, cast.anna.id)).totp_secret
    assert links.unseal("second factor", sealed) == secret  # sealed anew when it was used


async def test_browsers_are_shown_and_ended_on_the_page(running: Running, db: Database, cast: Cast) -> None:
    anna, phone = [running.trainer_client(await session_token(db, cast.anna)) for _ in range(2)]
    page = anna.get("/account").text
    other = re.search(r'name="session" value="([\w-]{22})"', page)
    assert other
    dirk = running.trainer_client(await session_token(db, cast.dirk))
    assert dirk.post("/account/sessions", data={"session": other[1]}).status_code == 404
    assert phone.get("/trainer").url.path == "/trainer"
    anna.post("/account/sessions", data={"session": other[1]})
    assert phone.get("/trainer").url.path == "/sign-in"
    assert anna.get("/trainer").url.path == "/trainer"


async def test_signing_in_again_in_one_browser_leaves_one_session(running: Running, db: Database, cast: Cast) -> None:
    await with_password(db, cast.anna)
    client = running.client()
    by_password(client, PASSWORD)
    first = client.cookies["morgen_trainer"]
    by_password(client, PASSWORD)
    assert client.cookies["morgen_trainer"] != first
    async with db.read() as session:
        assert len((await session.exec(select(TrainerSession))).all()) == 1


async def test_who_runs_the_server_helps_an_admin_who_lost_everything(db: Database, cast: Cast) -> None:
    await with_second_factor(db, cast.anna)
    there = Settings(secret=SECRET, database=db.url)
    assert "is off" in await second_factor_off(there, " Anna@example.org")
    async with db.read() as session:
        assert (await session.get_one(Trainer, cast.anna.id)).totp_secret == ""
        assert (await session.exec(select(TrainerSession))).all() == []
        assert (await session.exec(select(RecoveryCode))).all() == []
    assert "has no second factor" in await second_factor_off(there, "anna@example.org")
    assert (await acts(db)).count("second_factor_off") == 1
