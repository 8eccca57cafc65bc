"""Every door of the app, tried by everybody who has no business there. The table is `doors.py`."""

from collections.abc import Callable

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app import links
from app.core.contribute import contribute
from app.core.joining import join
from app.core.moving import activities_of, move_on
from app.core.own_scripts import copy_script
from app.core.participant import Participant
from app.core.signing_in import invite
from app.core.workshop import Stage, Workshop
from app.db import Database
from app.ids import hashed, random_id
from tests.conftest import Cast, Running, session_token
from tests.follow_up import commit
from tests.scripts import small_script
from tests.web.doors import (
    COLLEAGUE,
    DIRK,
    DOORS,
    ELSEWHERE,
    MISSING,
    NOBODY,
    OWNER,
    PARTICIPANTS,
    REFUSED,
    RELOAD,
    SHARED,
    SIGN_IN,
    VISITORS,
    doors_of,
)

FORM = {"pick": "niets", "act": "close", "opgave": "Iets anders.", "seconds": "60", "blank": "yes", "skipped": "yes"}


def test_every_door_of_the_app_stands_in_the_table(running: Running) -> None:
    assert set(doors_of(running.app)) == set(DOORS)


class Knocking:
    """What stands behind Anna's doors, and the visitors who knock."""

    def __init__(self, running: Running, db: Database, cast: Cast) -> None:
        self.running, self.db, self.cast = running, db, cast

    async def prepare(self) -> "Knocking":
        async with self.db.read() as session:
            stage = await session.get_one(Stage, self.cast.workshop.id)
            self.poll = list(await activities_of(session, self.cast.workshop.id))[1]
        await self.db.write(move_on, self.cast.workshop.id, f"{stage.activity_id}:open", f"{self.poll.id}:open")
        self.bas, self.commitment = await commit(self.db, self.cast.workshop, "bas")
        self.chantal = await self.db.write(join, self.cast.workshop.id, hashed("chantal"), "nl")
        self.outsider = await self.db.write(join, self.cast.elsewhere.id, hashed("outsider"), "nl")
        answer = await self.db.write(contribute, self.chantal, self.poll.id, {"pick": "veel"}, random_id())
        self.values = {
            "code": self.cast.workshop.code,
            "activity_id": self.poll.id,
            "contribution_id": getattr(answer, "id", answer),
            "participant_id": self.chantal.id,
            "organisation_id": self.cast.workshop.organisation_id,
            "trainer_id": self.cast.anna.id,
            "step": "s1",
            "key": "proef",
            "mail_id": random_id(),
            "need_id": random_id(),
            "condition_id": random_id(),
            "point_id": random_id(),
            "own_id": (await self.db.write(copy_script, self.cast.anna.id, small_script().model_dump(mode="json"))).id,
            "number": "0",
            "audience": "projector",
            "name": "x",
            "paper": "ict",
        }
        return self

    async def client(self, visitor: str) -> httpx2.Client:
        client = self.running.client(follow_redirects=False)
        if visitor == ELSEWHERE:
            client.cookies.set("morgen", "outsider")
        if visitor == DIRK:
            client.cookies.set("morgen_trainer", await session_token(self.db, self.cast.dirk))
        if visitor == COLLEAGUE:
            ours = str(self.cast.anna.organisation_id)
            colleague = await self.db.write(invite, "karel@example.org", "Karel", False, ours)
            client.cookies.set("morgen_trainer", await session_token(self.db, colleague.trainer))
        return client

    def wrong_link(self, door: str) -> str:
        """A link that we signed, but for another person, workshop or purpose."""
        if "projector" in door:
            return links.sign("projector", self.cast.elsewhere.id, self.cast.elsewhere.link_epoch)
        if "/w/" in door:
            return links.sign("person", self.outsider.id, self.outsider.link_epoch)
        if "/a/" in door:
            return links.sign("person", self.commitment.id, self.bas.link_epoch)
        return links.sign("answer", self.bas.id, self.bas.link_epoch)

    def address(self, door: str, token: Callable[[str], str]) -> str:
        return door.split(" ")[1].format(**self.values, token=token(door))

    def knock(self, client: httpx2.Client, door: str) -> str:
        method = door.split(" ")[0]
        address = self.address(door, self.wrong_link)
        if method == "SOCKET":
            return self.knock_at_socket(client, address)
        answer = client.request(method, address, data=FORM if method == "POST" else None)
        if answer.headers.get("location", "").startswith("/sign-in"):
            return SIGN_IN
        return str(answer.status_code)

    def knock_at_socket(self, client: httpx2.Client, address: str) -> str:
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        headers = {"Cookie": cookie, "Origin": self.running.address}
        try:
            with connect(
                self.running.address.replace("http", "ws") + address, additional_headers=headers, compression=None
            ) as socket:
                first = str(socket.recv(timeout=5))
                return RELOAD if first == '{"reload":1}' else first
        except InvalidStatus as refusal:
            return REFUSED if refusal.response.status_code == 403 else str(refusal.response.status_code)

    async def rev(self) -> int:
        async with self.db.read() as session:
            return (await session.get_one(Workshop, self.cast.workshop.id)).rev


