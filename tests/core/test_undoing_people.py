"""Opening, ending, and making one person of two phones can be undone: both phones are who they were."""

from typing import Any

import pytest
from sqlmodel import col, select

from app.core import deeds, moving, people
from app.core.contribute import contribute
from app.core.contribution import Contribution
from app.core.errors import Refused
from app.core.joining import join, who
from app.core.moving import activities_of
from app.core.participant import MailAddress
from app.core.workshop import Workshop
from app.db import Database
from tests.conftest import Cast
from tests.core.test_deeds import do, undo


async def answered(db: Database, cast: Cast) -> dict[str, tuple[str, str, bool]]:
    async with db.read() as session:
        rows = (await session.exec(select(Contribution).where(col(Contribution.workshop_id) == cast.workshop.id))).all()
    return {row.id: (row.participant_id, row.slot, row.withdrawn) for row in rows}


async def addresses(db: Database) -> dict[str, str]:
    async with db.read() as session:
        return {row.participant_id: row.address for row in (await session.exec(select(MailAddress))).all()}


@pytest.mark.parametrize("both", [False, True])
async def test_two_phones_that_were_made_one_part_again(db: Database, cast: Cast, both: bool) -> None:
    async with db.read() as session:
        arrival, poll = list(await activities_of(session, cast.workshop.id))[:2]
    await db.write(moving.move_on, cast.workshop.id, f"{arrival.id}:open", f"{poll.id}:open")
    bas, els = [await db.write(join, cast.workshop.id, name, "nl") for name in ("bas", "els")]
    await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k1")
    if both:
        await db.write(contribute, els, poll.id, {"pick": "niets"}, "k2")

    async def give(session: Any) -> None:
        session.add(MailAddress(participant_id=bas.id, address="bas@example.org"))

    await db.write(give)
    before, letters = await answered(db, cast), await addresses(db)
    await do(db, cast, people.merge, bas.id, els.id)
    assert set(await addresses(db)) == {els.id}
    async with db.read() as session:
        assert (await who(session, cast.workshop.id, "bas")).id == els.id  # type: ignore[union-attr]
        deed = await deeds.last_deed(session, cast.workshop.id)
    assert deed
    assert "bas@example.org" not in str(deed.images)
    assert await undo(db, cast) == "merge"
    assert await answered(db, cast) == before
    assert await addresses(db) == letters
    async with db.read() as session:
        assert (await who(session, cast.workshop.id, "bas")).id == bas.id  # type: ignore[union-attr]
    with pytest.raises(Refused, match="Something else was done"):
        await db.write(deeds.undo, cast.workshop.id, deed.id, cast.anna.id)


async def test_a_workshop_that_was_ended_by_mistake_goes_on(db: Database, cast: Cast) -> None:
    await do(db, cast, moving.close_workshop)
    await do(db, cast, moving.close_workshop)
    assert await undo(db, cast) == "close_workshop"
    async with db.read() as session:
        workshop = await session.get_one(Workshop, cast.workshop.id)
        assert (workshop.status, workshop.closed_at) == ("open", None)
        assert await deeds.last_deed(session, cast.workshop.id) is None
