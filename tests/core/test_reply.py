"""An answer that came by reply. Chantal's act is on Wednesday 25 November 2026, 9:30."""

import pytest

from app.core.checking_in import check_in
from app.core.errors import NotFound, Refused
from app.core.lasting import CheckIn
from app.core.reply import enter_reply
from app.db import Database
from tests.conftest import Cast
from tests.follow_up import Chantal, Hands, plans, rows

pytest_plugins = ["tests.follow_up_cast"]
WEDNESDAY = "2026-11-25 16:30"


async def test_it_is_marked_and_ends_the_questions(db: Database, chantal: Chantal, hands: Hands) -> None:
    hands.put(WEDNESDAY)
    await db.write(enter_reply, chantal.workshop.id, "Chantal de Wit <Chantal@Example.org>", "niet", "DRUK")
    [answer] = await rows(db, CheckIn)
    assert (answer.answer, answer.obstacle, answer.entered_by_trainer) == ("niet", "DRUK", True)
    assert {(await plans(db))[name].state for name in ("m2", "m2r")} == {"skipped"}


async def test_it_never_writes_over_an_own_answer_and_says_nothing_of_it(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    hands.put(WEDNESDAY)
    await db.write(check_in, chantal.commitment.id, "gelukt")
    assert await db.write(enter_reply, chantal.workshop.id, "chantal@example.org", "niet", "DRUK") is None
    [answer] = await rows(db, CheckIn)
    assert (answer.answer, answer.obstacle, answer.entered_by_trainer) == ("gelukt", "", False)


async def test_the_own_answer_afterwards_wins(db: Database, chantal: Chantal, hands: Hands) -> None:
    hands.put(WEDNESDAY)
    assert await db.write(enter_reply, chantal.workshop.id, "chantal@example.org", "niet", "DRUK") is None
    await db.write(check_in, chantal.commitment.id, "gelukt")
    await db.write(enter_reply, chantal.workshop.id, "chantal@example.org", "deels")
    [answer] = await rows(db, CheckIn)
    assert (answer.answer, answer.obstacle, answer.entered_by_trainer) == ("gelukt", "", False)


async def test_a_mistake_of_the_trainer_can_be_put_right(db: Database, chantal: Chantal, hands: Hands) -> None:
    hands.put(WEDNESDAY)
    await db.write(enter_reply, chantal.workshop.id, "chantal@example.org", "niet", "DRUK")
    await db.write(enter_reply, chantal.workshop.id, "chantal@example.org", "gelukt", "DRUK")
    [answer] = await rows(db, CheckIn)
    assert (answer.answer, answer.obstacle) == ("gelukt", "")


async def test_only_in_this_workshop_and_only_in_time(
    db: Database, tuesday: Cast, chantal: Chantal, hands: Hands
) -> None:
    for moment in ("2026-11-25 09:29", "2026-12-09 09:30"):
        hands.put(moment)
        with pytest.raises(NotFound):
            await db.write(enter_reply, chantal.workshop.id, "chantal@example.org", "niet")
    hands.put(WEDNESDAY)
    with pytest.raises(NotFound):
        await db.write(enter_reply, tuesday.elsewhere.id, "chantal@example.org", "niet")
    with pytest.raises(NotFound):
        await db.write(enter_reply, chantal.workshop.id, "chantal_@example.org", "niet")
    for wrong in (("chantal", "niet", ""), ("chantal@example.org", "ja", ""), ("chantal@example.org", "niet", "ZIN")):
        with pytest.raises(Refused):
            await db.write(enter_reply, chantal.workshop.id, *wrong)
    assert await rows(db, CheckIn) == []
