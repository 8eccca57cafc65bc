"""The page of an organisation, and what participants read: privacy and accessibility."""

import io
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from PIL import Image

from app import links
from app.core.organisation import Organisation
from app.db import Database
from tests.conftest import Cast, Running, serving, session_token
from tests.core.test_organisation_terms import FORM
from tests.follow_up import rows


@pytest.fixture
async def desk(running: Running, db: Database, cast: Cast) -> httpx2.Client:
    return running.trainer_client(await session_token(db, cast.anna))


def page_of(cast: Cast) -> str:
    return f"/organisations/{cast.workshop.organisation_id}"


async def organisation(db: Database, cast: Cast) -> Organisation:
    return (await rows(db, Organisation, Organisation.id == cast.workshop.organisation_id))[0]


def drawn(size: tuple[int, int] = (300, 90)) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 90).save(file, "PNG")
    return file.getvalue()


async def test_what_is_filled_in_is_kept_and_shown_to_participants(
    desk: httpx2.Client, running: Running, db: Database, cast: Cast
) -> None:
    answer = desk.post(
        page_of(cast), data=FORM | {"contact": "Noor, noor@arnhem.example", "privacy_officer": "Fg Arnhem"}
    )
    assert str(answer.url).endswith("?saved=yes")
    page = running.client().get(f"/privacy/{cast.workshop.code}").text
    for words in ("Gemeente Arnhem", "Noor, noor@arnhem.example", "Fg Arnhem", "60 dagen na de workshop", "minstens 8"):
        assert words in page
    assert 'href="https://arnhem.example/privacy"' in page
    statement = running.client().get(f"/accessibility/{cast.workshop.code}").text
    assert "B: voldoet gedeeltelijk." in statement
    assert "hulp@arnhem.example" in statement
    assert "schermlezer hebben het nog niet getest" in statement


async def test_a_refused_form_comes_back_as_it_was_and_changes_nothing(
    desk: httpx2.Client, db: Database, cast: Cast
) -> None:
    answer = desk.post(page_of(cast), data=FORM | {"name": "Gemeente Ede", "k": "3"})
    assert answer.status_code == 422
    assert "Kies een getal van 5 tot 50." in answer.text
    assert 'value="Gemeente Ede"' in answer.text
    assert (await organisation(db, cast)).k == 5


async def test_colours_become_a_style_sheet_that_only_pages_with_colours_load(
    desk: httpx2.Client, running: Running, cast: Cast
) -> None:
    sheet, room = f"{page_of(cast)}/tokens.css", f"/w/{cast.workshop.code}"
    shown = f"{room}/projector/{links.sign('projector', cast.workshop.id, 0)}"
    phone = running.client()
    assert 'id="live"' in phone.post(f"{room}/participants").text
    pages = [
        (running.client(), f"/privacy/{cast.workshop.code}"),
        (running.client(), room),
        (phone, room),
        (phone, shown),
    ]
    assert not any(sheet in browser.get(page).text for browser, page in pages)
    desk.post(page_of(cast), data=FORM)
    assert all(sheet in browser.get(page).text for browser, page in pages)
    found = running.client().get(sheet)
    assert found.headers["content-type"].startswith("text/css")
    assert found.text == ":root, [data-theme] {\n--color-action: #0b5470;\n}\n"


async def test_a_logo_is_shown_until_it_is_taken_away(desk: httpx2.Client, running: Running, cast: Cast) -> None:
    address = f"{page_of(cast)}/logo"
    assert running.client().get(address).status_code == 404
    file = drawn((700, 240))
    assert 64 * 1024 < len(file) < 200 * 1024  # beyond what other forms may hold
    assert desk.post(address, files={"logo": ("logo.png", file, "image/png")}).status_code == 200
    kept = running.client().get(address)
    assert kept.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(kept.content)) as shown:
        assert shown.size == (467, 160)
    for page in (f"/privacy/{cast.workshop.code}", f"/w/{cast.workshop.code}"):
        assert address in running.client().get(page).text
    refused = running.client().post(f"/w/{cast.workshop.code}/participants", data={"code": "ZZZZ"})
    assert refused.status_code == 404
    assert address in refused.text
    desk.post(address, files={"logo": ("", b"", "application/octet-stream")})
    assert running.client().get(address).status_code == 404


@pytest.mark.parametrize(("file", "status"), [(b"<svg/>", 422), (b"x" * 300 * 1024, 413)])
async def test_no_logo_of_another_kind_or_size_comes_in(
    desk: httpx2.Client, db: Database, cast: Cast, file: bytes, status: int
) -> None:
    answer = desk.post(f"{page_of(cast)}/logo", files={"logo": ("logo.png", file, "image/png")})
    assert answer.status_code == status
    assert (await organisation(db, cast)).logo == ""


async def test_the_workshop_of_a_trainer_leads_to_the_organisation(desk: httpx2.Client, cast: Cast) -> None:
    assert page_of(cast) in desk.get(f"/w/{cast.workshop.code}/trainer").text


async def test_without_a_workshop_the_pages_stand_on_their_own(db: Database, running: Running) -> None:
    client = running.client()
    client.cookies.set("lang", "en")
    assert "Each workshop has its own page" in client.get("/privacy").text
    assert "did not fill in a name" in client.get("/privacy").text
    assert "have not tested it yet" in client.get("/accessibility").text


@pytest.fixture
def named(database_url: str, tmp_path: Path) -> Iterator[Running]:
    with serving(database_url, tmp_path, operator="Stichting X", operator_contact="beheer@x.example") as made:
        yield made


async def test_who_runs_the_server_is_named_where_the_settings_say_so(db: Database, named: Running) -> None:
    page = named.client().get("/privacy").text
    assert "Stichting X" in page
    assert "beheer@x.example" in page
    assert "beheer@x.example" in named.client().get("/accessibility").text
