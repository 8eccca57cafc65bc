"""The doors of what came of it: the workshop's page in the days after, the record, and whom to call."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.core.checking_in import check_in
from app.core.organisation import Organisation
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from tests.conftest import Cast, Running, make_cast, session_token
from tests.follow_up import commit


async def held(db: Database, weeks: int, count: int, done: int) -> Cast:
    """A workshop some weeks ago, of which `done` of the acts were told to be done on their day."""
    start = clock.now() - timedelta(weeks=weeks)
    cast = await make_cast(db, starts_at=start)
    day = (start + timedelta(days=1)).date()
    with clock.fixed(lambda: start):
        acts = [(await commit(db, cast.workshop, f"phone {n}", day=day, name=f"Noor {n}"))[1] for n in range(count)]
    with clock.fixed(lambda: start + timedelta(days=2)):
        for act in acts[:done]:
            await db.write(check_in, act.id, "gelukt")
    return cast


async def read(running: Running, db: Database, cast: Cast, path: str) -> str:
    client = running.trainer_client(await session_token(db, cast.anna))
    found = client.get(path.format(code=cast.workshop.code), headers={"Accept-Language": "en"})
    assert found.status_code == 200
    return found.text


async def test_the_day_after_one_sentence_comes_first_and_the_doors_are_folded(db: Database, running: Running) -> None:
    text = await read(running, db, await held(db, 1, 6, 5), "/w/{code}/trainer")
    assert text.index("5 of 6 done.") < text.index('id="the-wall"') < text.index("doors-folded")
    assert text.count("mark mark-full") == 5 + 1  # and one in the key


async def test_below_five_answers_no_mark_fills_and_no_outcome_stands_there(db: Database, running: Running) -> None:
    text = await read(running, db, await held(db, 1, 6, 4), "/w/{code}/trainer")
    assert "Fewer than 5 people answered" in text
    assert text.count("mark mark-full") == 1
    assert "4 of 6 done" not in text


async def test_before_the_workshop_the_code_comes_first(db: Database, running: Running) -> None:
    cast = await make_cast(db)

    async def wait(session: Any) -> None:
        workshop = await session.get_one(Workshop, cast.workshop.id)
        workshop.status = "draft"
        session.add(workshop)

    await db.write(wait)
    text = await read(running, db, cast, "/w/{code}/trainer")
    assert "join-box" in text
    assert "doors-folded" not in text
    assert 'id="came-of-it"' not in text


async def test_the_record_has_words_beside_small_numbers_and_context_with_its_caveat(
    db: Database, running: Running
) -> None:
    text = await read(running, db, await held(db, 1, 6, 5), "/record")
    assert "5 of 6" in text
    assert "These are few commitments" in text
    assert "62 %" in text
    assert "do not compare" in text
    assert "(83 %)" not in text


async def own_client(db: Database, cast: Cast) -> None:
    """The workshop is for another organisation than the trainer's own."""

    async def move(session: Any) -> None:
        client = Organisation(name="Gemeente Arnhem")
        session.add(client)
        await session.flush()
        workshop = await session.get_one(Workshop, cast.workshop.id)
        workshop.organisation_id = client.id
        session.add(workshop)

    await db.write(move)


@pytest.mark.parametrize(("weeks", "says"), [(1, "opens four weeks after"), (5, "0 people of the 4")])
async def test_whom_to_call_opens_after_four_weeks_and_says_when_there_are_too_few(
    db: Database, running: Running, weeks: int, says: str
) -> None:
    cast = await held(db, weeks, 2, 2)
    await own_client(db, cast)
    text = await read(running, db, cast, "/w/{code}/cases")
    assert says in text
    assert text.count("<li>What") == 6


async def test_an_employer_sees_nobody_to_call(db: Database, running: Running) -> None:
    cast = await held(db, 5, 2, 2)
    async with db.read() as session:
        trainer = await session.get_one(Trainer, cast.anna.id)
        assert trainer.organisation_id == cast.workshop.organisation_id
    text = await read(running, db, cast, "/w/{code}/cases")
    assert "An employer never sees" in text
    assert "Noor" not in text
