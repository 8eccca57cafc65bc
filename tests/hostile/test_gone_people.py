"""Who was removed from a workshop, or merged with somebody: at every door and socket, and with every link of theirs."""

from collections.abc import Callable

import httpx2
from sqlmodel import col, select
from websockets.exceptions import ConnectionClosed

from app import links
from app.core.contribution import Contribution
from app.core.joining import join
from app.core.participant import Participant
from app.ids import hashed
from tests.follow_up import rows
from tests.hostile.house import PARTICIPANT, TRAINER, House, everything
from tests.hostile.test_other_peoples_ids import FORM
from tests.hostile.test_sockets import IN, RELOAD, knock, sit
from tests.web.doors import DOORS, PARTICIPANTS

AWAY = "the phone that goes away"
THEIRS = [door.split(" ") for door, told in DOORS.items() if told is PARTICIPANTS]
LINKS = ("person", "stop", "answer", "buddy")


async def newcomer(house: House) -> Participant:
    return await house.db.write(join, house.ours.workshop.id, hashed(AWAY), "nl")


def act(house: House, person: Participant, **form: str) -> None:
    path = f"/w/{house.ours.workshop.code}/people/{person.id}"
    assert house.client(TRAINER).post(path, data=form).status_code == 303


def phone(house: House) -> httpx2.Client:
    client = house.client()
    client.cookies.set("morgen", AWAY)
    return client


def every_link(house: House, person: Participant) -> list[str]:
    code = house.ours.workshop.code
    signed = {purpose: links.sign(purpose, person.id, person.link_epoch) for purpose in LINKS}
    return [f"/w/{code}/me/{signed['person']}", f"/p/{signed['person']}", f"/p/{signed['person']}/data",
            f"/p/{signed['person']}/card", f"/u/{signed['stop']}", f"/b/{signed['buddy']}"]  # fmt: skip


async def test_every_door_is_shut_for_who_was_removed(house: House, quiet: Callable[[], None]) -> None:
    gone = await newcomer(house)
    assert phone(house).get(f"/w/{house.ours.workshop.code}/me").status_code == 200
    act(house, gone, act="remove")
    before, opened = await everything(house.db), {}
    for method, path in THEIRS:
        status = phone(house).request(method, house.ours.address(path), data=FORM if method == "POST" else None)
        opened |= {path: status.status_code} if status.status_code != 404 else {}
    assert opened == {}
    assert await everything(house.db) == before
    assert knock(house, "participant", f"morgen={AWAY}") == RELOAD
    quiet()


async def test_who_sits_there_while_being_removed_is_told_to_reload(house: House) -> None:
    gone = await newcomer(house)
    with sit(house, "participant", f"morgen={AWAY}") as socket:
        socket.recv(timeout=10)
        act(house, gone, act="remove")
        told = ""
        while told != '{"reload":1}':
            told = str(socket.recv(timeout=10))
    assert knock(house, "participant", f"morgen={AWAY}") == RELOAD


async def test_the_phone_of_who_was_merged_goes_on_as_the_other(house: House, quiet: Callable[[], None]) -> None:
    gone, stays = await newcomer(house), house.ours.person
    with sit(house, "participant", f"morgen={AWAY}") as socket:
        socket.recv(timeout=10)
        act(house, gone, act="merge", into=stays.id)
        try:
            while str(socket.recv(timeout=1)) != '{"reload":1}':
                pass
        except (ConnectionClosed, TimeoutError):
            pass
    assert knock(house, "participant", f"morgen={AWAY}") == IN
    tap = house.ours.address("/w/{code}/activities/{activity_id}/contributions")
    assert phone(house).post(tap, data={"pick": "weinig"}).status_code == 303
    said = await rows(house.db, Contribution, Contribution.activity_id == house.ours.values["activity_id"])
    assert {row.participant_id for row in said if row.entry["pick"] == "weinig"} == {stays.id}
    assert not [row for row in said if row.participant_id == gone.id]
    quiet()


async def test_nothing_that_names_who_is_gone_is_a_fault(house: House, quiet: Callable[[], None]) -> None:
    """Their id in every address and field of the trainer, their old phone at every door, and every link of theirs."""
    gone = await newcomer(house)
    act(house, gone, act="merge", into=house.ours.person.id)
    trainer, failed = house.client(TRAINER), {}
    for door in DOORS:
        method, path = door.split(" ")
        if method == "POST" and not any(word in path for word in ("deletion", "closing", "players", "rehears")):
            for acting in ("merge", "bring_back"):
                form = {
                    **FORM,
                    "act": acting,
                    "into": gone.id,
                    "person": gone.id,
                    "participant": gone.id,
                    "to": gone.id,
                }
                answer = trainer.post(house.ours.address(path, participant_id=gone.id), data=form)
                failed |= {path: answer.status_code} if answer.status_code >= 500 else {}
    for method, path in THEIRS:
        answer = phone(house).request(method, house.ours.address(path), data=FORM if method == "POST" else None)
        failed |= {path: answer.status_code} if answer.status_code >= 500 else {}
    for path in every_link(house, gone):
        for method in ("GET", "POST"):
            answer = house.client(PARTICIPANT).request(method, path, data=FORM if method == "POST" else None)
            failed |= {path: answer.status_code} if answer.status_code >= 500 else {}
    assert failed == {}
    async with house.db.read() as session:
        kept = (await session.exec(select(Participant).where(col(Participant.id) == gone.id))).one()
    assert kept.merged_into
    quiet()
