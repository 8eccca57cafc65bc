"""From answers to figures. The act is on Wednesday 25 November 2026; the reminder comes on Thursday."""

from datetime import date, time
from typing import Any

import pytest

from app import render
from app.core.checking_in import check_in, tell_more
from app.core.replanning import replan
from app.core.workshop import Workshop
from app.db import Database
from app.results.track_record import track_record
from app.results.workshop_results import Standing, standing
from tests.conftest import Cast
from tests.follow_up import Hands, commit

pytest_plugins = ["tests.follow_up_cast"]


async def look(db: Database, workshop: Workshop, covers: date | None = None) -> Standing:
    async with db.read() as session:
        return await standing(session, workshop, covers)


@pytest.fixture
async def six(db: Database, tuesday: Cast, hands: Hands) -> list[str]:
    """The commitments of six people, and Wednesday evening."""
    made = [(await commit(db, tuesday.workshop, f"phone {number}"))[1].id for number in range(6)]
    hands.put("2026-11-25 18:00")
    return made


async def test_what_was_said_stands_against_what_was_done(
    db: Database, tuesday: Cast, six: list[str], hands: Hands
) -> None:
    for identity, answer in zip(six, ("gelukt", "gelukt", "deels", "niet", "niet"), strict=False):
        await db.write(check_in, identity, answer)
    await db.write(tell_more, six[4], obstacle="AFWEZIG")
    outcome = (await look(db, tuesday.workshop)).figures.outcome
    assert (outcome.done, outcome.partly, outcome.not_done, outcome.unanswered) == (2, 1, 2, 1)
    assert outcome.rate_a is not None
    assert (outcome.rate_a.count, outcome.rate_a.n) == (2, 6)
    assert outcome.rate_b is not None
    assert (outcome.rate_b.count, outcome.rate_b.n) == (2, 4)


async def test_before_the_day_nothing_is_due(db: Database, tuesday: Cast, six: list[str], hands: Hands) -> None:
    hands.put("2026-11-24 18:00")
    figures = (await look(db, tuesday.workshop)).figures
    assert (figures.outcome.n, figures.not_yet_due) == (0, 6)


@pytest.mark.parametrize(
    ("moment", "late", "counted"),
    [("2026-11-26 23:59", 0, 1), ("2026-11-27 00:00", 1, 1), ("2026-12-02 23:59", 1, 1), ("2026-12-03 00:00", 0, 0)],
)
async def test_a_late_answer_is_marked_and_after_five_working_days_not_counted(
    db: Database, tuesday: Cast, six: list[str], hands: Hands, moment: str, late: int, counted: int
) -> None:
    hands.put(moment)
    await db.write(check_in, six[0], "gelukt")
    figures = (await look(db, tuesday.workshop)).figures
    assert (figures.late, figures.outcome.done) == (late, counted)


async def test_an_answer_in_time_may_be_corrected_later(
    db: Database, tuesday: Cast, six: list[str], hands: Hands
) -> None:
    await db.write(check_in, six[0], "niet")
    hands.put("2026-12-07 12:00")
    await db.write(check_in, six[0], "gelukt")
    figures = (await look(db, tuesday.workshop)).figures
    assert (figures.late, figures.outcome.done, figures.outcome.not_done) == (0, 1, 0)


async def test_planning_again_changes_nothing_about_that_day(
    db: Database, tuesday: Cast, six: list[str], hands: Hands
) -> None:
    await db.write(check_in, six[0], "niet")
    made = await db.write(replan, six[0], date(2026, 11, 26), time(9, 0))
    hands.put("2026-11-26 12:00")
    await db.write(check_in, made.id, "gelukt")
    figures = (await look(db, tuesday.workshop)).figures
    assert (figures.outcome.n, figures.outcome.done, figures.outcome.not_done, figures.replanned) == (6, 0, 1, 1)


async def stopped(db: Database, six: list[str], people: int) -> None:
    for number in range(people):
        await db.write(check_in, six[number], "niet")
        code = "DRUK" if number < 3 else "MANDAAT"
        await db.write(tell_more, six[number], obstacle=code, needed=f"nodig {number}")


async def test_below_five_who_were_stopped_there_are_codes_without_counts_and_no_words(
    db: Database, tuesday: Cast, six: list[str]
) -> None:
    await stopped(db, six, 4)
    found = await look(db, tuesday.workshop)
    assert found.obstacles == (("I was too busy", None), ("I was not allowed to decide", None))
    assert found.needed == ()


async def test_from_five_on_there_are_counts_and_words_in_an_order_that_tells_nothing(
    db: Database, tuesday: Cast, six: list[str]
) -> None:
    await stopped(db, six, 5)
    found = await look(db, tuesday.workshop)
    assert found.obstacles == (("I was too busy", 3), ("I was not allowed to decide", 2))
    assert found.needed == tuple(f"nodig {number}" for number in range(5))


async def test_rehearsals_and_other_trainers_never_count_in_the_totals(
    db: Database, tuesday: Cast, six: list[str], hands: Hands
) -> None:
    for identity in six:
        await db.write(check_in, identity, "gelukt")

    async def total(session: Any, trainer_id: str) -> int:
        return (await track_record(session, trainer_id)).outcome.done

    assert await db.write(total, tuesday.anna.id) == 6
    assert await db.write(total, tuesday.dirk.id) == 0

    async def rehearse(session: Any) -> None:
        workshop = await session.get_one(Workshop, tuesday.workshop.id)
        workshop.is_rehearsal = True
        session.add(workshop)

    await db.write(rehearse)
    assert await db.write(total, tuesday.anna.id) == 0


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_page_shows_words_and_below_five_nothing(
    db: Database, tuesday: Cast, six: list[str], language: str
) -> None:
    await stopped(db, six, 5)
    await db.write(check_in, six[5], "gelukt")
    full = render.part("results/_standing.html", language, standing=await look(db, tuesday.workshop))
    assert ("1 van 6" if language == "nl" else "1 of 6") in full
    assert "%" not in full
    few = await look(db, tuesday.elsewhere)
    text = render.part("results/_standing.html", language, standing=few)
    assert ("geen afspraken" if language == "nl" else "no commitments") in text


async def test_four_people_are_too_few_to_show(db: Database, tuesday: Cast, hands: Hands) -> None:
    for number in range(4):
        await commit(db, tuesday.workshop, f"phone {number}")
    hands.put("2026-11-25 18:00")
    text = render.part("results/_standing.html", "en", standing=await look(db, tuesday.workshop))
    assert "Fewer than 5" in text
    assert "of 4" not in text
