"""The same bytes to many seats, without holding up who taps meanwhile."""

import asyncio
from collections.abc import Sequence

from app.live.frame import Frame
from app.live.seat import Seat
from app.measures import COUNTS

STRETCH, SHORT = 100, 25
"""Seats that are told before others have their turn, and while somebody waits for an answer: a tap takes several turns
of the loop, and each of them waits for one stretch."""


async def fan_out(seats: Sequence[Seat], frame: Frame) -> Sequence[Seat]:
    """Tell all of them; those that are lost."""
    lost = []
    for begin in range(0, len(seats), SHORT):
        if begin and (COUNTS.under_way or begin % STRETCH == 0):
            await asyncio.sleep(0)
        for seat in seats[begin : begin + SHORT]:
            if (line := seat.wire) is not None:  # no coroutine for each of thousands
                line.push(frame)
            elif not await seat.send(frame):
                lost.append(seat)
    return lost
