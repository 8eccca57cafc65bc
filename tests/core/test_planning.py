"""Which letters a commitment brings. Tuesday 24 November 2026, half past one; the act is Wednesday 9:30."""

from datetime import date, time

from app.core.addressing import give_address
from app.core.organisation import Organisation
from app.core.planning import plan_letters
from app.db import Database
from tests.conftest import Cast
from tests.follow_up import Chantal, Hands, commit, dutch, plans

pytest_plugins = ["tests.follow_up_cast"]


async def test_a_commitment_with_an_address_brings_four_letters_and_the_trainers_digest(
    db: Database, chantal: Chantal
) -> None:
    assert {name: (plan.state, dutch(plan.due_at)) for name, plan in (await plans(db)).items()} == {
        "m0": ("planned", "2026-11-24 13:30"),
        "m1": ("planned", "2026-11-25 07:45"),
        "m2": ("planned", "2026-11-25 16:15"),
        "m2r": ("planned", "2026-11-26 09:15"),
        "t1": ("planned", "2026-11-26 10:30"),
        "t1u": ("planned", "2026-11-26 16:30"),
    }


async def test_without_an_address_only_the_trainer_gets_mail(db: Database, tuesday: Cast) -> None:
    await commit(db, tuesday.workshop, "bas")
    assert set(await plans(db)) == {"t1", "t1u"}


async def test_an_address_given_before_the_commitment_works_the_same(db: Database, tuesday: Cast) -> None:
    person, _ = await commit(db, tuesday.workshop, "bas")
    await db.write(give_address, tuesday.workshop, person, "bas@example.org", True, False)
    await commit(db, tuesday.workshop, "bas", at=time(11, 0))
    assert (await plans(db))["m0:1"].state == "planned"


async def test_planning_twice_changes_nothing(db: Database, chantal: Chantal) -> None:
    before = await plans(db)

    async def again(session: object) -> None:
        await plan_letters(session, chantal.workshop, chantal.person, chantal.commitment)  # type: ignore[arg-type]

    await db.write(again)
    after = await plans(db)
    assert {name: plan.model_dump() for name, plan in after.items()} == {
        name: plan.model_dump() for name, plan in before.items()
    }


async def test_a_changed_commitment_moves_its_letters_and_brings_one_update(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    hands.put("2026-11-24 20:00")
    await commit(db, chantal.workshop, "chantal", day=date(2026, 11, 27), at=time(16, 0))
    found = await plans(db)
    assert found["m0"].state == "skipped"
    assert {name: dutch(found[name].due_at) for name in ("m0:1", "m1", "m2", "m2r")} == {
        "m0:1": "2026-11-24 20:00",
        "m1": "2026-11-27 07:45",
        "m2": "2026-11-30 08:30",  # an act after 15:30 is asked about on the next working day
        "m2r": "2026-12-01 09:15",
    }


async def test_own_days_off_move_the_reminder(db: Database, tuesday: Cast) -> None:
    person, _ = await commit(db, tuesday.workshop, "bas", days_off=(3,))
    await db.write(give_address, tuesday.workshop, person, "bas@example.org", True, False)
    assert dutch((await plans(db))["m2r"].due_at) == "2026-11-27 09:15"


async def test_the_morning_letter_is_left_out_when_the_confirmation_is_fresh(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    hands.put("2026-11-24 15:00")
    person, _ = await commit(db, tuesday.workshop, "bas", at=time(8, 0))  # its morning letter: today 16:30
    await db.write(give_address, tuesday.workshop, person, "bas@example.org", True, False)
    assert "m1" not in await plans(db)


async def test_the_digest_waits_for_the_organisations_working_day(db: Database, tuesday: Cast) -> None:
    async def close_wednesday(session: object) -> None:
        organisation = await session.get_one(Organisation, tuesday.workshop.organisation_id)  # type: ignore[attr-defined]
        organisation.extra_days_off = ["2026-11-25"]
        session.add(organisation)  # type: ignore[attr-defined]

    await db.write(close_wednesday)
    await commit(db, tuesday.workshop, "bas", day=date(2026, 11, 26))
    assert dutch((await plans(db))["t1"].due_at) == "2026-11-27 10:30"


async def test_nobody_due_on_the_next_working_day_means_no_digest(db: Database, tuesday: Cast) -> None:
    await commit(db, tuesday.workshop, "bas", day=date(2026, 11, 30), day_chosen=True)
    assert await plans(db) == {}


async def test_a_letter_whose_moment_is_past_is_not_planned(db: Database, tuesday: Cast, hands: Hands) -> None:
    person, _ = await commit(db, tuesday.workshop, "bas")
    hands.put("2026-11-25 18:00")
    await db.write(give_address, tuesday.workshop, person, "bas@example.org", True, False)
    states = {name: plan.state for name, plan in (await plans(db)).items()}
    assert states == {"m0": "planned", "m2": "skipped", "m2r": "planned", "t1": "planned", "t1u": "planned"}
