"""Did it work? And planning it again. The act is on Wednesday 25 November 2026, 9:30."""

from datetime import date, time

import pytest

from app.core.checking_in import check_in, tell_more
from app.core.committing import own_commitment
from app.core.errors import Closed, NotFound, Refused
from app.core.lasting import CheckIn, Commitment
from app.core.replanning import replan
from app.core.sharing import let_trainer_see, who_may_see
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from tests.follow_up import Chantal, Hands, dutch, plans, rows

pytest_plugins = ["tests.follow_up_cast"]
WEDNESDAY = "2026-11-25 10:00"


async def test_the_last_answer_wins_and_the_first_one_tells_when(db: Database, chantal: Chantal, hands: Hands) -> None:
    first = hands.put(WEDNESDAY)
    await db.write(check_in, chantal.commitment.id, "niet")
    last = hands.put("2026-11-27 10:00")
    await db.write(check_in, chantal.commitment.id, "gelukt")
    [answer] = await rows(db, CheckIn)
    assert (answer.answer, answer.first_answered_at, answer.answered_at) == ("gelukt", first, last)


async def test_an_answer_moves_the_rev_so_that_rooms_see_it(db: Database, chantal: Chantal, hands: Hands) -> None:
    hands.put(WEDNESDAY)
    await db.write(check_in, chantal.commitment.id, "gelukt")
    [answer] = await rows(db, CheckIn)
    [workshop] = await rows(db, Workshop, Workshop.id == chantal.workshop.id)
    assert answer.rev == workshop.rev > chantal.workshop.rev


async def test_an_answer_ends_the_questions_but_not_the_morning(db: Database, chantal: Chantal, hands: Hands) -> None:
    hands.put(WEDNESDAY)
    await db.write(check_in, chantal.commitment.id, "deels")
    found = await plans(db)
    assert {name: found[name].state for name in ("m1", "m2", "m2r")} == {
        "m1": "planned",
        "m2": "skipped",
        "m2r": "skipped",
    }


@pytest.mark.parametrize("moment", ["2026-11-25 09:29", "2026-12-09 09:30"])
async def test_before_the_act_and_after_two_weeks_nothing_is_taken(
    db: Database, chantal: Chantal, hands: Hands, moment: str
) -> None:
    hands.put(moment)
    with pytest.raises(Closed):
        await db.write(check_in, chantal.commitment.id, "gelukt")
    assert await rows(db, CheckIn) == []


@pytest.mark.parametrize("moment", ["2026-11-25 09:30", "2026-12-09 09:29"])
async def test_from_the_act_on_for_two_weeks_an_answer_is_taken(
    db: Database, chantal: Chantal, hands: Hands, moment: str
) -> None:
    hands.put(moment)
    assert (await db.write(check_in, chantal.commitment.id, "gelukt")).answer == "gelukt"


async def test_a_rehearsals_tomorrow_can_come(db: Database, chantal: Chantal) -> None:
    async def a_day_ahead(session: object) -> None:
        workshop = await session.get_one(Workshop, chantal.workshop.id)  # type: ignore[attr-defined]
        workshop.clock_shift = 24 * 3600
        session.add(workshop)  # type: ignore[attr-defined]

    await db.write(a_day_ahead)
    answer = await db.write(check_in, chantal.commitment.id, "gelukt")
    assert dutch(answer.answered_at) == "2026-11-25 13:30"


async def test_what_stopped_somebody_goes_when_it_worked_after_all(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    hands.put(WEDNESDAY)
    with pytest.raises(Refused, match="First say"):
        await db.write(tell_more, chantal.commitment.id, obstacle="DRUK")
    await db.write(check_in, chantal.commitment.id, "niet")
    with pytest.raises(Refused):
        await db.write(tell_more, chantal.commitment.id, obstacle="LUI")
    await db.write(tell_more, chantal.commitment.id, obstacle="DRUK", obstacle_text="veel", needed="tijd")
    await db.write(check_in, chantal.commitment.id, "gelukt")
    [answer] = await rows(db, CheckIn)
    assert (answer.obstacle, answer.obstacle_text, answer.needed) == ("", "", "")


async def test_planned_again_it_is_a_commitment_of_its_own_with_morning_and_check(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    hands.put(WEDNESDAY)
    await db.write(check_in, chantal.commitment.id, "niet")
    made = await db.write(replan, chantal.commitment.id, date(2026, 11, 27), time(14, 0), "bel alleen Karin")
    assert (made.act, made.replanned_from, dutch(made.starts_at)) == (
        "bel alleen Karin",
        chantal.commitment.id,
        "2026-11-27 14:00",
    )
    async with db.read() as session:
        present = await own_commitment(session, chantal.person.id)
    assert present is not None
    assert present.id == made.id
    later = {each.letter: dutch(each.due_at) for each in await _plans_of(db, made)}
    assert later == {"m1": "2026-11-27 07:45", "m2": "2026-11-27 16:15"}


async def _plans_of(db: Database, commitment: Commitment) -> list:  # type: ignore[type-arg]
    from app.core.letter import PlannedLetter

    return await rows(db, PlannedLetter, PlannedLetter.commitment_id == commitment.id)


async def test_it_is_planned_again_once_within_a_week_and_only_when_it_did_not_work(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    hands.put(WEDNESDAY)
    again = (date(2026, 11, 26), time(9, 0))
    with pytest.raises(Refused, match="First say"):
        await db.write(replan, chantal.commitment.id, *again)
    await db.write(check_in, chantal.commitment.id, "gelukt")
    with pytest.raises(Refused, match="did not work"):
        await db.write(replan, chantal.commitment.id, *again)
    await db.write(check_in, chantal.commitment.id, "niet")
    for day in (date(2026, 11, 25), date(2026, 12, 3)):
        with pytest.raises(Refused, match="within a week"):
            await db.write(replan, chantal.commitment.id, day, time(9, 0))
    made = await db.write(replan, chantal.commitment.id, *again)
    hands.put("2026-11-26 10:00")
    await db.write(check_in, made.id, "niet")
    for commitment in (chantal.commitment, made):
        with pytest.raises(Refused, match="once already"):
            await db.write(replan, commitment.id, date(2026, 11, 27), time(9, 0))


async def test_nobody_answers_for_a_commitment_that_is_not_there(db: Database, chantal: Chantal) -> None:
    with pytest.raises(NotFound):
        await db.write(check_in, "nothing", "gelukt")


async def test_a_trainer_of_the_participants_own_organisation_is_never_shown_names(
    db: Database, chantal: Chantal
) -> None:
    async with db.read() as session:
        assert await who_may_see(session, chantal.workshop) is None
    with pytest.raises(Refused):
        await db.write(let_trainer_see, chantal.workshop, chantal.person.id, True)


async def test_a_trainer_from_outside_sees_who_says_so(db: Database, chantal: Chantal) -> None:
    async def work_elsewhere(session: object) -> None:
        trainer = await session.get_one(Trainer, chantal.workshop.trainer_id)  # type: ignore[attr-defined]
        [dirk] = [each for each in await rows(db, Trainer) if each.id != trainer.id]
        trainer.organisation_id = dirk.organisation_id
        session.add(trainer)  # type: ignore[attr-defined]

    await db.write(work_elsewhere)
    async with db.read() as session:
        assert await who_may_see(session, chantal.workshop) == ("Anna", "example.org")
    await db.write(let_trainer_see, chantal.workshop, chantal.person.id, True)
    assert [each.shows_trainer for each in await rows(db, Commitment)] == [True]
