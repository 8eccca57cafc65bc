"""What holds for every answer: headers, where a form comes from, what a cookie is called, how much is taken."""

from pathlib import Path

import httpx2
import pytest

from app.core.joining import who
from app.core.moving import activities_of, move_on
from app.core.workshop import Stage
from app.db import Database
from app.ids import hashed
from tests.conftest import Cast, Running, serving, session_token

EVIL = "https://evil.example"
PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


def kinds_of_answer(code: str) -> list[tuple[str, str, int]]:
    return [
        ("GET", "/", 200),
        ("GET", f"/{code}", 307),
        ("GET", f"/w/{code}", 200),
        ("GET", "/no/such/page", 404),
        ("GET", "/%00", 404),
        ("GET", f"/w/{code}/facilitator", 303),
        ("PUT", "/", 405),
        ("POST", f"/w/{code}/address", 404),
        ("GET", "/static/css/plain.css", 200),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/healthz/ready", 200),
    ]


def assert_dressed(answer: httpx2.Response) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert answer.headers["Cache-Control"]
    assert "server" not in answer.headers


async def test_every_kind_of_answer_wears_the_headers(cast: Cast, running: Running) -> None:
    client = running.client(follow_redirects=False)
    for method, path, status in kinds_of_answer(cast.workshop.code):
        answer = client.request(method, path)
        assert answer.status_code == status, path
        assert_dressed(answer)
        is_file = path.startswith("/static") and status == 200
        assert answer.headers["Cache-Control"] == ("public, max-age=3600" if is_file else "no-store"), path


async def test_too_much_at_once_is_refused(cast: Cast, running: Running) -> None:
    client, path = running.client(), f"/w/{cast.workshop.code}/participants"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    in_pieces = (b"code=" + b"x" * 1000 + b"&" for _ in range(80))
    for answer in (client.post(path, data={"code": "x" * 70_000}), client.post(path, content=in_pieces, headers=form)):
        assert answer.status_code == 413
        assert_dressed(answer)
        assert "morgen" not in client.cookies


