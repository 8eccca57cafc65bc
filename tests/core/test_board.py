"""What the trainer fills in with the room, line by line, and can take back."""

from typing import Any

import pytest
from sqlmodel import SQLModel

from app.core.board import MOST_SIGNS, owners, set_condition, settle_need, size_need
from app.core.deeds import do, last_deed, undo
from app.core.errors import NotFound, Refused
from app.core.lasting import Condition, Need
from app.core.moving import activities_of
from app.core.workshop import Workshop
from app.db import Database
from app.live.mirror import Mirror
from tests.conftest import Cast, make_cast
from tests.scripts import activity, both, small_script

CARDS = activity("voorwaarde", "cards", owners=[{"key": "manager", "label": both("Mijn leidinggevende")}])


@pytest.fixture
async def board(db: Database) -> Cast:
    """Anna's workshop with a need and a condition."""
    cast = await make_cast(db, script=small_script(CARDS))
    here = cast.workshop.id

    async def fill(session: Any) -> None:
        session.add(Need(id="coach", workshop_id=here, type="TEAM", text="een wijkcoach"))
        session.add(Condition(id="kamer", workshop_id=here, text="een kamer", owner="manager"))

    await db.write(fill)
    return cast


async def row(db: Database, table: type[SQLModel], key: str) -> Any:
    async with db.read() as session:
        return await session.get_one(table, key)


async def test_a_need_gets_its_size_its_source_and_what_stops_for_it(db: Database, board: Cast) -> None:
    await db.write(size_need, board.workshop.id, "coach", " 8 uur\nper week ", "team Zuid", "het dinsdagoverleg")
    need = await row(db, Need, "coach")
    assert (need.size, need.source, need.stops) == ("8 uur per week", "team Zuid", "het dinsdagoverleg")
    await db.write(size_need, board.workshop.id, "coach", "", "", "")
    need = await row(db, Need, "coach")
    assert (need.size, need.source, need.stops) == ("", "", "")


async def test_a_room_that_looks_sees_the_change(db: Database, board: Cast) -> None:
    mirror = Mirror(board.workshop.id)
    assert await mirror.refresh(db)
    await db.write(settle_need, board.workshop.id, "coach", True)
    await db.write(set_condition, board.workshop.id, "kamer", "de directie", "1 februari", "promised")
    assert await mirror.refresh(db)
    [need], [condition] = mirror.rows(Need), mirror.rows(Condition)
    assert need.settled
    assert (condition.owner, condition.by_date, condition.status) == ("de directie", "1 februari", "promised")
    assert condition.rev == (await row(db, Workshop, board.workshop.id)).rev


async def test_settled_can_be_taken_back(db: Database, board: Cast) -> None:
    for settled in (True, False):
        await db.write(settle_need, board.workshop.id, "coach", settled)
        assert (await row(db, Need, "coach")).settled is settled


async def test_the_owner_of_the_card_stays_that_choice_when_it_comes_back_in_words(db: Database, board: Cast) -> None:
    await db.write(set_condition, board.workshop.id, "kamer", "Mijn leidinggevende", "", "met")
    assert (await row(db, Condition, "kamer")).owner == "manager"
    await db.write(set_condition, board.workshop.id, "kamer", "", "", "met")
    assert (await row(db, Condition, "kamer")).owner == ""


async def test_who_can_arrange_it_is_what_the_script_offers(db: Database, board: Cast) -> None:
    async with db.read() as session:
        assert owners(await activities_of(session, board.workshop.id)) == {"manager": both("Mijn leidinggevende")}


@pytest.mark.parametrize("field", ["size", "source", "stops"])
async def test_a_line_that_does_not_fit_on_the_board_is_refused(db: Database, board: Cast, field: str) -> None:
    typed = {"size": "", "source": "", "stops": ""} | {field: "x" * (MOST_SIGNS[field] + 1)}
    with pytest.raises(Refused, match="too long") as refused:
        await db.write(size_need, board.workshop.id, "coach", **typed)
    assert (refused.value.field, refused.value.values) == (field, {"max_length": MOST_SIGNS[field]})
    typed[field] = "x" * MOST_SIGNS[field]
    await db.write(size_need, board.workshop.id, "coach", **typed)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("x" * 81, "", "open"), "owner"),
        (("", "x" * 41, "open"), "by_date"),
        (("", "", "burnt"), "status"),
        (("", "", ""), "status"),
    ],
)
async def test_a_refused_condition_stays_as_it_was(
    db: Database, board: Cast, given: tuple[str, str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        await db.write(set_condition, board.workshop.id, "kamer", *given)
    condition = await row(db, Condition, "kamer")
    assert refused.value.field == field
    assert (condition.owner, condition.by_date, condition.status) == ("manager", "", "open")


async def test_dirks_workshop_and_a_line_that_is_gone_are_out_of_reach(db: Database, board: Cast) -> None:
    async def withdraw(session: Any) -> None:
        for table, key in ((Need, "coach"), (Condition, "kamer")):
            (await session.get_one(table, key)).withdrawn = True

    for here in (board.elsewhere.id, board.workshop.id):
        for verb, args in (
            (size_need, ("coach", "1", "", "")),
            (settle_need, ("coach", True)),
            (set_condition, ("kamer", "", "", "met")),
        ):
            with pytest.raises(NotFound):
                await db.write(verb, here, *args)
        await db.write(withdraw)


async def test_each_of_them_can_be_undone(db: Database, board: Cast) -> None:
    here, anna = board.workshop.id, board.anna.id
    await db.write(do, here, anna, size_need, here, "coach", "8 uur", "", "")
    await db.write(do, here, anna, settle_need, here, "coach", True)
    await db.write(do, here, anna, set_condition, here, "kamer", "de directie", "morgen", "promised")
    for _ in range(3):
        async with db.read() as session:
            deed = await last_deed(session, here)
        assert deed is not None
        await db.write(undo, here, deed.id, anna)
    need, condition = await row(db, Need, "coach"), await row(db, Condition, "kamer")
    assert (need.size, need.settled) == ("", False)
    assert (condition.owner, condition.by_date, condition.status) == ("manager", "", "open")


async def test_what_changes_nothing_leaves_nothing_to_undo(db: Database, board: Cast) -> None:
    await db.write(do, board.workshop.id, board.anna.id, size_need, board.workshop.id, "coach", "", "", "")
    async with db.read() as session:
        assert await last_deed(session, board.workshop.id) is None
