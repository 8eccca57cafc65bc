"""The workshop's page after the workshop of Tuesday 24 November 2026, from the rows."""

from datetime import date, time
from typing import Any

import pytest

from app import render
from app.core.advancing import advance
from app.core.checking_in import check_in, tell_more
from app.core.contribution import Contribution
from app.core.lasting import CheckIn, Commitment, Gap, LaterCheckIn
from app.core.letter import PlannedLetter
from app.core.replanning import replan
from app.core.workshop import Activity, Workshop
from app.db import Database
from app.results.follow_through import Later, Said
from app.results.report import report
from app.results.workshop_page import WorkshopPage, workshop_page
from tests.conftest import Cast
from tests.follow_up import Hands, commit

pytest_plugins = ["tests.follow_up_cast"]


async def look(db: Database, workshop: Workshop) -> WorkshopPage:
    async with db.read() as session:
        return await workshop_page(session, await session.get_one(Workshop, workshop.id))


async def put(db: Database, workshop: Workshop, *rows: Any) -> None:
    async def add(session: Any) -> None:
        await advance(session, workshop.id)
        session.add_all(rows)

    await db.write(add)


async def change(db: Database, table: Any, key: Any, **values: Any) -> None:
    async def set_(session: Any) -> None:
        row = await session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    await db.write(set_)


@pytest.fixture
async def six(db: Database, tuesday: Cast, hands: Hands) -> list[Commitment]:
    made = [(await commit(db, tuesday.workshop, f"phone {number}", act=f"bel {number}"))[1] for number in range(6)]
    hands.put("2026-11-25 18:00")
    return made


async def test_the_wall_is_all_outlines_until_five_answered(
    db: Database, tuesday: Cast, six: list[Commitment], hands: Hands
) -> None:
    for act in six[:4]:
        await db.write(check_in, act.id, "gelukt")
    page = await look(db, tuesday.workshop)
    assert (page.enough, page.wall.full, len(page.wall.marks)) == (False, 0, 6)
    await db.write(check_in, six[4].id, "niet")
    page = await look(db, tuesday.workshop)
    assert (page.enough, page.wall.full) == (True, 4)


@pytest.mark.parametrize("answer", ["gelukt", "niet"])
async def test_where_all_did_it_or_none_no_outcome_stands_on_the_page_or_in_the_report(
    db: Database, tuesday: Cast, six: list[Commitment], answer: str
) -> None:
    for act in six:
        await db.write(check_in, act.id, answer)
        await db.write(tell_more, act.id, obstacle="DRUK", needed="rust")
    page = await look(db, tuesday.workshop)
    assert (page.enough, page.wall.full, page.said_gap) == (False, 0, None)
    async with db.read() as session:
        told = await report(session, tuesday.workshop)
    assert (told.figures, told.stopped) == (None, ())
    text = render.part("results/_standing.html", "nl", standing=page.standing)
    assert "Cijfers zouden hier vertellen wat ieder deed." in text
    for words in ("Gedaan", "Niet gelukt", "druk", "rust"):
        assert words not in text


async def test_a_next_step_is_outside_the_morgen_rate(db: Database, tuesday: Cast, six: list[Commitment]) -> None:
    for act in six:
        await db.write(check_in, act.id, "gelukt")
    step = {"workshop_id": tuesday.workshop.id, "participant_id": six[0].participant_id, "act": "bel weer"}
    day = {"day": six[0].day, "starts_at": six[0].starts_at, "first_due_day": six[0].day}
    await put(db, tuesday.workshop, Commitment(**step, **day, next_after=six[0].id))
    page = await look(db, tuesday.workshop)
    assert (page.standing.figures.outcome.n, len(page.wall.marks)) == (6, 6)
    assert page.line.intentions + page.line.commitments == 6


async def test_what_was_planned_again_and_done_in_time_is_counted_apart(
    db: Database, tuesday: Cast, six: list[Commitment], hands: Hands
) -> None:
    for act in six:
        await db.write(check_in, act.id, "niet")
    again = [await db.write(replan, act.id, date(2026, 11, 26), time(9, 0)) for act in six[:5]]
    hands.put("2026-11-26 12:00")
    for act in again[:3]:
        await db.write(check_in, act.id, "gelukt")
    recovered = (await look(db, tuesday.workshop)).standing.recovered
    assert recovered is not None
    assert (recovered.count, recovered.n) == (3, 5)


