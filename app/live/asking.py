"""Phones fetch what is their own when they are asked to: personal content is never broadcast."""

import asyncio
from collections.abc import Collection, Sequence

from app.live.frame import Frame
from app.live.seat import Seat
from app.live.view import View

AT_ONCE = 300
"""Phones a second at most: a step that changes must not become a thousand requests at once."""


async def ask(seat: Seat, address: str, target: str) -> None:
    """Have one phone fetch `address` into the element `target`."""
    asking = f'<i hx-get="{address}" hx-trigger="load" hx-target="#{target}" hx-swap="innerMorph"></i>'
    text = f'<hx-partial hx-target="#ask" hx-swap="innerHTML">{asking}</hx-partial>'
    await seat.send(Frame(text))


async def ask_in_turn(seats: Sequence[Seat], address: str, target: str) -> None:
    """All of them, spread over seats ÷ 300 seconds, at least one."""
    pause = max(1.0, len(seats) / AT_ONCE) / max(1, len(seats))
    for seat in seats:
        await ask(seat, address, target)
        await asyncio.sleep(pause)


async def ask_owner(view: View, seat: Seat) -> None:
    """Have one phone fetch its own part of the present activity, where it is no fresh form."""
    if seat.participant_id and view.has_own(seat.participant_id):
        await ask(seat, _own_part(view), view.mine_id)


async def ask_owners(view: View, seats: Collection[Seat]) -> None:
    """All of those, spread likewise."""
    if not view.is_owned:
        return
    owners = [seat for seat in seats if seat.participant_id and view.has_own(seat.participant_id)]
    if owners:
        await ask_in_turn(owners, _own_part(view), view.mine_id)


def _own_part(view: View) -> str:
    assert view.activity
    return f"/w/{view.workshop.code}/activities/{view.activity.id}/mine"
