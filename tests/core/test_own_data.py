"""What is kept about one person: all of it, and nothing of anybody else."""

import json
from typing import Any

import pytest

from app.core.checking_in import check_in, tell_more
from app.core.deleting import delete_participant
from app.core.grouping import pair
from app.core.lasting import CheckIn, Condition, LaterCheckIn
from app.core.own_data import as_json, own_data
from app.core.own_parts import HOUSEKEEPING, PARTS
from app.core.participant import Participant
from app.core.tables import TABLES
from app.db import Database
from app.ids import spoken_code
from tests.follow_up import Chantal, Hands, commit

pytest_plugins = ["tests.follow_up_cast"]
POINTS_AT_A_PERSON = {"participant_id", "buddy_id"}


def test_every_table_about_persons_has_its_part() -> None:
    about = {table for table in TABLES if POINTS_AT_A_PERSON & set(table.model_fields)}
    assert about | {Participant, CheckIn} == {part.table for part in PARTS}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_column_is_told_or_left_out_for_a_reason(part: Any) -> None:
    assert set(part.fields) | set(part.left_out) == set(part.table.model_fields) - HOUSEKEEPING
    assert not set(part.fields) & set(part.left_out)


async def test_it_holds_everything_of_hers_and_nothing_of_his(db: Database, chantal: Chantal, hands: Hands) -> None:
    bas, his = await commit(db, chantal.workshop, "bas", name="Bas", act="ik schrap het weekoverleg")
    await db.write(pair, bas, spoken_code(chantal.person.id))
    await db.write(pair, chantal.person, spoken_code(bas.id))
    hands.put("2026-11-25 10:00")
    for act, word in ((chantal.commitment, "mandaat"), (his, "geld")):
        await db.write(check_in, act.id, "deels")
        await db.write(tell_more, act.id, needed=word)

    async def needs(session: Any) -> None:
        for person, text in ((chantal.person, "twee uur per week"), (bas, "een eigen budget")):
            session.add(Condition(workshop_id=chantal.workshop.id, participant_id=person.id, text=text))
            session.add(
                LaterCheckIn(participant_id=person.id, letter="m3", workshop_id=chantal.workshop.id, helped=text)
            )

    await db.write(needs)
    async with db.read() as session:
        told = await own_data(session, chantal.person.id)
    text = json.dumps(as_json(told, chantal.workshop), ensure_ascii=False)
    for hers in (
        "Chantal",
        "chantal@example.org",
        "ik bel Karin",
        "mandaat",
        "twee uur per week",
        "NIET_BEREIKT",
        '"m2"',
    ):
        assert hers in text
    for theirs in ("Bas", "schrap", "geld", "budget", bas.id, spoken_code(bas.id), "browser"):
        assert theirs not in text


async def test_after_deletion_there_is_nothing_left_to_read(db: Database, chantal: Chantal, hands: Hands) -> None:
    hands.put("2026-11-25 10:00")
    await db.write(check_in, chantal.commitment.id, "deels")
    await db.write(tell_more, chantal.commitment.id, brought="Karin zei ja", needed="mandaat")
    await db.write(delete_participant, chantal.person.id)
    async with db.read() as session:
        told = await own_data(session, chantal.person.id)
    text = json.dumps(as_json(told, chantal.workshop), ensure_ascii=False)
    for words in ("Chantal", "example.org", "Karin", "mandaat", "Peter", "ja of nee", "NIET_BEREIKT"):
        assert words not in text.replace(chantal.workshop.title, "")
    full = {each.part.name for each in told if each.rows}
    assert full <= {"person", "contributions", "commitments", "answers"}
