"""Coming in: the code large enough to type, who is there, and nothing to fill in."""

from typing import Any

import pytest

from app.core.contribute import contribute
from app.core.errors import Closed
from app.core.joining import join
from app.core.moving import activities_of
from app.db import Database
from app.live.view import View
from tests.activities.rooms import own_part, text, view
from tests.conftest import Cast

EXAMPLE_SPEC: dict[str, Any] = {}


def example_form(number: int) -> dict[str, Any]:
    return {}


def room() -> View:
    return view("arrival")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_wall_has_the_code_the_address_and_a_qr_code(language: str) -> None:
    html = text(room(), "projector", language)
    assert '<p class="arrival-address">morgen.example</p>' in html
    assert ">BCDFGH</p>" in html
    assert "<svg" in html[html.index("arrival-qr") :]


def test_nobody_waits_for_answers_here() -> None:
    assert "answer" not in text(room(), "projector", "en")
    assert "ready" not in text(room(), "projector", "en")
    assert not room().takes


def test_the_phone_says_to_look_up_and_has_no_form() -> None:
    assert own_part(room()).strip() == ""
    assert '<p class="lead">' in text(room(), "participant")


async def test_a_tap_is_refused(db: Database, cast: Cast) -> None:
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    async with db.read() as session:
        arrival, following = (await activities_of(session, cast.workshop.id))[:2]
    assert (arrival.kind, following.kind) == ("arrival", "poll")
    with pytest.raises(Closed):
        await db.write(contribute, bas, arrival.id, {}, "k")
