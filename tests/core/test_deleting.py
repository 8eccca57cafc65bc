"""After deletion nothing is left: of one person, or of a whole workshop."""

from typing import Any

import pytest
from sqlalchemy import text

from app.core.checking_in import check_in, tell_more
from app.core.deleting import delete_participant, delete_workshop
from app.core.errors import NotFound
from app.core.joining import who
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import Device, MailAddress, Participant
from app.core.tables import TABLES
from app.core.workshop import Workshop
from app.db import Database
from app.mail.planned import render_due
from app.settings import Settings
from tests.follow_up import TUESDAY, Chantal, Hands, commit, rows

pytest_plugins = ["tests.follow_up_cast"]
TRACES = ("Chantal", "chantal@", "Karin", "geheim", "Peter")


async def everything(db: Database) -> str:
    """All cells of all tables as one text."""
    async with db.read() as session:
        found: list[Any] = []
        for table in TABLES:
            found += (await session.exec(text(f'SELECT * FROM "{table.__tablename__}"'))).all()  # type: ignore[call-overload]
    return repr(found)


@pytest.fixture
async def answered(db: Database, chantal: Chantal, by_file: Settings, hands: Hands) -> Chantal:
    """Chantal has got mails and told what stopped her."""
    await db.write(render_due, by_file, hands.now)
    hands.put("2026-11-25 17:00")
    await db.write(render_due, by_file, hands.now)
    await db.write(check_in, chantal.commitment.id, "niet")
    await db.write(tell_more, chantal.commitment.id, obstacle="ANDERS", obstacle_text="geheim", needed="geheim")
    return chantal


async def test_of_a_deleted_person_no_word_is_left(db: Database, answered: Chantal) -> None:
    before = await everything(db)
    assert all(trace in before for trace in TRACES)
    await db.write(delete_participant, answered.person.id)
    after = await everything(db)
    assert [trace for trace in TRACES if trace in after] == []
    for table in (MailAddress, Device, OutgoingMail):
        assert await rows(db, table) == []
    assert {plan.letter for plan in await rows(db, PlannedLetter)} == {"t1", "t1u"}


async def test_a_deleted_person_is_unknown_and_every_link_dies(db: Database, answered: Chantal) -> None:
    await db.write(delete_participant, answered.person.id)
    async with db.read() as session:
        assert await who(session, answered.workshop.id, "chantal") is None
    [person] = await rows(db, Participant)
    assert person.link_epoch == answered.person.link_epoch + 1


async def test_a_room_sees_that_what_it_showed_is_gone(db: Database, answered: Chantal) -> None:
    await db.write(delete_participant, answered.person.id)
    [workshop] = await rows(db, Workshop, Workshop.id == answered.workshop.id)
    [husk] = await rows(db, Commitment)
    assert husk.withdrawn
    assert husk.rev == workshop.rev


async def test_others_keep_theirs(db: Database, answered: Chantal, hands: Hands) -> None:
    hands.now = TUESDAY
    bas, kept = await commit(db, answered.workshop, "bas", name="Bas", act="ik schrijf de brief")
    await db.write(delete_participant, answered.person.id)
    async with db.read() as session:
        assert (await session.get_one(Commitment, kept.id)).act == "ik schrijf de brief"
        assert await who(session, answered.workshop.id, "bas") is not None
    assert (await rows(db, Participant, Participant.id == bas.id))[0].name == "Bas"


async def test_of_a_deleted_workshop_no_row_is_left_and_another_keeps_all(
    db: Database, answered: Chantal, tuesday: Any, hands: Hands
) -> None:
    hands.now = TUESDAY
    await commit(db, tuesday.elsewhere, "erik", name="Erik")
    await db.write(delete_workshop, answered.workshop.id)
    left = await everything(db)
    assert answered.workshop.id not in left
    assert [trace for trace in TRACES if trace in left and trace not in ("Karin", "Peter")] == []
    assert "Erik" in left
    for table in TABLES:
        if "workshop_id" in table.model_fields and table not in (OutgoingMail,):
            assert {row.workshop_id for row in await rows(db, table)} <= {tuesday.elsewhere.id}  # type: ignore[attr-defined]


async def test_what_is_not_there_cannot_be_deleted(db: Database, chantal: Chantal) -> None:
    with pytest.raises(NotFound):
        await db.write(delete_workshop, "nothing")
    with pytest.raises(NotFound):
        await db.write(delete_participant, "nobody")