@pytest.fixture
async def knocking(db: Database, cast: Cast, running: Running) -> Knocking:
    return await Knocking(running, db, cast).prepare()


@pytest.mark.parametrize("visitor", VISITORS)
async def test_who_has_no_business_there_does_not_get_in(knocking: Knocking, visitor: str) -> None:
    client, before = await knocking.client(visitor), await knocking.rev()
    own = SHARED if visitor == COLLEAGUE else set()
    expected = {door: told[visitor] for door, told in DOORS.items() if visitor in told and door not in own}
    found = {door: knocking.knock(client, door) for door in expected}
    assert found == expected
    assert await knocking.rev() == before
    for door in own:
        if door.startswith("GET"):
            assert client.get(knocking.address(door, knocking.wrong_link)).status_code == 200, door


async def test_who_belongs_there_comes_in(knocking: Knocking) -> None:
    """Else a door that is shut for all would pass for a guarded one."""
    bas, anna = await knocking.client(NOBODY), await knocking.client(NOBODY)
    bas.cookies.set("morgen", "chantal")
    anna.cookies.set("morgen_trainer", await session_token(knocking.db, knocking.cast.anna))
    needs_more = {"GET /w/{code}/leaving", "GET /w/{code}/mails/{mail_id}"}  # a commitment; a rehearsal
    for door, told in DOORS.items():
        if door.startswith("GET") and any(told is each for each in (PARTICIPANTS, OWNER)) and door not in needs_more:
            client = anna if told is OWNER else bas
            assert client.get(knocking.address(door, knocking.wrong_link)).status_code in (200, 204), door


async def test_a_link_that_holds_opens(knocking: Knocking) -> None:
    client = await knocking.client(NOBODY)
    workshop, bas = knocking.cast.workshop, knocking.bas
    person = links.sign("person", bas.id, bas.link_epoch)
    projector = links.sign("projector", workshop.id, workshop.link_epoch)
    for address in (
        f"/w/{workshop.code}/projector/{projector}",
        f"/w/{workshop.code}/parts/projector/{projector}",
        f"/w/{workshop.code}/me/{person}",
        f"/p/{person}",
        f"/u/{links.sign('stop', bas.id, bas.link_epoch)}",
        f"/a/{links.sign('answer', knocking.commitment.id, bas.link_epoch)}",
    ):
        assert client.get(address).status_code == 200, address


async def test_a_raised_epoch_shuts_the_personal_links(knocking: Knocking) -> None:
    client = await knocking.client(NOBODY)
    link = f"/p/{links.sign('person', knocking.bas.id, knocking.bas.link_epoch)}"
    assert client.get(link).status_code == 200

    async def revoke(session) -> None:
        (await session.get_one(Participant, knocking.bas.id)).link_epoch += 1

    await knocking.db.write(revoke)
    assert client.get(link).status_code == int(MISSING)


async def test_a_socket_to_a_code_that_does_not_exist_is_refused(knocking: Knocking, capfd) -> None:
    client = await knocking.client(NOBODY)
    for audience in ("participant", "facilitator", f"projector/{knocking.wrong_link('projector')}"):
        assert knocking.knock_at_socket(client, f"/w/ZZZZZZ/live/{audience}") == REFUSED
    assert "Traceback" not in "".join(capfd.readouterr())
