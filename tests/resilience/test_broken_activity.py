"""An activity that is broken in one place, whichever: the room goes on, the trainer comes past it, and every answer is
kept. What cannot be drawn says so in words, where it would have stood."""

from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader

from app import render
from app.core.contribution import Contribution
from app.core.kind import KINDS, Kind
from app.db import Database
from tests.conftest import Cast, Running, session_token
from tests.follow_up import rows
from tests.live.test_live import Phone, next_html, projector_socket, see, stage_and_activities

pytestmark = pytest.mark.one_engine
Patch = pytest.MonkeyPatch


def template(name: str) -> Callable[[Patch], None]:
    def breaks(patch: Patch) -> None:
        made = render.environment("nl")
        assert made.loader
        broken = DictLoader({f"activities/poll/{name}.html": "{{ 1 // 0 }}"})
        patch.setattr(made, "loader", ChoiceLoader([broken, made.loader]))

    return breaks


def method(name: str, flag: str = "") -> Callable[[Patch], None]:
    def breaks(patch: Patch) -> None:
        def fail(*_: Any) -> Any:
            raise ZeroDivisionError(name)

        patch.setattr(type(KINDS["poll"]), name, fail)
        if flag:
            patch.setattr(type(KINDS["poll"]), flag, True)

    return breaks


BREAKS = {name: template(name) for name in ("projector", "facilitator", "participant", "_mine")} | {
    "tally": method("tally"),
    "settle": method("settle"),
    "hand_on": method("hand_on", "hands"),
    "prepare": method("prepare", "prepares"),
    "is_ready": method("is_ready"),
    "card_text": method("card_text"),
    "pages": method("pages"),
    "on_a_page": method("on_a_page"),
}
OWN_SCREEN = {"facilitator", "tally", "card_text", "pages", "on_a_page"}
ELSEWHERE = {"projector", "participant", "_mine", "tally"}
"""Where the trainer's own screen shows the notice, and where it tells that the wall or the phones do."""
TOLD = "Antwoorden worden bewaard"


@pytest.fixture
def broken(request: pytest.FixtureRequest, running: Running, monkeypatch: Patch) -> str:
    BREAKS[request.param](monkeypatch)
    return str(request.param)


def test_the_list_knows_every_method_that_a_running_room_asks() -> None:
    """`parse`, `slot`, `allow`, `complete` judge a tap: one that fails is told as our fault, and the phone keeps it."""
    judged = {"parse", "slot", "allow", "complete", "needs_pen", "needs_parties"}
    elsewhere = {"turned", "measured", "example"}
    asked = {name for name, value in vars(Kind).items() if callable(value) and not name.startswith("_")}
    assert {name for name in asked if name.islower()} - judged - elsewhere <= BREAKS.keys()


@pytest.mark.parametrize("broken", BREAKS, indirect=True)
async def test_the_room_goes_on_and_the_answer_is_kept(broken: str, running: Running, db: Database, cast: Cast) -> None:
    notice = render.environment("nl").get_template("shared/unrenderable.html").render()
    trainer, bas = running.trainer_client(await session_token(db, cast.anna)), Phone(running, cast.workshop.code)
    room = f"/w/{cast.workshop.code}"
    _, (arrival, here, *_rest) = await stage_and_activities(db, cast)

    def go(leaves: str, leads_to: str) -> None:
        moments = {"leaves": f"{leaves}:open", "leads_to": f"{leads_to}:open"}
        assert trainer.post(f"{room}/stage", data=moments, headers={"HX-Request": "true"}).status_code == 204

    with bas.socket() as phone, projector_socket(running, cast) as wall:
        see(phone, "screen")
        see(wall, "screen")
        go(arrival.id, here.id)
        for socket in (phone, wall):
            told = ""
            while not any(each in told for each in ("Vraag open?", notice)):
                told = next_html(socket)
        assert bas.http.get(room).status_code == 200
        answer = bas.answer(here.id, pick="veel", key="k")
        assert answer.status_code == 200
        assert answer.text.strip()
        page = trainer.get(f"{room}/facilitator")
        assert 'id="next"' in page.text
        assert (notice in page.text) == (broken in OWN_SCREEN)
        assert (TOLD in page.text) == (broken in ELSEWHERE)
        assert bas.http.get(room).status_code == 200
        go(here.id, arrival.id)
        see(phone, "Vraag binnen?")
        see(wall, "Vraag binnen?")
    [kept] = await rows(db, Contribution)
    assert kept.entry["pick"] == "veel"
