"""The fixtures of the follow-up. A test module takes them as a plugin: `pytest_plugins = ["tests.follow_up_cast"]`."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app import clock
from app.core.addressing import give_address
from app.core.participant import Participant
from app.db import Database
from app.settings import Settings
from tests.conftest import Cast, make_cast
from tests.follow_up import TUESDAY, Box, Chantal, Hands, commit, mail_server


@pytest.fixture
def hands() -> Iterator[Hands]:
    made = Hands()
    with clock.fixed(lambda: made.now):
        yield made


@pytest.fixture
async def tuesday(db: Database, hands: Hands) -> Cast:
    """Anna's workshop and Dirk's, with the clock at half past one."""
    return await make_cast(db, starts_at=TUESDAY - timedelta(minutes=1))


@pytest.fixture
async def chantal(db: Database, tuesday: Cast) -> Chantal:
    """With a commitment for Wednesday 9:30 and a mail address, given at 13:30."""
    person, commitment = await commit(db, tuesday.workshop, "chantal")
    await db.write(give_address, tuesday.workshop, person, "chantal@example.org", True, False)
    async with db.read() as session:
        return Chantal(tuesday.workshop, await session.get_one(Participant, person.id), commitment)


@pytest.fixture
def by_file(tmp_path: Path, db: Database) -> Settings:
    """Without a mail server: mails lie as files."""
    return Settings(
        data=tmp_path / "data", database=db.url, base_url="https://morgen.example", mail_from="post@morgen.example"
    )


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with mail_server(Box()) as made:
        yield made
