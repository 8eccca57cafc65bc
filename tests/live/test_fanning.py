"""Who gets a turn while a thousand are told."""

import asyncio
from typing import Any

import httpx2
import pytest

from app.live.fanning import SHORT, STRETCH, fan_out
from app.live.frame import Frame
from app.live.seat import Seat
from app.measures import COUNTS
from app.web.security import Guard

SEATS = 1000


class Line:
    def __init__(self, told: list[int], number: int) -> None:
        self.told, self.number = told, number

    def push(self, frame: Frame) -> None:
        assert frame.text == "news"
        self.told.append(self.number)


class Socket:
    def __init__(self, line: Line | None) -> None:
        self.scope = {"extensions": {"fanout": line} if line else {}}

    async def send_text(self, text: str) -> None:
        raise RuntimeError("gone")


def seat(line: Line | None) -> Seat:
    return Seat(Socket(line), "participant", "nl")  # type: ignore[arg-type]


@pytest.mark.parametrize(("under_way", "most"), [(0, STRETCH), (1, SHORT)])
async def test_others_have_their_turn_after_a_stretch_and_sooner_while_somebody_waits(
    under_way: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(COUNTS, "under_way", under_way)
    told: list[int] = []
    turns: list[int] = []

    async def other() -> None:
        while len(told) < SEATS:
            turns.append(len(told))
            await asyncio.sleep(0)

    beside = asyncio.create_task(other())
    await asyncio.sleep(0)
    assert await fan_out([seat(Line(told, number)) for number in range(SEATS)], Frame("news")) == []
    await beside
    assert told == list(range(SEATS))
    assert turns == list(range(0, SEATS, most))


async def test_a_seat_that_is_lost_is_named_and_the_others_are_told() -> None:
    told: list[int] = []
    gone = seat(None)
    assert await fan_out([seat(Line(told, 1)), gone, seat(Line(told, 2))], Frame("news")) == [gone]
    assert told == [1, 2]


async def test_a_request_is_under_way_until_its_answer_or_its_fault() -> None:
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(COUNTS.under_way)
        raise ZeroDivisionError

    guarded = httpx2.ASGITransport(Guard(app, "http://here"), raise_app_exceptions=True)
    before = COUNTS.under_way
    async with httpx2.AsyncClient(transport=guarded, base_url="http://here") as client:
        with pytest.raises(ZeroDivisionError):
            await client.get("/")
    assert (seen, COUNTS.under_way) == ([before + 1], before)
