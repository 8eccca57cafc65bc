"""The live room through real doors: uvicorn with our protocol, sockets, plain POSTs."""

import json
import re

import pytest
from websockets.sync.client import ClientConnection, connect

from app import links
from app.core.moving import activities_of
from app.core.workshop import Stage
from app.db import Database
from tests.conftest import Cast, Running, session_token


def next_html(socket: ClientConnection) -> str:
    """The next frame that is no heartbeat."""
    while True:
        text = str(socket.recv(timeout=5))
        if not text.startswith("{"):
            return text


def see(socket: ClientConnection, *wanted: str) -> str:
    """Read frames until one holds all of `wanted`."""
    for _ in range(20):
        text = next_html(socket)
        if all(each in text for each in wanted):
            return text
    raise AssertionError(f"never saw {wanted}")


class Phone:
    """A participant with plain HTTP, and a socket when asked."""

    def __init__(self, running: Running, code: str) -> None:
        self.running, self.code = running, code
        self.http = running.client()
        answer = self.http.post(f"/w/{code}/participants")
        assert answer.status_code == 200, answer.text

    def socket(self, **headers: str) -> ClientConnection:
        cookie = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        return connect(
            self.running.address.replace("http", "ws") + f"/w/{self.code}/live/participant",
            additional_headers={"Cookie": cookie, "Origin": self.running.address, **headers},
            compression=None,
        )

    def answer(self, activity_id: str, **form: str):
        return self.http.post(
            f"/w/{self.code}/activities/{activity_id}/contributions", data=form, headers={"HX-Request": "true"}
        )


def projector_socket(running: Running, cast: Cast) -> ClientConnection:
    token = links.sign("projector", cast.workshop.id, cast.workshop.link_epoch)
    address = running.address.replace("http", "ws") + f"/w/{cast.workshop.code}/live/projector/{token}"
    return connect(address, additional_headers={"Origin": running.address}, compression=None)


async def stage_and_activities(db: Database, cast: Cast):
    async with db.read() as session:
        return await session.get_one(Stage, cast.workshop.id), list(await activities_of(session, cast.workshop.id))


async def test_from_the_trainers_next_to_a_tap_to_the_projector(running: Running, db: Database, cast: Cast) -> None:
    trainer = running.trainer_client(await session_token(db, cast.anna))
    stage, activities = await stage_and_activities(db, cast)
    bas = Phone(running, cast.workshop.code)
    with projector_socket(running, cast) as projector, bas.socket() as phone:
        assert "Vraag binnen" in next_html(phone)
        see(projector, cast.workshop.code)
        moved = trainer.post(
            f"/w/{cast.workshop.code}/stage",
            data={"leaves": f"{stage.activity_id}:open", "leads_to": f"{activities[1].id}:open"},
            headers={"HX-Request": "true"},
        )
        assert moved.status_code == 204
        assert 'name="pick"' in see(phone, "Vraag open?")
        see(projector, "Vraag open?")
        reply = bas.answer(activities[1].id, pick="veel")
        assert reply.status_code == 200
        assert "Bewaard" in reply.text or "Saved" in reply.text
        assert "1" in next_html(projector)


async def test_a_heartbeat_and_a_frame_name_the_same_state(running: Running, cast: Cast) -> None:
    bas = Phone(running, cast.workshop.code)
    with bas.socket() as phone:
        first = next_html(phone)
        mark = re.search(r"<!--(\S+)-->$", first)
        assert mark
        while True:
            text = str(phone.recv(timeout=12))
            if text.startswith("{"):
                break
            mark = re.search(r"<!--(\S+)-->$", text) or mark  # what is its own has none
        assert mark
        assert json.loads(text)["mark"] == mark[1]


async def test_a_double_press_moves_once(running: Running, db: Database, cast: Cast) -> None:
    trainer = running.trainer_client(await session_token(db, cast.anna))
    stage, activities = await stage_and_activities(db, cast)
    form = {"leaves": f"{stage.activity_id}:open", "leads_to": f"{activities[1].id}:open"}
    for _ in range(2):
        assert trainer.post(f"/w/{cast.workshop.code}/stage", data=form, headers={"HX-Request": "true"}).is_success
    stage, _ = await stage_and_activities(db, cast)
    assert stage.activity_id == activities[1].id


@pytest.mark.parametrize("origin", ["https://evil.example", ""])
async def test_a_socket_from_elsewhere_is_refused(running: Running, cast: Cast, origin: str) -> None:
    bas = Phone(running, cast.workshop.code)
    with pytest.raises(Exception, match="403"):
        bas.socket(Origin=origin)


async def test_a_form_from_elsewhere_is_refused(running: Running, cast: Cast) -> None:
    answer = running.client().post(f"/w/{cast.workshop.code}/participants", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


async def test_dirk_cannot_run_annas_room(running: Running, db: Database, cast: Cast) -> None:
    dirk = running.trainer_client(await session_token(db, cast.dirk))
    assert dirk.get(f"/w/{cast.workshop.code}/facilitator").status_code == 404
    assert dirk.post(f"/w/{cast.workshop.code}/closing").status_code == 404
