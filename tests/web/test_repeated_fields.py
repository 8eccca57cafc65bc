"""A field that came twice, a file where a text is meant, a name that nests: one text or none is stored, never a list in
words."""

import pytest

from app.core.lasting import CheckIn
from app.core.organisation import Organisation
from app.db import Database
from tests.conftest import Cast, Running, session_token
from tests.follow_up import rows
from tests.web.test_follow_up import Bas, bas  # noqa: F401

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_the_last_text_of_a_field_counts(db: Database, bas: Bas) -> None:  # noqa: F811
    path = bas.path("answer")
    bas.client.post(path, content="answer=niet&answer=gelukt&answer=", headers=URLENCODED)
    bas.client.post(f"{path}/more", content="brought=eerst&brought=daarna&needed.x=y&next=leave", headers=URLENCODED)
    [told] = await rows(db, CheckIn)
    assert (told.answer, told.brought, told.needed) == ("gelukt", "daarna", "")


@pytest.mark.parametrize("field", ["language", "back"])
async def test_no_door_falls_over_a_field_that_came_twice(running: Running, cast: Cast, field: str) -> None:
    form = f"language=nl&back=/test&{field}=/&{field}=en"
    answer = running.client(follow_redirects=False).post("/language", content=form, headers=URLENCODED)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/")


async def test_a_file_is_no_text(running: Running, db: Database, cast: Cast) -> None:
    anna = running.trainer_client(await session_token(db, cast.anna))
    own = f"/organisations/{cast.workshop.organisation_id}"
    refused = anna.post(own, files={"name": ("x.txt", b"y")})
    assert refused.status_code == 400
    told = anna.post("/trainer/own-scripts/import", files={"text": ("x.txt", b"y")})
    assert told.status_code == 422
    assert "UploadFile" not in refused.text + told.text
    [mine] = await rows(db, Organisation, Organisation.id == cast.workshop.organisation_id)
    assert "UploadFile" not in mine.name


async def test_ticked_cards_are_many_and_a_single_choice_is_one(running: Running, db: Database, cast: Cast) -> None:
    anna = running.trainer_client(await session_token(db, cast.anna))
    room = f"/w/{cast.workshop.code}"
    for form in ("card=x", "card=x&card=y", "card.a=x", ""):
        assert anna.post(f"{room}/merges", content=form, headers=URLENCODED).status_code in (404, 422), form
    assert anna.post(f"{room}/door", content="door=open&door=locked", headers=URLENCODED).status_code == 200
    assert "locked" in anna.get(f"{room}/door").text
