"""The sockets: who may not sit there, and what may be said to them."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from app import links
from app.core.joining import join
from app.core.people import remove
from app.core.trainer import TrainerSession
from app.core.workshop import Workshop
from app.ids import hashed
from app.web.sockets import MOST_SEATS
from tests.hostile.house import House, come_in

RELOAD, REFUSED, IN = "told to reload", "refused", "in"


def sit(house: House, audience: str, cookie: str = "", origin: str = "") -> ClientConnection:
    address = house.running.address.replace("http", "ws") + f"/w/{house.ours.workshop.code}/live/{audience}"
    headers = {"Cookie": cookie, "Origin": origin or house.running.address}
    return connect(address, additional_headers=headers, compression=None, max_size=None)


def knock(house: House, audience: str, cookie: str = "", origin: str = "") -> str:
    try:
        with sit(house, audience, cookie, origin) as socket:
            return RELOAD if str(socket.recv(timeout=10)) == '{"reload":1}' else IN
    except InvalidStatus as refusal:
        return REFUSED if refusal.response.status_code == 403 else str(refusal.response.status_code)


async def renew_links(house: House) -> None:
    async def raise_epoch(session) -> None:
        (await session.get_one(Workshop, house.ours.workshop.id)).link_epoch += 1

    await house.db.write(raise_epoch)


async def test_who_belongs_there_sits_down(house: House) -> None:
    ours = house.ours
    assert knock(house, "participant", f"morgen={ours.browser}") == IN
    assert knock(house, "facilitator", f"morgen_trainer={ours.trainer_token}") == IN
    assert knock(house, "facilitator", f"morgen_helper={ours.token('helper')}") == IN
    assert knock(house, f"projector/{ours.token('projector')}") == IN


async def test_who_was_removed_may_not(house: House) -> None:
    gone = await house.db.write(join, house.ours.workshop.id, hashed("gone"), "nl")
    await come_in(house.db, gone, "gone on a laptop")
    await house.db.write(remove, house.ours.workshop.id, gone.id)
    for browser in ("gone", "gone on a laptop"):
        assert knock(house, "participant", f"morgen={browser}") == RELOAD


async def test_a_helper_and_a_screen_may_not_once_the_links_are_renewed(house: House) -> None:
    helper, screen = house.ours.token("helper"), house.ours.token("projector")
    await renew_links(house)
    assert knock(house, "facilitator", f"morgen_helper={helper}") == RELOAD
    assert knock(house, f"projector/{screen}") == REFUSED


async def test_the_keys_of_another_workshop_and_another_door_do_not_fit(house: House) -> None:
    theirs, ours = house.theirs, house.ours
    for cookie in (f"morgen_trainer={theirs.trainer_token}", f"morgen_helper={theirs.token('helper')}"):
        assert knock(house, "facilitator", cookie) == RELOAD
    assert knock(house, "participant", f"morgen={theirs.browser}") == RELOAD
    assert knock(house, "facilitator", f"morgen={ours.browser}") == RELOAD
    assert knock(house, "facilitator", f"morgen_helper={ours.token('projector')}") == RELOAD
    for token in (theirs.token("projector"), ours.token("helper"), ours.token("/p/"), f"{ours.workshop.id}.", "x"):
        assert knock(house, f"projector/{token}") == REFUSED


async def test_a_session_that_was_ended_may_not(house: House) -> None:
    async def end(session) -> None:
        own = select(TrainerSession).where(TrainerSession.token_hash == hashed(house.ours.trainer_token))
        await session.delete((await session.exec(own)).one())

    await house.db.write(end)
    assert knock(house, "facilitator", f"morgen_trainer={house.ours.trainer_token}") == RELOAD


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://[", "file://", "http://127.0.0.1"])
async def test_another_site_may_not(house: House, quiet: Callable[[], None], origin: str) -> None:
    assert knock(house, "participant", f"morgen={house.ours.browser}", origin) == REFUSED
    quiet()


FRAMES = st.lists(
    st.one_of(
        st.text(max_size=200),
        st.binary(max_size=200),
        st.lists(st.text(max_size=20), max_size=5),  # one message in pieces
        st.sampled_from(["x" * 20_000, b"\x00" * 20_000, '{"hb":1}', "{" * 5000, "<hx-partial>", ""]),
    ),
    max_size=6,
)


def attack_with_frames(house: House, examples: int) -> None:
    cookie = f"morgen={house.ours.browser}; morgen_trainer={house.ours.trainer_token}"
    audiences = ("participant", "facilitator", f"projector/{house.ours.token('projector')}")

    @settings(max_examples=examples, derandomize=True, database=None, deadline=None)
    @given(st.sampled_from(audiences), FRAMES)
    def send(audience: str, frames: list[str | bytes | list[str]]) -> None:
        with sit(house, audience, cookie) as socket:
            try:
                for frame in frames:
                    socket.send(frame)
            except ConnectionClosed:
                pass  # it may be shut on who sends nonsense

    send()
    assert house.client().get("/healthz/ready").status_code == 200
    assert knock(house, "participant", cookie) == IN


async def test_whatever_is_said_to_a_socket_the_room_goes_on(house: House, quiet: Callable[[], None]) -> None:
    attack_with_frames(house, 40)
    quiet()


@pytest.mark.prove
async def test_whatever_is_said_to_a_socket_for_long_the_room_goes_on(house: House, quiet: Callable[[], None]) -> None:
    attack_with_frames(house, 3000)
    quiet()


async def test_one_person_fills_no_room_with_sockets(house: House, quiet: Callable[[], None]) -> None:
    """More windows than anybody opens are told to come back later, and poll meanwhile."""
    cookie, told = f"morgen={house.ours.browser}", []
    with ExitStack() as open_sockets:
        for _ in range(MOST_SEATS + 5):
            socket = open_sockets.enter_context(sit(house, "participant", cookie))
            try:
                socket.recv(timeout=10)
                told.append(IN)
            except ConnectionClosed as closed:
                told.append(str(closed.rcvd.code if closed.rcvd else closed))
        assert told == [IN] * MOST_SEATS + ["1013"] * 5
        other = await house.db.write(join, house.ours.workshop.id, hashed("another"), "nl")
        assert other.id != house.ours.person.id
        assert knock(house, "participant", "morgen=another") == IN
    quiet()


async def test_a_link_to_the_projector_opens_nothing_else(house: House) -> None:
    screen = house.ours.token("projector")
    assert not links.holds(screen, "helper", house.ours.workshop.link_epoch)
    assert house.client().post(f"/w/{house.ours.workshop.code}/helper/{screen}").status_code == 404
