"""The own picture of a slide: a file beside the form of a step."""

import io
from typing import Any

import httpx2
import pytest
from PIL import Image

from app.core.own_scripts import copy_script
from app.core.pictures import MOST_SENT
from app.core.script_mistakes import mistakes_in
from app.db import Database
from app.scripts import shipped
from tests.conftest import Cast, Running, session_token
from tests.scripts import activity, both
from tests.web.test_script_editor import Desk

STEP = "s1"


@pytest.fixture
async def slide(db: Database, cast: Cast, running: Running) -> Desk:
    """A draaiboek that shows a slide second in its step."""
    document: dict[str, Any] = shipped()["opgave-in-40-minuten"].model_dump(mode="json")
    step = next(each for each in document["steps"] if each["key"] == STEP)
    step["activities"].insert(1, activity("beeld", "slide", lines=[both("Kijk.")], image_text=both("Een plein")))
    client = running.trainer_client(await session_token(db, cast.anna))
    client.headers["Accept-Language"] = "en"
    return Desk(client, db, await db.write(copy_script, cast.anna.id, document))


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (80, 40), "#0b5470").save(file, "PNG")
    return file.getvalue()


def send(at: Desk, file: bytes, number: int = 1, **typed: str) -> httpx2.Response:
    sent = at.open(STEP) | {name.replace("__", "."): text for name, text in typed.items()}
    sent.pop(f"picture.{number}", None)
    address = f"{at.home}/steps/{STEP}/picture/{number}"
    return at.client.post(address, data=sent, files={f"picture.{number}": ("a.png", file, "image/png")})


async def image(at: Desk) -> str:
    step = (await at.stored()).step(STEP)
    assert step
    return str(step.activities[1].spec.get("image", ""))


async def test_a_picture_is_stored_with_all_that_was_typed(slide: Desk) -> None:
    answer = send(slide, png(), title__nl="Nieuwe naam")
    assert answer.status_code == 200
    assert "Saved." in answer.text
    stored = await image(slide)
    assert stored.startswith("data:image/png;base64,")
    assert f'<img src="{stored}"' in answer.text
    assert (await slide.stored()).step(STEP).title.nl == "Nieuwe naam"
    assert mistakes_in((await slide.stored()).document()) == []


async def test_saving_keeps_the_picture_and_a_tick_takes_it_away(slide: Desk) -> None:
    send(slide, png())
    before = await image(slide)
    slide.press("save", STEP)
    assert await image(slide) == before
    slide.press("save", STEP, activities__1__spec__image="")
    assert await image(slide) == ""


async def test_what_is_no_picture_saves_nothing_and_keeps_what_was_typed(slide: Desk) -> None:
    answer = send(slide, b"<svg onload=x>", title__nl="Nieuwe naam")
    assert answer.status_code == 422
    assert "no picture that we can read" in answer.text
    assert 'value="Nieuwe naam"' in answer.text or "\nNieuwe naam</textarea>" in answer.text
    assert "data-unsaved" in answer.text
    assert (await slide.stored()).step(STEP).title.nl != "Nieuwe naam"


async def test_a_larger_file_is_refused_with_its_reason_and_a_flood_at_the_door(slide: Desk) -> None:
    assert "at most 400 kB" in send(slide, bytes(MOST_SENT + 1)).text
    assert send(slide, bytes(3_000_000)).status_code == 413


@pytest.mark.parametrize("number", [0, 99])
async def test_only_a_kind_with_a_picture_takes_one(slide: Desk, number: int) -> None:
    assert send(slide, png(), number).status_code == 404
