"""What the group makes lives on: at reveal, at close, and when the room moves on."""

from typing import Any

from sqlmodel import select

from app.core.contribute import contribute
from app.core.joining import join
from app.core.lasting import Gap, Need
from app.core.moving import activities_of, move_on
from app.core.opgaven import present_opgave
from app.core.workshop import Activity
from app.db import Database
from tests.conftest import Cast, make_cast
from tests.scripts import activity, both, small_script

DRAFT = activity(
    "zin",
    "statement",
    parts=[{"key": key, "label": both(key), "placeholder": both(key)} for key in ("when", "what")],
    frame=both("In {when}: {what}."),
    hide=True,
)
GAP = activity(
    "gat",
    "scale",
    points=[{"key": key, "label": both(key)} for key in ("now", "wanted")],
    low=both("niets"),
    high=both("alles"),
    picture="gap",
    settles=True,
)
NEEDS = activity("nodig", "dots", options=[{"key": key, "label": both(key)} for key in ("team", "tijd")], dots=2)


async def room(db: Database, *middle: dict[str, Any]) -> tuple[Cast, list[Activity]]:
    cast = await make_cast(db, script=small_script(*middle), opgave="")
    async with db.read() as session:
        return cast, list(await activities_of(session, cast.workshop.id))


async def go(db: Database, cast: Cast, leaves: str, leads_to: str) -> None:
    assert await db.write(move_on, cast.workshop.id, leaves, leads_to)


async def test_the_sentence_with_most_dots_becomes_the_opgave_when_the_room_moves_on(db: Database) -> None:
    cast, (arrival, draft, following) = await room(db, DRAFT)
    await go(db, cast, f"{arrival.id}:open", f"{draft.id}:open")
    bas, els = [await db.write(join, cast.workshop.id, name, "nl") for name in ("bas", "els")]
    await db.write(contribute, bas, draft.id, {"when": "2027", "what": "de eerste"}, "k")
    second = await db.write(contribute, els, draft.id, {"when": "2028", "what": "de tweede"}, "k")
    await go(db, cast, f"{draft.id}:open", f"{draft.id}:revealed")
    for person in (bas, els):
        await db.write(contribute, person, draft.id, {"vote": "true", "pick": second}, "k")
    await go(db, cast, f"{draft.id}:revealed", f"{following.id}:open")
    async with db.read() as session:
        opgave = await present_opgave(session, cast.workshop.id)
    assert opgave is not None
    assert (opgave.text, opgave.contribution_id) == ("In 2028: de tweede.", second)


async def test_medians_and_dots_are_kept_when_the_room_moves_on(db: Database) -> None:
    cast, (arrival, gap, needs, following) = await room(db, GAP, NEEDS)
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    await go(db, cast, f"{arrival.id}:open", f"{gap.id}:open")
    await db.write(contribute, bas, gap.id, {"values": {"now": "3", "wanted": "8"}}, "k")
    await go(db, cast, f"{gap.id}:open", f"{needs.id}:open")
    await db.write(contribute, bas, needs.id, {"dots": {"tijd": "2"}}, "k")
    await go(db, cast, f"{needs.id}:open", f"{following.id}:open")
    async with db.read() as session:
        kept = await session.get_one(Gap, cast.workshop.id)
        needed = {each.key: each.dots for each in (await session.exec(_needs(cast))).all()}
    assert (kept.now, kept.wanted, kept.count) == (3, 8, 1)
    assert needed == {"team": 0, "tijd": 2}


def _needs(cast: Cast):

    return select(Need).where(Need.workshop_id == cast.workshop.id)
