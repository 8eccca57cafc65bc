"""Over all doors: no copy of a personal page is kept anywhere, and no cookie is set but ours."""

from http.cookies import SimpleCookie

import httpx2

from app.db import Database
from tests.conftest import Cast, Running, session_token
from tests.web.doors import DOORS, NOBODY
from tests.web.test_doors import Knocking, knocking  # noqa: F401

KEPT = {"/static": 3600, "/bundles/{name}": None, "/organisations/{organisation_id}/logo": 86400}
KEPT |= {"/organisations/{organisation_id}/tokens.css": 86400}
"""What is the same for everybody, and how many seconds it may be kept."""
OURS = {"morgen", "morgen_trainer", "morgen_code", "morgen_screen", "morgen_helper", "morgen_single", "morgen_persons"}
FORM = {"email": "anna@example.org", "language": "nl", "pick": "niets", "act": "x"}


async def knock_everywhere(knocking: Knocking) -> list[tuple[str, httpx2.Response]]:  # noqa: F811
    """Every door by the trainer, by a participant and by nobody, without following where it leads."""
    answers = []
    anna, bas, nobody = [await knocking.client(NOBODY) for _ in range(3)]
    bas.cookies.set("morgen", "chantal")
    token = await session_token(knocking.db, knocking.cast.anna)
    for door in DOORS:
        method = door.split(" ")[0]
        if method not in ("GET", "POST") or door in ("POST /w/{code}/deletion", "POST /w/{code}/players"):
            continue
        address = knocking.address(door, knocking.wrong_link)
        anna.cookies.clear()
        anna.cookies.set("morgen_trainer", token)
        for client in (anna, bas, nobody):
            answers.append((door, client.request(method, address, data=FORM if method == "POST" else None)))
    return answers


async def test_no_personal_page_is_kept_and_no_cookie_is_set_but_ours(knocking: Knocking) -> None:  # noqa: F811
    answers = await knock_everywhere(knocking)
    assert len(answers) > 400
    for door, answer in answers:
        assert answer.headers["X-Frame-Options"] in ("DENY", "SAMEORIGIN"), door
        if door.split(" ")[1] not in KEPT:
            assert "no-store" in answer.headers["Cache-Control"], door
            assert "public" not in answer.headers["Cache-Control"], door
        for header in answer.headers.get_list("set-cookie"):
            [(name, morsel)] = SimpleCookie(header).items()
            assert name in OURS | {"lang"}, door
            assert (morsel["httponly"], morsel["samesite"].lower(), morsel["path"]) == (True, "lax", "/"), door
            assert not morsel["domain"], door


async def test_every_cookie_is_secure_on_an_encrypted_line(running: Running, db: Database, cast: Cast) -> None:
    secure = running.address.replace("http:", "https:")
    client = running.client(follow_redirects=False, headers={"X-Forwarded-Proto": "https", "Origin": secure})
    room = f"/w/{cast.workshop.code}"
    for path, form in (
        ("/sign-in", {"email": "anna@example.org"}),
        ("/language", {"language": "en"}),
        (f"{room}/participants", {}),
    ):
        [(name, morsel)] = SimpleCookie(client.post(path, data=form).headers["set-cookie"]).items()
        assert morsel["secure"], name
        assert name.startswith("__Host-") or name == "lang"
