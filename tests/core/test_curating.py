"""The trainer's hand on a card reaches what lives on of it, and nobody else's card."""

from typing import Any

import pytest
from sqlmodel import select

from app.core.board import set_condition
from app.core.contribute import contribute
from app.core.curating import curate, same_as
from app.core.errors import NotFound, Refused
from app.core.joining import join
from app.core.lasting import Condition
from app.core.moving import activities_of, move_on
from app.db import Database
from tests.conftest import Cast, make_cast
from tests.scripts import activity, small_script

CARDS = activity("voorwaarde", "cards", hands_on="condition")


@pytest.fixture
async def card(db: Database) -> tuple[Cast, Any, str, str]:
    cast = await make_cast(db, script=small_script(CARDS))
    async with db.read() as session:
        arrival, cards = list(await activities_of(session, cast.workshop.id))[:2]
    assert await db.write(move_on, cast.workshop.id, f"{arrival.id}:open", f"{cards.id}:open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    given = await db.write(contribute, bas, cards.id, {"text": "een eigen kamer"}, "k")
    return cast, bas, cards.id, given


async def lasting(db: Database) -> tuple[str, bool]:
    async with db.read() as session:
        row = (await session.exec(select(Condition))).one()
    return row.text, row.withdrawn


async def test_another_wording_lives_on_also_after_the_author_changed_the_card(
    db: Database, card: tuple[Cast, Any, str, str]
) -> None:
    cast, bas, activity_id, given = card
    await db.write(curate, cast.workshop.id, "t", given, "edit", "Een vaste projectkamer")
    assert await lasting(db) == ("Een vaste projectkamer", False)
    await db.write(contribute, bas, activity_id, {"text": "een eigen kamer, graag"}, "k")
    assert await lasting(db) == ("Een vaste projectkamer", False)
    await db.write(curate, cast.workshop.id, "t", given, "restore")
    assert await lasting(db) == ("een eigen kamer, graag", False)


async def test_a_card_that_was_taken_off_does_not_live_on_until_it_is_shown_again(
    db: Database, card: tuple[Cast, Any, str, str]
) -> None:
    cast, _, _, given = card
    await db.write(curate, cast.workshop.id, "t", given, "hide")
    assert await lasting(db) == ("een eigen kamer", True)
    await db.write(curate, cast.workshop.id, "t", given, "show")
    assert await lasting(db) == ("een eigen kamer", False)


@pytest.mark.parametrize(("act", "text"), [("edit", "  "), ("burn", "")])
async def test_an_empty_wording_and_an_unknown_act_are_refused(
    db: Database, card: tuple[Cast, Any, str, str], act: str, text: str
) -> None:
    cast, _, _, given = card
    with pytest.raises(Refused):
        await db.write(curate, cast.workshop.id, "t", given, act, text)
    assert await lasting(db) == ("een eigen kamer", False)


async def test_dirks_workshop_cannot_reach_the_card(db: Database, card: tuple[Cast, Any, str, str]) -> None:
    cast, _, _, given = card
    with pytest.raises(NotFound):
        await db.write(curate, cast.elsewhere.id, "t", given, "hide")
    assert await lasting(db) == ("een eigen kamer", False)


async def test_the_author_may_say_that_two_cards_are_the_same_and_only_of_the_own_card(
    db: Database, card: tuple[Cast, Any, str, str]
) -> None:
    cast, bas, activity_id, given = card
    els = await db.write(join, cast.workshop.id, "els", "nl")
    hers = await db.write(contribute, els, activity_id, {"text": "een kamer voor ons"}, "k")
    with pytest.raises(NotFound):
        await db.write(same_as, bas, hers, given)
    await db.write(same_as, els, hers, given)
    async with db.read() as session:
        rows = {row.contribution_id: row.withdrawn for row in (await session.exec(select(Condition))).all()}
    assert rows == {given: False, hers: True}


async def test_what_was_settled_in_the_room_stays_when_the_author_changes_the_card(
    db: Database, card: tuple[Cast, Any, str, str]
) -> None:
    cast, bas, activity_id, _ = card
    async with db.read() as session:
        condition = (await session.exec(select(Condition))).one()
    await db.write(set_condition, cast.workshop.id, condition.id, "de directie", "1 februari", "promised")
    await db.write(contribute, bas, activity_id, {"text": "een grote kamer"}, "k")
    async with db.read() as session:
        now = (await session.exec(select(Condition))).one()
    assert (now.text, now.owner, now.by_date) == ("een grote kamer", "de directie", "1 februari")
