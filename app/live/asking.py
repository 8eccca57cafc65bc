"""What is one phone's own beside the screen that all see: its group is told; its own part it fetches when it is asked
to, for personal content is never broadcast."""

import asyncio
from collections.abc import Callable, Collection
from functools import lru_cache

from app import ids, render
from app.live.frame import Frame
from app.live.seat import Seat
from app.live.told import Told
from app.live.view import View
from app.sheet import Sheet, partial

AT_ONCE = 300
"""Phones a second at most: a step that changes must not become a thousand requests at once."""


def own_ask(view: View, sheet: Sheet, participant_id: str | None) -> str:
    """What has one phone fetch its own part of the present activity; empty where that is a fresh form, and where the
    screen, which may be a beat behind, has no place for it: htmx would draw it somewhere else."""
    if not participant_id or not view.has_own(participant_id) or view.mine_id not in sheet.parts:
        return ""
    return _ask(view)


def arriving(view: View, told: Told, seat: Seat) -> list[Frame]:
    """The present for who comes in, or comes back with a page that stood as it stood: the screen is one frame for
    all."""
    whole = told.whole(seat.seen)
    if seat.participant_id is None:
        return [whole]
    ask = own_ask(view, told.sheets[seat.seen], seat.participant_id)
    return [whole, own_group(view, seat.participant_id, seat.language), *([_asking(ask)] if ask else [])]


def caught_up(view: View, told: Told, seat: Seat) -> list[Frame]:
    """The present for a phone that reads again. The screen may fill the line, so nothing follows it: what has the
    phone fetch its own part stands in it."""
    sheet = told.sheets.get(seat.seen, Sheet())  # nobody may watch any more
    whole = told.whole(seat.seen, own_ask(view, sheet, seat.participant_id))
    return [own_group(view, seat.participant_id, seat.language), whole] if seat.participant_id else [whole]


async def ask_owners(view: View, seats: Collection[Seat], holds: Callable[[], bool]) -> None:
    """All of those, spread over seats ÷ 300 seconds, at least one, as long as it `holds` what they are asked for."""
    if not view.is_owned:
        return
    owners = [seat for seat in seats if seat.participant_id and view.has_own(seat.participant_id)]
    pause = max(1.0, len(owners) / AT_ONCE) / max(1, len(owners))
    for seat in owners:
        if not holds():
            return
        await seat.send(_asking(_ask(view)))
        await asyncio.sleep(pause)


def _asking(ask: str) -> Frame:
    return Frame(partial("ask", ask))


def _ask(view: View) -> str:
    """Its id is new each time: a morph lets an element that it knows stand, and that would not fetch again."""
    assert view.activity
    address = f"/w/{view.workshop.code}/activities/{view.activity.id}/mine"
    return (
        f'<i id="ask-{ids.random_id()}" hx-get="{address}" hx-trigger="load" hx-target="#{view.mine_id}"'
        ' hx-swap="innerMorph"></i>'
    )


def own_group(view: View, participant_id: str, language: str) -> Frame:
    """In which group somebody is, also when that is none any more."""
    person = view.mirror.participants.get(participant_id)
    return _in_group(language, person.group_number if person else 0)


async def tell_groups(view: View, seats: Collection[Seat]) -> None:
    for seat in seats:
        await seat.send(own_group(view, seat.participant_id or "", seat.language))
        await asyncio.sleep(0)


@lru_cache(maxsize=1000)
def _in_group(language: str, number: int) -> Frame:
    return Frame(partial("own-group", render.part("participant/_group.html", language, number=number)))
