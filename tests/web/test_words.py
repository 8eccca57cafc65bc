"""The words of the method: one tap away, and nothing of the workshop with them."""

from typing import Any

import pytest

from app import links
from app.core.glossary import GLOSSARY
from app.core.organisation import Organisation
from app.db import Database
from tests.conftest import Cast, Running, session_token


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_anybody_with_the_code_reads_every_word_in_their_language(
    running: Running, cast: Cast, language: str
) -> None:
    client = running.client()
    client.cookies.set("lang", language)
    page = client.get(f"/w/{cast.workshop.code}/words")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    assert [term.key for term in GLOSSARY if term.word.in_(language) not in page.text] == []
    assert page.text.count("<dt>") == len(GLOSSARY)


async def test_it_shows_nothing_of_the_workshop(running: Running, db: Database, cast: Cast) -> None:
    text = running.client().get(f"/w/{cast.workshop.code}/words").text
    assert cast.workshop.title not in text
    async with db.read() as session:
        assert (await session.get_one(Organisation, cast.workshop.organisation_id)).name not in text
    assert "Malburgen" not in text


async def test_without_a_choice_it_speaks_the_language_of_the_workshop(running: Running, cast: Cast) -> None:
    assert 'lang="nl"' in running.client().get(f"/w/{cast.workshop.code}/words").text.splitlines()[1]


async def test_an_organisation_may_have_a_word_of_its_own(running: Running, db: Database, cast: Cast) -> None:
    address = f"/w/{cast.workshop.code}/words"
    assert "Jouw organisatie noemt het" not in running.client().get(address).text

    async def call(session: Any) -> None:
        (await session.get_one(Organisation, cast.workshop.organisation_id)).term = "werken vanuit <de bedoeling>"

    await db.write(call)
    assert "Jouw organisatie noemt het: werken vanuit &lt;de bedoeling&gt;." in running.client().get(address).text


async def test_it_leads_back_to_where_one_came_from(running: Running, db: Database, cast: Cast) -> None:
    address = f"/w/{cast.workshop.code}/words"
    assert f'href="/w/{cast.workshop.code}"' in running.client().get(address).text
    anna = running.trainer_client(await session_token(db, cast.anna))
    assert f'href="/w/{cast.workshop.code}/facilitator"' in anna.get(address).text
    dirk = running.trainer_client(await session_token(db, cast.dirk))
    assert "facilitator" not in dirk.get(address).text


async def test_it_stands_on_the_phone_and_in_the_notes_but_not_on_the_projector(
    running: Running, db: Database, cast: Cast
) -> None:
    link, phone = f"/w/{cast.workshop.code}/words", running.client()
    phone.post(f"/w/{cast.workshop.code}/participants")
    assert link in phone.get(f"/w/{cast.workshop.code}").text
    anna = running.trainer_client(await session_token(db, cast.anna))
    assert link in anna.get(f"/w/{cast.workshop.code}/facilitator").text
    token = links.sign("projector", cast.workshop.id, cast.workshop.link_epoch)
    assert link not in running.client().get(f"/w/{cast.workshop.code}/projector/{token}").text
