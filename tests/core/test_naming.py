"""Who gave the assignment, as the plan of a workshop names them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.conditions_letter import Contact
from app.core.errors import Refused
from app.core.letter import PlannedLetter
from app.core.making import Plan, make_workshop
from app.core.naming import Commissioner
from app.core.remaking import change_plan
from app.core.series import copy_for_next_team
from app.core.workshop import Workshop
from app.db import Database
from app.web.copying import plan_like
from tests.conftest import Cast
from tests.follow_up import TUESDAY, rows
from tests.scripts import small_script

pytest_plugins = ["tests.follow_up_cast"]
RUTH = Commissioner("Ruth", "ruth@example.org", "en")
NOBODY = Commissioner("", "", "nl")


def plan(cast: Cast, named: Commissioner | None = RUTH) -> Plan:
    return Plan(
        organisation_id=cast.workshop.organisation_id,
        title="Team 2",
        starts_at=TUESDAY + timedelta(days=7),
        time_zone="Europe/Amsterdam",
        language="nl",
        place="Zaal 3",
        why="Omdat wij wachten.",
        school_holidays=True,
        commissioner=named,
    )


@pytest.fixture
async def draft(db: Database, tuesday: Cast) -> Workshop:
    return await db.write(make_workshop, tuesday.anna, small_script(), plan(tuesday))


async def named(db: Database) -> list[tuple[str, str, str]]:
    return [(each.name, each.address, each.language) for each in await rows(db, Contact)]


async def test_a_plan_names_place_why_holidays_and_who_gave_the_assignment(db: Database, draft: Workshop) -> None:
    assert (draft.place, draft.why, draft.school_holidays) == ("Zaal 3", "Omdat wij wachten.", True)
    assert await named(db) == [("Ruth", "ruth@example.org", "en")]


async def test_a_workshop_that_moves_takes_the_notice_along(db: Database, tuesday: Cast, draft: Workshop) -> None:
    [before] = await rows(db, PlannedLetter, PlannedLetter.workshop_id == draft.id)
    moved = replace(plan(tuesday), starts_at=TUESDAY + timedelta(days=14))
    await db.write(change_plan, draft.id, moved)
    [after] = await rows(db, PlannedLetter, PlannedLetter.workshop_id == draft.id)
    assert after.due_at - before.due_at == timedelta(days=7)


async def test_a_plan_without_the_name_removes_it_and_one_that_says_nothing_keeps_it(
    db: Database, tuesday: Cast, draft: Workshop
) -> None:
    await db.write(change_plan, draft.id, plan(tuesday, None))
    assert len(await named(db)) == 1
    await db.write(change_plan, draft.id, plan(tuesday, NOBODY))
    assert await named(db) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Commissioner("Ruth", "ruth", "nl"), "commissioner"),
        (Commissioner("", "r@example.org", "nl"), "commissioner_name"),
    ],
)
async def test_what_is_wrong_names_the_field_of_the_plan(
    db: Database, tuesday: Cast, wrong: Commissioner, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        await db.write(make_workshop, tuesday.anna, small_script(), plan(tuesday, wrong))
    assert refused.value.field == field
    assert await rows(db, Workshop, Workshop.title == "Team 2") == []


async def test_a_copy_keeps_place_and_why_and_never_the_address(db: Database, tuesday: Cast, draft: Workshop) -> None:
    script, like = await plan_like(db, draft, TUESDAY + timedelta(days=21))
    copy = await db.write(copy_for_next_team, tuesday.anna, draft.id, script, like)
    assert (copy.place, copy.why, copy.school_holidays) == ("Zaal 3", "Omdat wij wachten.", False)
    assert [each.workshop_id for each in await rows(db, Contact)] == [draft.id]
