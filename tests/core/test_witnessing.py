"""What a buddy sees and says. Chantal's act is on Wednesday 25 November 2026, 9:30; Bas asks her."""

from dataclasses import dataclass

import pytest

from app.core.checking_in import check_in
from app.core.deleting import delete_participant
from app.core.errors import Closed, NotFound
from app.core.grouping import pair, part
from app.core.lasting import CheckIn, Commitment
from app.core.participant import Participant
from app.core.sharing import leave_wall, show_nobody
from app.core.witnessing import asked_by_buddy, witness
from app.db import Database
from app.ids import spoken_code
from tests.follow_up import Chantal, Hands, commit, rows

pytest_plugins = ["tests.follow_up_cast"]


@dataclass
class Pair:
    chantal: Chantal
    bas: Participant


@pytest.fixture
async def both(db: Database, chantal: Chantal) -> Pair:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas")
    await db.write(pair, bas, spoken_code(chantal.person.id))
    await db.write(pair, chantal.person, spoken_code(bas.id))
    return Pair(chantal, bas)


async def seen(db: Database, both: Pair) -> bool:
    [act] = await rows(db, Commitment, Commitment.id == both.chantal.commitment.id)
    return act.seen_at is not None


async def test_seen_stands_beside_the_own_answer_and_can_be_taken_back(db: Database, both: Pair, hands: Hands) -> None:
    hands.put("2026-11-25 10:00")
    await db.write(check_in, both.chantal.commitment.id, "niet")
    await db.write(witness, both.chantal.person.id, True)
    assert await seen(db, both)
    [answer] = await rows(db, CheckIn)
    assert answer.answer == "niet"
    await db.write(witness, both.chantal.person.id, False)
    assert not await seen(db, both)


async def test_not_before_its_moment(db: Database, both: Pair) -> None:
    with pytest.raises(Closed):
        await db.write(witness, both.chantal.person.id, True)


async def test_one_who_did_not_agree_sees_nothing(db: Database, chantal: Chantal) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas")
    await db.write(pair, chantal.person, spoken_code(bas.id))
    async with db.read() as session:
        for person in (chantal.person.id, bas.id, "nobody"):
            with pytest.raises(NotFound):
                await asked_by_buddy(session, person)


@pytest.mark.parametrize("who", ["she parts", "he parts", "she is gone", "he is gone", "she shows nobody"])
async def test_it_ends_when_one_of_them_ends_it(db: Database, both: Pair, hands: Hands, who: str) -> None:
    hands.put("2026-11-25 10:00")
    person = both.chantal.person if who.startswith("she") else both.bas
    if who.endswith("parts"):
        await db.write(part, person)
    elif who.endswith("gone"):
        await db.write(delete_participant, person.id)
    else:
        await db.write(show_nobody, both.chantal.workshop, person)
    with pytest.raises(NotFound):
        await db.write(witness, both.chantal.person.id, True)


async def test_off_the_wall_is_off_the_wall_and_the_room_hears_it(db: Database, chantal: Chantal) -> None:
    async def show(session: object) -> None:
        act = await session.get_one(Commitment, chantal.commitment.id)  # type: ignore[attr-defined]
        act.wall = "name"
        session.add(act)  # type: ignore[attr-defined]

    await db.write(show)
    await db.write(leave_wall, chantal.person.id)
    [act] = await rows(db, Commitment)
    assert act.wall == "no"
    assert act.rev > chantal.commitment.rev
