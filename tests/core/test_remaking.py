"""Another plan for a workshop that stands already."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from app.core.errors import Refused
from app.core.inserting import insert_question
from app.core.lasting import Party
from app.core.making import Plan, make_workshop
from app.core.moving import activities_of, close_workshop, open_workshop, skip_step
from app.core.opgaven import present_opgave
from app.core.remaking import change_plan
from app.core.script import Script
from app.core.workshop import Workshop
from app.db import Database
from tests.conftest import Cast, make_cast
from tests.follow_up import at
from tests.scripts import small_script

GIVEN = "In 2028 kan iedereen in Presikhaaf veilig over straat."


def forked() -> Script:
    """Step s1 asks one thing about a given opgave, and another where the room drafts it."""
    script = small_script().model_dump(mode="json")
    script["steps"][1]["activities"][0]["when"] = "given"
    script["steps"][1]["activities"][1]["when"] = "draft"
    script["steps"][1]["say"] = {"nl": "Op {halfway}.", "en": "On {halfway}."}
    script["steps"][2]["activities"][0]["spec"]["question"] = {"nl": "Op {halfway}?", "en": "On {halfway}?"}
    return Script.model_validate(script)


@pytest.fixture
async def cast(db: Database) -> Cast:
    return await make_cast(db)


def a_plan(cast: Cast, **changed: Any) -> Plan:
    plan = Plan(cast.workshop.organisation_id, "Team 2", at("2026-12-01 13:00"), "Europe/Amsterdam", "nl", opgave=GIVEN)
    return replace(plan, **{"parties": (("school", "diploma"), ("corporatie", "verhuur"))} | changed)


@pytest.fixture
async def draft(db: Database, cast: Cast) -> Workshop:
    return await db.write(make_workshop, cast.anna, forked(), a_plan(cast))


async def look(db: Database, workshop: Workshop) -> tuple[Workshop, list[str], str, list[tuple[str, str]]]:
    """The workshop, the keys of what is asked in order, the opgave, the parties in order."""
    async with db.read() as session:
        activities = await activities_of(session, workshop.id)
        opgave = await present_opgave(session, workshop.id)
        here = select(Party).where(col(Party.workshop_id) == workshop.id, col(Party.withdrawn).is_(False))
        parties = (await session.exec(here.order_by(col(Party.position)))).all()
        return (
            await session.get_one(Workshop, workshop.id),
            [each.key for each in activities if not each.skipped],
            opgave.text if opgave else "",
            [(each.name, each.goal) for each in parties],
        )


async def test_all_of_a_draft_can_be_changed(db: Database, cast: Cast, draft: Workshop) -> None:
    starts = at("2027-01-12 09:30")
    plan = a_plan(cast, title=" Team 3 ", starts_at=starts, language="en", tables=6, opgave="Anders.", opgave_en="New.")
    await db.write(change_plan, draft.id, plan)
    found, _, opgave, _ = await look(db, draft)
    assert (found.title, found.starts_at, found.language, found.tables) == ("Team 3", starts, "en", 6)
    assert opgave == "Anders."
    assert found.rev > draft.rev


async def test_texts_that_name_the_halfway_date_move_along(db: Database, cast: Cast, draft: Workshop) -> None:
    await db.write(change_plan, draft.id, a_plan(cast, starts_at=at("2027-01-12 09:30")))
    async with db.read() as session:
        found = await session.get_one(Workshop, draft.id)
        asked = {each.key: each.spec["question"]["en"] for each in await activities_of(session, draft.id)}
    assert found.script["steps"][1]["say"]["nl"] == "Op 13 april 2027."
    assert asked["hardop"] == "On 13 April 2027?"


async def test_another_hour_of_the_same_day_leaves_the_texts(db: Database, cast: Cast, draft: Workshop) -> None:
    await db.write(change_plan, draft.id, a_plan(cast, starts_at=at("2026-12-01 15:00")))
    found, *_ = await look(db, draft)
    assert (found.script, found.starts_at) == (draft.script, at("2026-12-01 15:00"))


async def test_without_an_opgave_the_room_writes_it_after_all(db: Database, cast: Cast, draft: Workshop) -> None:
    assert (await look(db, draft))[1] == ["binnen", "open", "hardop"]
    await db.write(change_plan, draft.id, a_plan(cast, opgave=""))
    assert (await look(db, draft))[1:3] == (["binnen", "verborgen", "hardop"], "")
    await db.write(change_plan, draft.id, a_plan(cast, opgave=GIVEN))
    assert (await look(db, draft))[1:3] == (["binnen", "open", "hardop"], GIVEN)


async def test_a_question_put_in_and_a_step_left_out_stay_so(db: Database, cast: Cast, draft: Workshop) -> None:
    await db.write(skip_step, draft.id, "s0", True)
    await db.write(insert_question, draft.id, "poll", "Hoe kwam je hier?")
    await db.write(change_plan, draft.id, a_plan(cast, opgave=""))
    keys = (await look(db, draft))[1]
    assert keys[0].startswith("extra-")
    assert keys[1:] == ["verborgen", "hardop"]


async def test_parties_come_go_and_change_their_goal(db: Database, cast: Cast, draft: Workshop) -> None:
    wanted = (("bewoners", "rust"), ("school", "schoolplein"))
    await db.write(change_plan, draft.id, a_plan(cast, parties=wanted))
    assert (await look(db, draft))[3] == list(wanted)
    await db.write(change_plan, draft.id, a_plan(cast, parties=()))
    assert (await look(db, draft))[3] == []


async def test_in_an_open_room_the_date_the_opgave_and_the_parties_stand(
    db: Database, cast: Cast, draft: Workshop
) -> None:
    await db.write(open_workshop, draft.id)
    before = await look(db, draft)
    plan = a_plan(cast, title="Nieuw", tables=3, opgave="", parties=(), starts_at=at("2027-01-12 09:30"))
    await db.write(change_plan, draft.id, plan)
    after = await look(db, draft)
    assert after[1:] == before[1:]
    assert (after[0].title, after[0].tables, after[0].starts_at) == ("Nieuw", 3, before[0].starts_at)
    assert after[0].rev > before[0].rev


async def test_a_workshop_that_is_over_keeps_its_plan(db: Database, cast: Cast) -> None:
    await db.write(close_workshop, cast.workshop.id)
    with pytest.raises(Refused):
        await db.write(change_plan, cast.workshop.id, a_plan(cast))


@pytest.mark.parametrize("wrong", [{"title": "  "}, {"opgave": "woord " * 61}])
async def test_a_refused_plan_changes_nothing(db: Database, cast: Cast, draft: Workshop, wrong: dict[str, str]) -> None:
    before = await look(db, draft)
    changes = {"title": "Anders", "starts_at": at("2026-12-01 13:00") + timedelta(days=9), "parties": ()} | wrong
    with pytest.raises(Refused):
        await db.write(change_plan, draft.id, a_plan(cast, **changes))
    after = await look(db, draft)
    assert (after[0].title, after[0].starts_at, after[0].rev) == (before[0].title, before[0].starts_at, before[0].rev)
    assert after[1:] == before[1:]
