"""Every command of a facilitator can be undone, the last one first; nothing that people said is lost by it."""

from typing import Any

import pytest
from sqlmodel import select

from app.core import curating, deeds, inserting, moving, staging
from app.core.contribute import contribute
from app.core.deed import Deed
from app.core.errors import Refused
from app.core.joining import join
from app.core.lasting import Opgave
from app.core.moving import activities_of
from app.core.opgaven import present_opgave, write_opgave
from app.core.settling import room_sees, shown_entries
from app.core.workshop import Activity, Stage
from app.db import Database
from tests.conftest import Cast, make_cast
from tests.scripts import activity, small_script

TRAINER = "anna"


@pytest.fixture
async def room(db: Database) -> tuple[Cast, list[Activity]]:
    cast = await make_cast(db, script=small_script(activity("kaart", "cards", max_cards=5)))
    async with db.read() as session:
        return cast, list(await activities_of(session, cast.workshop.id))


async def do(db: Database, cast: Cast, verb: Any, *args: Any) -> Any:
    return await db.write(deeds.do, cast.workshop.id, TRAINER, verb, cast.workshop.id, *args)


async def undo(db: Database, cast: Cast) -> str:
    """Undo what a screen shows as the last deed; returns what it was."""
    async with db.read() as session:
        deed = await deeds.last_deed(session, cast.workshop.id)
    assert deed
    await db.write(deeds.undo, cast.workshop.id, deed.id, cast.anna.id)
    return deed.verb


async def stage(db: Database, cast: Cast) -> Stage:
    async with db.read() as session:
        return await session.get_one(Stage, cast.workshop.id)


async def to_cards(db: Database, cast: Cast, activities: list[Activity]) -> None:
    await do(db, cast, moving.move_on, f"{activities[0].id}:open", f"{activities[1].id}:open")


async def test_the_stage_goes_back_to_where_it_was(db: Database, room: tuple[Cast, list[Activity]]) -> None:
    cast, activities = room
    before = await stage(db, cast)
    await to_cards(db, cast, activities)
    await do(db, cast, staging.set_blank, True)
    await do(db, cast, staging.set_timer, 120)
    await do(db, cast, staging.set_still, True)
    assert (await stage(db, cast)).frozen_at is not None
    assert [await undo(db, cast) for _ in range(4)] == ["set_still", "set_timer", "set_blank", "move_on"]
    after = await stage(db, cast)
    assert after.model_dump() == before.model_dump()
    async with db.read() as session:
        assert (await session.get_one(Activity, activities[1].id)).phase == "waiting"


async def test_cards_that_were_merged_part_again(db: Database, room: tuple[Cast, list[Activity]]) -> None:
    cast, activities = room
    await to_cards(db, cast, activities)
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    cards = [
        await db.write(contribute, bas, activities[1].id, {"text": text}, text)
        for text in ("een kamer", "een zaal", "tijd")
    ]
    await do(db, cast, curating.merge_all, TRAINER, cards)
    assert await seen(db, activities[1]) == [("een kamer", 2)]
    assert await undo(db, cast) == "merge_all"
    assert await seen(db, activities[1]) == [("een kamer", 0), ("een zaal", 0), ("tijd", 0)]


async def seen(db: Database, of: Activity) -> list[tuple[str, int]]:
    async with db.read() as session:
        return [(card.entry.text, card.merged) for card in room_sees(await shown_entries(session, of))]


async def test_a_wording_of_the_opgave_is_taken_back_and_its_number_is_not_used_again(
    db: Database, room: tuple[Cast, list[Activity]]
) -> None:
    cast, _ = room
    async with db.read() as session:
        first = await present_opgave(session, cast.workshop.id)
    assert first
    await do(db, cast, write_opgave, "Een andere opgave.")
    await undo(db, cast)
    async with db.read() as session:
        assert (await present_opgave(session, cast.workshop.id)) == first
    await do(db, cast, write_opgave, "Een derde opgave.")
    async with db.read() as session:
        versions = (await session.exec(select(Opgave.version).where(Opgave.workshop_id == cast.workshop.id))).all()
    assert sorted(versions) == [1, 2, 3]


async def test_an_extra_question_comes_next_and_goes_again(db: Database, room: tuple[Cast, list[Activity]]) -> None:
    cast, _ = room
    made = await do(db, cast, inserting.insert_question, "poll", "Waar eten we?", "hier\nthuis")
    async with db.read() as session:
        keys = [(each.id, each.skipped) for each in await activities_of(session, cast.workshop.id)]
    assert keys[1] == (made.id, False)
    assert [option["label"]["nl"] for option in made.spec["options"]] == ["hier", "thuis"]
    await undo(db, cast)
    async with db.read() as session:
        assert (await session.get_one(Activity, made.id)).skipped


async def test_two_windows_undo_once(db: Database, room: tuple[Cast, list[Activity]]) -> None:
    cast, _ = room
    await do(db, cast, staging.set_blank, True)
    async with db.read() as session:
        deed = await deeds.last_deed(session, cast.workshop.id)
    assert deed
    await db.write(deeds.undo, cast.workshop.id, deed.id, cast.anna.id)
    with pytest.raises(Refused):
        await db.write(deeds.undo, cast.workshop.id, deed.id, cast.anna.id)
    with pytest.raises(Refused):
        await db.write(deeds.undo, cast.elsewhere.id, deed.id, cast.dirk.id)


async def test_what_changed_nothing_leaves_nothing_to_undo(db: Database, room: tuple[Cast, list[Activity]]) -> None:
    cast, _ = room
    await do(db, cast, staging.set_blank, False)
    async with db.read() as session:
        assert (await session.exec(select(Deed))).all() == []
