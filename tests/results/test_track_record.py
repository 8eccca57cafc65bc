"""All workshops of one trainer together."""

from datetime import timedelta

import pytest

from app.core.checking_in import check_in, tell_more
from app.core.lasting import Commitment, LaterCheckIn
from app.core.letter import PlannedLetter
from app.core.making import Plan, make_workshop
from app.core.moving import open_workshop
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from app.results.success_cases import SuccessCases, success_cases
from app.results.track_record import ENOUGH_FOR_ORDER, TrackRecord, track_record
from tests.conftest import Cast
from tests.follow_up import TUESDAY, Hands, commit
from tests.results.test_workshop_page import change, put
from tests.scripts import small_script

pytest_plugins = ["tests.follow_up_cast"]


async def look(db: Database, trainer: Trainer) -> TrackRecord:
    async with db.read() as session:
        return await track_record(session, trainer.id)


async def another(db: Database, cast: Cast) -> Workshop:
    plan = Plan(
        organisation_id=cast.workshop.organisation_id,
        title="Nog een",
        starts_at=TUESDAY - timedelta(minutes=1),
        time_zone="Europe/Amsterdam",
        language="nl",
    )
    made = await db.write(make_workshop, cast.anna, small_script(), plan)
    await db.write(open_workshop, made.id)
    return made


async def fill(db: Database, workshop: Workshop, count: int) -> list[Commitment]:
    return [(await commit(db, workshop, f"{workshop.id} {number}"))[1] for number in range(count)]


async def test_workshops_count_together_and_small_ones_not_at_all(db: Database, tuesday: Cast, hands: Hands) -> None:
    small, large = await another(db, tuesday), await another(db, tuesday)
    acts = await fill(db, tuesday.workshop, 6) + await fill(db, large, 5)
    few = await fill(db, small, 4)
    hands.put("2026-11-25 18:00")
    for act in acts[:8] + few:
        await db.write(check_in, act.id, "gelukt")
    record = await look(db, tuesday.anna)
    assert (record.outcome.done, record.outcome.n, len(record.workshops), record.left_out) == (8, 11, 2, 1)
    assert record.promised is not None
    assert (record.promised.count, record.promised.n) == (11, 11)
    assert [(group.workshops, group.outcome and group.outcome.n) for group in record.by_script] == [(2, 11)]
    assert (await look(db, tuesday.dirk)).workshops == ()


async def test_an_obstacle_returns_from_two_workshops_on(db: Database, tuesday: Cast, hands: Hands) -> None:
    rooms = [tuesday.workshop, await another(db, tuesday)]
    acts = [await fill(db, room, 5) for room in rooms]
    hands.put("2026-11-25 18:00")
    for number, room in enumerate(acts):
        for act in room:
            await db.write(check_in, act.id, "niet")
            await db.write(tell_more, act.id, obstacle="DRUK" if number or act is room[0] else "VERGETEN")
    returning = (await look(db, tuesday.anna)).returning
    assert [(each.label, each.workshops, each.count) for each in returning] == [("I was too busy", 2, 6)]


async def test_the_order_of_steps_is_looked_at_from_ten_workshops_on(db: Database, tuesday: Cast, hands: Hands) -> None:
    rooms = [tuesday.workshop] + [await another(db, tuesday) for _ in range(ENOUGH_FOR_ORDER - 2)]
    for room in rooms:
        await fill(db, room, 5)
    hands.put("2026-11-25 18:00")
    assert (await look(db, tuesday.anna)).by_order == ()
    hands.put("2026-11-24 13:30")
    await fill(db, await another(db, tuesday), 5)
    hands.put("2026-11-25 18:00")
    by_order = (await look(db, tuesday.anna)).by_order
    assert [group.workshops for group in by_order] == [ENOUGH_FOR_ORDER]


async def test_the_response_is_counted_by_letter(db: Database, tuesday: Cast, hands: Hands) -> None:
    acts = await fill(db, tuesday.workshop, 5)
    hands.put("2026-11-25 18:00")
    await db.write(check_in, acts[0].id, "gelukt")
    for act in acts[:4]:
        for letter in ("m2", "m3"):
            plan = {"key": f"{letter}:{act.id}:0", "letter": letter, "due_at": hands.now, "state": "sent"}
            ids = {"workshop_id": act.workshop_id, "participant_id": act.participant_id, "commitment_id": act.id}
            await put(db, tuesday.workshop, PlannedLetter(**plan, **ids))
    for number in (0, 1):
        told = {"participant_id": acts[number].participant_id, "workshop_id": tuesday.workshop.id}
        await put(db, tuesday.workshop, LaterCheckIn(**told, letter="m3", worked="once"))
    found = {
        each.letter: each.rate and (each.rate.count, each.rate.n) for each in (await look(db, tuesday.anna)).responses
    }
    assert found == {"m2": (1, 4), "m3": (2, 4), "m4": None}


async def cases(db: Database, workshop: Workshop) -> SuccessCases:
    async with db.read() as session:
        return await success_cases(session, await session.get_one(Workshop, workshop.id))


async def test_only_who_said_yes_to_a_call_and_shows_the_answers_is_proposed(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    acts = [(await commit(db, tuesday.workshop, f"p{n}", name=f"Noor {n}"))[1] for n in range(4)]
    hands.put("2026-11-25 18:00")
    for act in acts:
        await db.write(check_in, act.id, "gelukt")
    for number, (calls, shows) in enumerate([(True, True), (True, False), (False, True), (None, True)]):
        await change(db, Commitment, acts[number].id, shows_trainer=shows)
        told = {"participant_id": acts[number].participant_id, "workshop_id": tuesday.workshop.id}
        await put(db, tuesday.workshop, LaterCheckIn(**told, letter="m4", may_call=calls, different="rust"))
    found = await cases(db, tuesday.workshop)
    assert [(each.name, each.answer, each.different) for each in found.strong] == [("Noor 0", "gelukt", "rust")]
    assert (found.stuck, found.others) == ((), ("Noor 1",))


@pytest.mark.parametrize("count", [0, 5])
async def test_a_rehearsal_is_not_in_the_record(db: Database, tuesday: Cast, hands: Hands, count: int) -> None:
    await fill(db, tuesday.workshop, count)
    hands.put("2026-11-25 18:00")
    await change(db, Workshop, tuesday.workshop.id, is_rehearsal=True)
    record = await look(db, tuesday.anna)
    assert (record.workshops, record.left_out) == ((), 0)


async def test_without_workshops_there_is_nothing_and_no_rate(db: Database, tuesday: Cast) -> None:
    record = await look(db, tuesday.dirk)
    assert (record.promised, record.conditions, record.recovered, record.outcome.n) == (None, None, None, 0)