async def test_what_the_buddy_saw_and_what_the_trainer_typed_in_stand_apart(
    db: Database, tuesday: Cast, six: list[Commitment], hands: Hands
) -> None:
    await db.write(check_in, six[0].id, "niet")
    await change(db, Commitment, six[0].id, seen_at=hands.now)
    await change(db, CheckIn, six[0].id, entered_by_trainer=True)
    stands = (await look(db, tuesday.workshop)).standing
    assert (stands.seen, stands.entered, stands.figures.outcome.done) == (1, 1, 0)


async def test_the_literal_question_is_counted_without_yes_but_differently(
    db: Database, tuesday: Cast, six: list[Commitment]
) -> None:
    options = [{"key": "yes"}, {"key": "differently"}, {"key": "no"}]
    poll = Activity(
        id="s10",
        workshop_id=tuesday.workshop.id,
        position=90,
        step="s10",
        key="question",
        kind="poll",
        spec={"literal": True, "options": options},
    )
    await put(db, tuesday.workshop, poll)
    said = ["yes", "yes", "differently", "no"]
    await put(
        db,
        tuesday.workshop,
        *(
            Contribution(
                workshop_id=tuesday.workshop.id,
                activity_id="s10",
                participant_id=act.participant_id,
                slot="answer",
                entry={"pick": pick},
            )
            for act, pick in zip(six, said, strict=False)
        ),
    )
    assert (await look(db, tuesday.workshop)).said == Said(2, 1, 4)


def later(act: Commitment, letter: str, **values: Any) -> LaterCheckIn:
    return LaterCheckIn(participant_id=act.participant_id, letter=letter, workshop_id=act.workshop_id, **values)


async def test_a_week_later_who_got_the_letter_or_answered_without_one_was_asked(
    db: Database, tuesday: Cast, six: list[Commitment], hands: Hands
) -> None:
    letters = [
        PlannedLetter(
            key=f"m3:{number}",
            letter="m3",
            workshop_id=tuesday.workshop.id,
            participant_id=six[number].participant_id,
            due_at=hands.now,
            state="sent" if number < 3 else "skipped",
        )
        for number in range(4)
    ]
    answers = [later(six[0], "m3", worked="once"), later(six[4], "m3", worked="no")]
    await put(db, tuesday.workshop, *letters, *answers)
    page = await look(db, tuesday.workshop)
    assert page.week == Later(people=6, asked=4, answered=2, yes=1)
    assert page.month == Later(people=6)


async def test_four_weeks_later_the_gap_stands_beside_the_first(
    db: Database, tuesday: Cast, six: list[Commitment], hands: Hands
) -> None:
    await put(db, tuesday.workshop, Gap(workshop_id=tuesday.workshop.id, now=3, wanted=7, count=6))
    await put(db, tuesday.workshop, *(later(act, "m4", now=5) for act in six[:4]))
    assert (await look(db, tuesday.workshop)).gap_again is None
    await put(db, tuesday.workshop, later(six[4], "m4", now=5))
    again = (await look(db, tuesday.workshop)).gap_again
    assert again is not None
    assert (again.then, again.now, again.count, again.same) == (3, 5, 5, False)


@pytest.mark.parametrize(
    ("moment", "shows"),
    [("2026-11-24 15:00", "today"), ("2026-11-25 09:00", "after"), ("2026-12-23 09:00", "later")],
)
async def test_the_page_knows_which_day_it_is(
    db: Database, tuesday: Cast, hands: Hands, moment: str, shows: str
) -> None:
    hands.put(moment)
    assert (await look(db, tuesday.workshop)).moment == shows


async def test_below_five_no_words_stand_in_the_two_lists(db: Database, tuesday: Cast, hands: Hands) -> None:
    for number in range(4):
        await commit(db, tuesday.workshop, f"phone {number}", act=f"bel {number}")
    page = await look(db, tuesday.workshop)
    assert (page.commitments, page.intentions) == ((), ())
    await commit(db, tuesday.workshop, "phone 4", act="denk na", verdict="vrijblijvend")
    page = await look(db, tuesday.workshop)
    assert (len(page.commitments), page.intentions) == (4, ("Ik denk na",))
