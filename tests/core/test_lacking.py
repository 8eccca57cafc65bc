"""A script that votes on parties needs some, from the plan or from the room."""

import pytest

from app.core.lacking import lacks_parties
from app.core.making import Plan, make_workshop
from app.core.workshop import Workshop
from app.db import Database
from app.scripts import shipped
from tests.conftest import Cast

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("script", "parties", "lacks"),
    [
        ("opgave-in-een-zaal", (), True),
        ("opgave-in-een-zaal", (("School", "rust"),), False),
        ("opgave-in-een-middag", (), False),
    ],
)
async def test_it_says_so_before_the_room_stands_under_an_empty_flag(
    db: Database, cast: Cast, script: str, parties: tuple[tuple[str, str], ...], lacks: bool
) -> None:
    plan = Plan(
        organisation_id=cast.workshop.organisation_id,
        title="Zaal",
        starts_at=cast.workshop.starts_at,
        time_zone="Europe/Amsterdam",
        language="nl",
        parties=parties,
    )
    made: Workshop = await db.write(make_workshop, cast.anna, shipped()[script], plan)
    async with db.read() as session:
        assert await lacks_parties(session, made) is lacks
