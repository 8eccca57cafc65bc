"""A next step after what was done. The act is on Wednesday 25 November 2026, 9:30."""

from datetime import date, time

import pytest

from app.core.checking_in import check_in
from app.core.committing import own_commitment
from app.core.errors import Closed, Refused
from app.core.lasting import Commitment
from app.core.letter import PlannedLetter
from app.core.next_step import next_of, take_next
from app.core.replanning import replan
from app.db import Database
from app.results.workshop_results import standing
from tests.follow_up import Chantal, Hands, dutch, rows

pytest_plugins = ["tests.follow_up_cast"]
THURSDAY, TEN = date(2026, 11, 26), time(10)
ACT = "ik loop om 10:00 naar Fatima en vraag wie beslist"


@pytest.fixture
async def done(db: Database, chantal: Chantal, hands: Hands) -> Commitment:
    hands.put("2026-11-25 10:00")
    await db.write(check_in, chantal.commitment.id, "gelukt")
    return chantal.commitment


async def test_it_is_a_commitment_of_its_own_with_the_check_of_the_form(db: Database, done: Commitment) -> None:
    step = await db.write(take_next, done.id, ACT, THURSDAY, TEN)
    assert (step.next_after, step.replanned_from, dutch(step.starts_at)) == (done.id, None, "2026-11-26 10:00")
    assert (step.verdict, step.wall) == ("concreet", "no")
    async with db.read() as session:
        assert await next_of(session, done.id) is not None
        own = await own_commitment(session, done.participant_id)
        assert own is not None
        assert own.id == step.id


async def test_a_good_intention_is_stored_as_one(db: Database, done: Commitment) -> None:
    step = await db.write(take_next, done.id, "we gaan proberen beter samen te werken", THURSDAY, TEN)
    assert (step.verdict, step.overruled) == ("vrijblijvend", True)


async def test_one_mail_asks_about_it_and_about_the_act_that_it_is_planned_again_as(
    db: Database, done: Commitment, hands: Hands
) -> None:
    before = {plan.id for plan in await rows(db, PlannedLetter)}
    step = await db.write(take_next, done.id, ACT, THURSDAY, TEN)
    hands.put("2026-11-26 11:00")
    await db.write(check_in, step.id, "niet")
    again = await db.write(replan, step.id, date(2026, 11, 27), TEN)
    assert again.next_after == done.id
    new = [plan for plan in await rows(db, PlannedLetter) if plan.id not in before]
    assert [(plan.key, dutch(plan.due_at), plan.state) for plan in new] == [
        (f"m2:{step.id}", "2026-11-26 16:15", "skipped"),
        (f"m2:{again.id}", "2026-11-27 16:15", "planned"),
    ]


async def test_one_at_a_time(db: Database, done: Commitment, hands: Hands) -> None:
    step = await db.write(take_next, done.id, ACT, THURSDAY, TEN)
    for former in (done.id, step.id):
        with pytest.raises(Refused):
            await db.write(take_next, former, ACT, THURSDAY, TEN)
    hands.put("2026-11-26 11:00")
    await db.write(check_in, step.id, "gelukt")
    assert (await db.write(take_next, step.id, ACT, date(2026, 11, 27), TEN)).next_after == step.id


@pytest.mark.parametrize("answer", ["deels", "niet", ""])
async def test_it_comes_only_after_what_was_done(db: Database, chantal: Chantal, hands: Hands, answer: str) -> None:
    hands.put("2026-11-25 10:00")
    if answer:
        await db.write(check_in, chantal.commitment.id, answer)
    with pytest.raises(Refused):
        await db.write(take_next, chantal.commitment.id, ACT, THURSDAY, TEN)


async def test_not_on_a_day_further_off_and_not_without_words(db: Database, done: Commitment) -> None:
    for act, day in ((ACT, date(2026, 12, 24)), ("x", THURSDAY), ("y" * 161, THURSDAY)):
        with pytest.raises(Refused):
            await db.write(take_next, done.id, act, day, TEN)
    assert len(await rows(db, Commitment)) == 1


async def test_not_any_more_when_the_follow_up_is_over(db: Database, done: Commitment, hands: Hands) -> None:
    hands.put("2027-01-20 10:00")
    with pytest.raises(Closed):
        await db.write(take_next, done.id, ACT, date(2027, 1, 21), TEN)


async def test_the_morgen_rate_does_not_count_it(
    db: Database, chantal: Chantal, done: Commitment, hands: Hands
) -> None:
    await db.write(take_next, done.id, ACT, THURSDAY, TEN)
    hands.put("2026-11-27 10:00")
    async with db.read() as session:
        outcome = (await standing(session, chantal.workshop)).figures.outcome
    assert (outcome.n, outcome.done) == (1, 1)
