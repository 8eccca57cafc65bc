"""Bytes on a socket that no browser sends: broken frames, and floods of them."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.house import House
from tests.hostile.lines import goes_on, lines, sat_down, still_there

pytestmark = pytest.mark.one_engine

OPCODES = (0, 1, 2, 3, 8, 9, 10, 15)
NO_MASK = b"\0\0\0\0"
LIES = (b"\x7e\xff\xff", b"\x7f\x7f" + b"\xff" * 7, b"\x7e\0\0")


@st.composite
def frames(draw: st.DrawFn) -> bytes:
    """Frames as the protocol has them, and as it does not: unmasked, of no kind, with lengths that lie."""
    head = draw(st.sampled_from(OPCODES)) | draw(st.sampled_from((0x80, 0x80, 0, 0x40)))
    payload = draw(st.sampled_from((b"", b"x", b"\xff\xfe", b"\x03\xe8", b"\x00\x00\xff", b"x" * 125)))
    size = draw(st.sampled_from((bytes([len(payload)]), bytes([len(payload)]), *LIES)))
    if draw(st.sampled_from((True, True, True, False))):
        return bytes([head, size[0] | 0x80]) + size[1:] + NO_MASK + payload
    return bytes([head]) + size + payload


def attack(house: House, examples: int) -> None:
    @settings(max_examples=examples, derandomize=True, database=None, deadline=None)
    @given(st.lists(st.one_of(frames(), frames(), st.binary(max_size=40)), max_size=12))
    def send(said: list[bytes]) -> None:
        with lines(house) as [phone]:
            assert sat_down(house, phone).startswith(b"HTTP/1.1 101")
            with suppress(ConnectionError):
                phone.sendall(b"".join(said))
                still_there(phone, 0.005)

    send()
    goes_on(house)


async def test_whatever_bytes_come_on_a_socket_the_room_goes_on(house: House, quiet: Callable[[], None]) -> None:
    attack(house, 60)
    quiet()


@pytest.mark.prove
async def test_whatever_bytes_come_for_long_the_room_goes_on(house: House, quiet: Callable[[], None]) -> None:
    attack(house, 5000)
    quiet()


async def test_a_text_that_is_none_ends_the_socket_without_a_fault(house: House, quiet: Callable[[], None]) -> None:
    with lines(house) as [phone]:
        sat_down(house, phone)
        phone.sendall(b"\x81\x82" + NO_MASK + b"\xff\xfe")
        while still_there(phone, 5):
            pass
    goes_on(house)
    quiet()


FLOODS = {
    "pings": (b"\x89\xfd" + NO_MASK + b"x" * 125) * 400,
    "empty pieces of one message": b"\x01\x80" + NO_MASK + (b"\x00\x80" + NO_MASK) * 10_000,
    "empty messages": (b"\x81\x80" + NO_MASK) * 10_000,
}


async def test_who_floods_a_socket_is_put_out_and_holds_nobody_up(house: House, quiet: Callable[[], None]) -> None:
    for name, flood in FLOODS.items():
        with lines(house) as [phone]:
            sat_down(house, phone)
            with pytest.raises(OSError, match=r".+"):  # reset: it was put out
                phone.sendall(flood * 100)
            begun = time.monotonic()
            goes_on(house)
            assert time.monotonic() - begun < 3, name
    quiet()
