"""After a week and after four weeks. Chantal's act is on Wednesday 25 November 2026, 9:30."""

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.cadence import WorkPattern, m3_due, m4_due
from app.core.deleting import delete_participant
from app.core.errors import Closed, NotFound, Refused
from app.core.forgetting import empty_texts
from app.core.lasting import LaterCheckIn
from app.core.later_check_in import MONTH, WEEK, Weeks, check_in_later
from app.core.organisation import Organisation
from app.core.trainer import Trainer
from app.core.workdays import DaysOff
from app.core.workshop import Workshop
from app.db import Database
from tests.follow_up import Chantal, Hands, rows

pytest_plugins = ["tests.follow_up_cast"]


@pytest.mark.parametrize(
    ("letter", "moment", "taken"),
    [
        (WEEK, "2026-12-02 09:59", False),
        (WEEK, "2026-12-02 10:00", True),
        (MONTH, "2026-12-23 09:59", False),
        (MONTH, "2026-12-23 10:00", True),
        (WEEK, "2027-01-20 09:59", True),
        (MONTH, "2027-01-20 09:59", True),
        (MONTH, "2027-01-20 10:00", False),
    ],
)
async def test_it_is_asked_from_its_day_on_until_the_follow_up_is_over(
    db: Database, chantal: Chantal, hands: Hands, letter: str, moment: str, taken: bool
) -> None:
    hands.put(moment)
    told: dict[str, Any] = {"worked": "once"} if letter == WEEK else {"now": 4}
    if taken:
        await db.write(check_in_later, chantal.commitment.id, letter, told)
    else:
        with pytest.raises(Closed):
            await db.write(check_in_later, chantal.commitment.id, letter, told)
    assert len(await rows(db, LaterCheckIn)) == taken


async def test_it_is_asked_for_as_long_as_the_organisation_keeps_an_address(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    async def keeps(session: Any) -> None:
        organisation = await session.get_one(Organisation, chantal.workshop.organisation_id)
        organisation.addresses_kept_days = 6
        session.add(organisation)

    await db.write(keeps)
    hands.put("2027-01-14 09:59")
    await db.write(check_in_later, chantal.commitment.id, MONTH, {"now": 4})
    hands.put("2027-01-14 10:00")
    with pytest.raises(Closed):
        await db.write(check_in_later, chantal.commitment.id, MONTH, {"now": 5})


async def test_the_last_answer_wins_and_words_stay_when_only_the_tap_changes(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    first = hands.put("2026-12-02 10:00")
    await db.write(check_in_later, chantal.commitment.id, WEEK, {"worked": "no"})
    await db.write(
        check_in_later, chantal.commitment.id, WEEK, {"helped": "een vrije ochtend", "condition_met": "partly"}
    )
    hands.put("2026-12-03 10:00")
    await db.write(check_in_later, chantal.commitment.id, WEEK, {"worked": "several"})
    [told] = await rows(db, LaterCheckIn)
    assert (told.worked, told.helped, told.condition_met) == ("several", "een vrije ochtend", "partly")
    assert told.first_answered_at == first < told.answered_at
    [workshop] = await rows(db, Workshop, Workshop.id == chantal.workshop.id)
    assert told.rev == workshop.rev


@pytest.mark.parametrize(
    ("letter", "told"),
    [
        (WEEK, {"worked": "often"}),
        (WEEK, {"worked": ""}),
        (WEEK, {"helped": "woorden zonder antwoord"}),
        (WEEK, {"worked": "no", "condition_met": "maybe"}),
        (WEEK, {"worked": "no", "helped": "y" * 501}),
        (MONTH, {"now": 11}),
        (MONTH, {"now": None}),
        (MONTH, {"may_call": True}),
    ],
)
async def test_what_does_not_fit_is_refused_and_nothing_is_kept(
    db: Database, chantal: Chantal, hands: Hands, letter: str, told: dict[str, Any]
) -> None:
    hands.put("2026-12-28 10:00")
    with pytest.raises(Refused):
        await db.write(check_in_later, chantal.commitment.id, letter, told)
    assert await rows(db, LaterCheckIn) == []


async def test_zero_is_a_number(db: Database, chantal: Chantal, hands: Hands) -> None:
    hands.put("2026-12-28 10:00")
    assert (await db.write(check_in_later, chantal.commitment.id, MONTH, {"now": 0})).now == 0


async def test_a_trainer_of_the_own_organisation_may_never_be_told_to_call(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    hands.put("2026-12-28 10:00")
    with pytest.raises(Refused):
        await db.write(check_in_later, chantal.commitment.id, MONTH, {"now": 4, "may_call": True})

    async def hired(session: Any) -> None:
        bureau = Organisation(name="Bureau Vlag")
        session.add(bureau)
        await session.flush()
        trainer = await session.get_one(Trainer, chantal.workshop.trainer_id)
        trainer.organisation_id = bureau.id
        session.add(trainer)

    await db.write(hired)
    await db.write(check_in_later, chantal.commitment.id, MONTH, {"now": 4, "may_call": True})
    await db.write(check_in_later, chantal.commitment.id, MONTH, {"may_call": False})
    [told] = await rows(db, LaterCheckIn)
    assert (told.now, told.may_call) == (4, False)


async def test_it_goes_with_the_person_and_its_words_go_with_the_texts(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    now = hands.put("2026-12-28 10:00")
    await db.write(check_in_later, chantal.commitment.id, WEEK, {"worked": "once", "helped": "Karin"})
    await db.write(empty_texts, chantal.workshop, now)
    [told] = await rows(db, LaterCheckIn)
    assert (told.worked, told.helped) == ("once", "")
    await db.write(delete_participant, chantal.person.id)
    assert await rows(db, LaterCheckIn) == []
    with pytest.raises(NotFound):
        await db.write(check_in_later, chantal.commitment.id, WEEK, {"worked": "no"})


@given(
    day=st.dates(date(2026, 1, 1), date(2031, 12, 31)),
    off=st.frozensets(st.integers(0, 4), max_size=4),
    holidays=st.booleans(),
)
def test_a_letter_never_leads_to_a_page_that_does_not_ask(day: date, off: frozenset[int], holidays: bool) -> None:
    pattern = WorkPattern(ZoneInfo("Europe/Amsterdam"), DaysOff(), off)
    act = pattern.at(day, time(9, 30))
    weeks = Weeks(act, pattern, kept=0)
    assert weeks.asks(WEEK, m3_due(act, pattern))
    assert weeks.asks(MONTH, m4_due(act, pattern, school_holidays=holidays))
