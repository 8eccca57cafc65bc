"""Addresses, methods and headers that no browser of ours sends."""

import socket
from collections.abc import Callable

import pytest

from app.core.letter import OutgoingMail
from tests.follow_up import rows
from tests.hostile.house import NOBODY, PARTICIPANT, TRAINER, House, everything
from tests.web.doors import DOORS
from tests.web.test_security import assert_dressed

pytestmark = pytest.mark.one_engine

EVIL = "evil.example"
STAY = {"public, max-age=3600", "public, max-age=86400"}
MAY_STAY = ("/static/", "/bundles/", "/logo", "/tokens.css")
"""Files that say nothing of a person. Every other answer is stored nowhere."""


def raw(house: House, request: str) -> str:
    """The answer to a request exactly as it is written here."""
    host, port = house.running.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(request.replace("\n", "\r\n").encode("latin-1") + b"\r\n")
        return b"".join(iter(lambda: line.recv(65536), b"")).decode("latin-1")


async def test_a_form_leads_back_to_our_own_page_only(house: House) -> None:
    client, own = house.client(PARTICIPANT), f"/w/{house.ours.workshop.code}"
    tap = house.ours.address("/w/{code}/activities/{activity_id}/contributions")
    posts = ((tap, {"pick": "veel"}), (f"{own}/buddy", {"act": "part"}))
    elsewhere = (
        *(
            f"http://{EVIL}/",
            f"//{EVIL}",
            f"{house.running.address}//{EVIL}/",
            "javascript:alert(1)",
            "http://[",
            "\\\\x",
        ),
        *(
            f"{house.running.address}@{EVIL}/",
            f"{house.running.address}.{EVIL}/",
            f"{house.running.address}/\\{EVIL}",
            "x",
        ),
    )
    for path, form in posts:
        for referer in elsewhere:
            answer = client.post(path, data=form, headers={"Referer": referer})
            assert answer.status_code == 303, (path, answer.text[:300])
            assert answer.headers["location"] == own, referer
        answer = client.post(path, data=form, headers={"Referer": f"{house.running.address}{own}?x=1"})
        assert answer.headers["location"] == f"{own}?x=1"


async def test_the_name_of_the_host_in_a_request_comes_into_no_page_and_no_mail(house: House) -> None:
    client = house.client(TRAINER)
    headers = {"Host": EVIL, "Origin": f"http://{EVIL}", "X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"}
    for door in DOORS:
        method, path = door.split(" ")
        if method == "GET":
            answer = client.get(house.ours.address(path), headers=headers)
            assert EVIL not in answer.text, path
            assert EVIL not in answer.headers.get("location", ""), path
    client.post("/sign-in", data={"email": house.ours.trainer.email}, headers=headers)
    client.post("/test/mail", data={"address": house.ours.trainer.email}, headers=headers)
    assert not [mail for mail in await rows(house.db, OutgoingMail) if EVIL in mail.text + mail.html]


TRAVERSALS = (
    *("/static/../app/main.py", "/static/%2e%2e/app/main.py", "/static/..%2fapp%2fmain.py", "/static//etc/passwd"),
    *("/static/%252e%252e/app/main.py", "/static/..%5capp%5cmain.py", "/static/css/..%2f..%2f..%2fpyproject.toml"),
    *("/bundles/..%2f..%2fpyproject.toml", "/bundles/%2e%2e", "/static/%2fetc%2fpasswd", "/static/..;/app/main.py"),
    *(
        "/papers/x/..%2f..%2fsettings",
        "/static/%c0%ae%c0%ae/app/main.py",
        "//static/../../etc/passwd",
        "/static/css%00.css",
    ),
)


async def test_no_address_leads_out_of_our_files(house: House, quiet: Callable[[], None]) -> None:
    for path in TRAVERSALS:
        answer = raw(house, f"GET {path} HTTP/1.1\nHost: localhost\nConnection: close\n")
        assert answer.split(" ")[1] in ("400", "404", "303"), (path, answer[:200])
        assert "root:" not in answer, path
        assert "create_app" not in answer, path
    quiet()


async def test_another_method_does_nothing(house: House, quiet: Callable[[], None]) -> None:
    """Also where a header asks for it, as some frameworks do."""
    client, before = house.client(TRAINER), await everything(house.db)
    override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST", "X-HTTP-Method": "DELETE"}
    for door in DOORS:
        method, path = door.split(" ")
        if method != "POST" or path in ("/sign-in/{token}",):
            continue
        also_get = f"GET {path}" in DOORS or path.startswith("/sign-in/")  # any word there may be a link
        for other in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
            answer = client.request(other, house.ours.address(path), headers=override)
            led_on = answer.headers.get("location", "").startswith("/w/")  # any single word may be a code
            assert (other == "HEAD" and (also_get or led_on)) or answer.status_code in (404, 405), (
                other,
                path,
                answer.status_code,
            )
            assert not answer.headers.get("access-control-allow-origin")
    assert await everything(house.db) == before
    quiet()


async def test_every_answer_of_every_door_wears_the_headers_and_is_kept_nowhere(house: House) -> None:
    """Also refusals, redirects and pages that do not exist."""
    for visitor in (NOBODY, TRAINER):
        client = house.client(visitor)
        for door in DOORS:
            method, path = door.split(" ")
            if method not in ("GET", "POST") or "deletion" in path or "/preview/" in path or "sign-out" in path:
                continue
            answer = client.request(method, house.ours.address(path), data={"x": "y"} if method == "POST" else None)
            assert_dressed(answer)
            kept = answer.headers["Cache-Control"]
            assert "no-store" in kept or (kept in STAY and any(part in path for part in MAY_STAY)), (path, kept)
            assert answer.headers.get("vary", "").lower() in ("", "accept-encoding"), path
            assert "set-cookie" not in answer.headers or "no-store" in kept


HEADERS = [
        "Origin: http://[", "Cookie: morgen=\x80\xff; lang=../../x", "Accept-Language: \xff,;;q=x", "Host: \xe9",
        "Content-Type: multipart/form-data", "Content-Type: text/html; charset=nonsense", "Range: bytes=9-1,x",
        "Content-Type: application/x-www-form-urlencoded; charset=utf-7", "Sec-Fetch-Site: \x80", "Host: a b",
        "X-Forwarded-Proto: javascript", "X-Forwarded-For: not-an-address", "If-Modified-Since: never", "Host: [",
        "Content-Type: multipart/form-data; boundary=", "Sec-WebSocket-Key: x", "Upgrade: websocket", "Expect: 1",
    ]  # fmt: skip


async def test_a_strange_header_is_no_fault(house: House, quiet: Callable[[], None]) -> None:
    tap = house.ours.address("/w/{code}/activities/{activity_id}/contributions")
    for header in HEADERS:
        for line in (f"POST {tap}", f"GET /w/{house.ours.workshop.code}", "GET /static/css/plain.css"):
            own = "" if header.startswith("Host") else "\nHost: localhost"
            said = raw(house, f"{line} HTTP/1.1\nConnection: close\nContent-Length: 0{own}\n{header}\n")
            assert said == "" or said.split(" ")[1] < "500", (line, header, said[:300])
    quiet()