async def test_a_fault_is_told_in_words_and_not_in_code(
    cast: Cast, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the secret reason")

    monkeypatch.setattr(running.app.state.rooms, "room", fail)
    client = running.client(headers={"Origin": running.address, "Accept-Language": "en"})
    client.post(f"/w/{cast.workshop.code}/participants")
    answer = client.get(f"/w/{cast.workshop.code}/parts/participant")
    assert answer.status_code == 500
    assert_dressed(answer)
    assert 'lang="en"' in answer.text
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text


async def test_an_unknown_page_is_told_in_the_readers_language(running: Running, cast: Cast) -> None:
    for language in ("nl", "en"):
        answer = running.client(headers={"Accept-Language": f"{language}, fr;q=0.5"}).get("/w/ZZZZZZ")
        assert answer.status_code == 404
        assert f'lang="{language}"' in answer.text


ORIGINS: list[tuple[dict[str, str], int]] = [
    ({"Origin": EVIL}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": ""}, 403),
    ({}, 403),
    ({"Origin": "http://127.0.0.1"}, 403),
    ({"Origin": EVIL, "Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "same-origin"}, 303),
    ({"Sec-Fetch-Site": "none"}, 303),
    ({"Origin": "here"}, 303),
]


async def test_a_form_counts_only_from_our_own_pages(cast: Cast, running: Running) -> None:
    client = running.client(headers={}, follow_redirects=False)
    for headers, status in ORIGINS:
        given = {name: running.address if value == "here" else value for name, value in headers.items()}
        answer = client.post(f"/w/{cast.workshop.code}/participants", headers=given)
        assert answer.status_code == status, headers


async def test_on_an_encrypted_line_the_cookie_is_bound_to_this_host(
    db: Database, cast: Cast, database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path) as running:
        client = running.client(follow_redirects=False, headers={"X-Forwarded-Proto": "https"})
        secure = running.address.replace("http:", "https:")
        answer = client.post(f"/w/{cast.workshop.code}/participants", headers={"Origin": secure})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-morgen=")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
        assert answer.headers["Strict-Transport-Security"]
        assert "wss://" in answer.headers["Content-Security-Policy"]
        token = cookie.partition("=")[2].partition(";")[0]
        client.cookies.clear()
        page = client.get(f"/w/{cast.workshop.code}", headers={"Cookie": f"__Host-morgen={token}"})
        assert 'id="screen"' in page.text
        planted = client.get(f"/w/{cast.workshop.code}", headers={"Cookie": f"morgen={token}"})
        assert 'id="screen"' not in planted.text
    async with db.read() as session:
        assert await who(session, cast.workshop.id, hashed(token)) is not None


async def test_what_internet_nl_asks_of_a_site_is_there(
    db: Database, cast: Cast, database_url: str, tmp_path: Path
) -> None:
    """Its tests of headers, word by word; certificates and names are the proxy's and the operator's."""
    with serving(database_url, tmp_path) as running:
        client = running.client(follow_redirects=False, headers={"X-Forwarded-Proto": "https"})
        for path in ("/", f"/w/{cast.workshop.code}", "/sign-in", "/no/such/page", "/static/css/plain.css"):
            told = client.get(path).headers
            age = told["Strict-Transport-Security"].partition("max-age=")[2].partition(";")[0]
            assert int(age) >= 365 * 24 * 3600
            assert told["X-Frame-Options"] == "DENY"
            assert told["X-Content-Type-Options"] == "nosniff"
            assert told["Referrer-Policy"] in ("no-referrer", "same-origin")
            policy = dict(each.strip().partition(" ")[::2] for each in told["Content-Security-Policy"].split(";"))
            assert {"default-src": "'none'", "base-uri": "'none'", "form-action": "'self'"}.items() <= policy.items()
            assert policy["frame-ancestors"] == "'none'"
            assert "data:" not in policy["script-src"] + policy.get("object-src", "")
            assert not {"http:", "https:", "ws:", "*", "'unsafe-inline'", "'unsafe-eval'"} & set(
                " ".join(policy.values()).split()
            )


async def test_a_form_never_leads_to_another_site(running: Running) -> None:
    client = running.client(follow_redirects=False)
    for back in (
        EVIL,
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
    ):
        to = client.post("/language", data={"language": "en", "back": back}).headers["location"]
        assert to.startswith("/")
        assert not to.startswith(("//", "/\\"))
        assert not any(sign in to for sign in "\t\r\n")


async def test_head_is_answered_like_get_without_a_body(cast: Cast, running: Running) -> None:
    client = running.client(follow_redirects=False)
    for _, path, status in [each for each in kinds_of_answer(cast.workshop.code) if each[0] == "GET"]:
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (status, b""), path


async def test_what_a_trainer_types_is_text_on_all_three_screens(db: Database, cast: Cast, running: Running) -> None:
    async with db.read() as session:
        stage = await session.get_one(Stage, cast.workshop.id)
        poll = list(await activities_of(session, cast.workshop.id))[1]
    await db.write(move_on, cast.workshop.id, f"{stage.activity_id}:open", f"{poll.id}:open")
    anna, bas = running.trainer_client(await session_token(db, cast.anna)), running.client()
    room = f"/w/{cast.workshop.code}"
    bas.post(f"{room}/participants")
    typed = f"Wat\0 \u202evindt\x07 {PAYLOAD}"
    assert anna.post(f"{room}/activities/{poll.id}/question", data={"question": typed}).status_code == 200
    facilitator = anna.get(f"{room}/facilitator").text
    token = facilitator.partition(f"{room}/projector/")[2].partition('"')[0]
    screens = (facilitator, bas.get(room).text, anna.get(f"{room}/projector/{token}").text)
    for screen in screens:
        assert "&lt;script&gt;alert(1)" in screen
        assert "<script>alert" not in screen
        assert "<img src=x" not in screen
        assert "Wat vindt" in screen


async def test_signs_that_no_database_takes_are_no_fault(cast: Cast, running: Running) -> None:
    client, room = running.client(), f"/w/{cast.workshop.code}"
    assert client.post(f"{room}/participants", data={"code": "\0\0\0\0"}).status_code == 200
    assert client.post(f"{room}/participants", data={"code": "A\0BC"}).status_code == 404
    assert client.get(f"{room}/me/%00.x").status_code == 404
    assert client.post("/sign-in", data={"email": "a\0@example.org"}).status_code == 200
