"""Signing in by the server of an organisation: a real one over HTTP; every lie it or a browser tells is refused."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc.jwk import RSAKey
from sqlmodel import select

from app.core.organisation import Organisation
from app.core.trainer import Trainer, TrainerSession
from app.db import Database
from tests.conftest import Cast, Running, serving
from tests.web.oidc_server import CLIENT, SECRET, OidcServer, oidc_server

ANNA = {"sub": "anna-1", "email": "Anna@example.org", "name": "Anna"}


@pytest.fixture(scope="module")
def one_server() -> Iterator[OidcServer]:
    with oidc_server() as made:
        yield made


@pytest.fixture
def theirs(one_server: OidcServer) -> OidcServer:
    one_server.person, one_server.lies, one_server.signs_with = dict(ANNA), {}, None
    return one_server


@pytest.fixture
def here(db: Database, cast: Cast, database_url: str, tmp_path: Path, theirs: OidcServer) -> Iterator[Running]:
    with serving(
        database_url,
        tmp_path,
        oidc_issuer=theirs.address,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_organisation=cast.anna.organisation_id,
        oidc_domain="gemeente.example",
    ) as running:
        yield running


async def sessions(db: Database) -> int:
    async with db.read() as session:
        return len((await session.exec(select(TrainerSession))).all())


async def test_who_was_invited_comes_in_and_is_known_by_the_lasting_id_from_then_on(
    here: Running, db: Database, cast: Cast, theirs: OidcServer
) -> None:
    client = here.client()
    assert "/sign-in/single" in client.get("/sign-in").text
    assert client.get("/sign-in/single").url.path == "/trainer"
    assert cast.workshop.title in client.get("/trainer").text
    assert set(client.cookies) == {"morgen_trainer"}
    theirs.person["email"] = "new-name@example.org"  # people marry; the account stays theirs
    assert here.client().get("/sign-in/single").url.path == "/trainer"
    theirs.person = {**ANNA, "sub": "somebody else"}  # and an address that passes on opens nothing
    assert here.client().get("/sign-in/single").status_code == 422
    assert await sessions(db) == 2


async def test_a_colleague_of_the_domain_gets_an_account_in_the_organisation_and_others_do_not(
    here: Running, db: Database, cast: Cast, theirs: OidcServer
) -> None:
    theirs.person = {"sub": "f", "oid": "lasting", "email": "fatma@gemeente.example", "name": "Fatma"}
    assert here.client().get("/sign-in/single").url.path == "/trainer"
    async with db.read() as session:
        fatma = (await session.exec(select(Trainer).where(Trainer.email == "fatma@gemeente.example"))).one()
    assert (fatma.organisation_id, fatma.is_admin) == (cast.anna.organisation_id, False)
    assert fatma.single_sign_on == f"{theirs.address} lasting"
    for stranger in (
        {"sub": "g", "email": "g@elsewhere.example"},
        {"sub": "d", "email": "dirk@example.org"},  # a trainer of another organisation
        {"sub": "u", "email": "anna@example.org", "email_verified": False},
        {"sub": "n"},
    ):
        theirs.person = stranger
        assert here.client().get("/sign-in/single").status_code == 422, stranger
    assert await sessions(db) == 1


LIES: list[dict[str, Any]] = [
    {"nonce": "another"},
    {"aud": "somebody else"},
    {"aud": [CLIENT, "somebody else"]},
    {"azp": "somebody else"},
    {"iss": "https://elsewhere.example"},
    {"exp": int(time.time()) - 3600},
    {"exp": None},
    {"iat": int(time.time()) + 36000},
    {"sub": None},
]


async def test_a_token_that_does_not_hold_lets_nobody_in(here: Running, db: Database, theirs: OidcServer) -> None:
    for lie in LIES:
        theirs.lies = lie
        answer = here.client().get("/sign-in/single")
        assert answer.status_code == 422, lie
        assert "morgen_trainer" not in answer.cookies
    theirs.lies, theirs.signs_with = {}, RSAKey.generate_key(2048, {"kid": "one"})
    assert here.client().get("/sign-in/single").status_code == 422
    assert await sessions(db) == 0


def sent_back(client: httpx2.Client) -> str:
    """Up to the server and to its answer: the address that the browser would open now."""
    there = client.get("/sign-in/single", follow_redirects=False).headers["location"]
    return httpx2.get(there, follow_redirects=False).headers["location"]


async def test_only_the_browser_that_began_comes_back_and_once(here: Running, db: Database) -> None:
    bas, eve = here.client(), here.client()
    address = sent_back(bas)
    assert eve.get(address).status_code == 422  # a browser that did not begin
    sent_back(eve)
    assert eve.get(address).status_code == 422  # one that began something else
    kept = bas.cookies["morgen_single"]
    assert bas.get(address).url.path == "/trainer"
    assert "morgen_single" not in bas.cookies
    assert bas.get(address).status_code == 422
    eve.cookies.clear()
    eve.cookies.set("morgen_single", kept)
    assert eve.get(address).status_code == 422  # the code was given once
    assert await sessions(db) == 1


async def test_a_server_that_is_away_is_told_kindly(here: Running, db: Database, theirs: OidcServer) -> None:
    address, theirs.address = theirs.address, "http://127.0.0.1:9"
    try:
        answer = here.client().get("/sign-in/single")
    finally:
        theirs.address = address
    assert answer.status_code == 422
    assert "werkaccount lukte niet" in answer.text


async def test_what_the_server_asked_as_a_second_factor_counts(
    here: Running, db: Database, cast: Cast, theirs: OidcServer
) -> None:
    async def require(session: Any) -> None:
        (await session.get_one(Organisation, cast.anna.organisation_id)).requires_second_factor = True

    await db.write(require)
    assert here.client().get("/sign-in/single").url.path == "/account/second-factor"
    theirs.person["amr"] = ["pwd", "mfa"]
    assert here.client().get("/sign-in/single").url.path == "/trainer"


async def test_without_settings_there_is_no_such_door(db: Database, cast: Cast, running: Running) -> None:
    assert running.client().get("/sign-in/single").status_code == 404
    assert running.client().get("/sign-in/single/back").status_code == 404
    assert "/sign-in/single" not in running.client().get("/sign-in").text
