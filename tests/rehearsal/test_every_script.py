"""Every draaiboek that comes with the product, played from the opening to the closing by six simulated people on a real
server."""

from pathlib import Path

import pytest

from app.core.script_file import load
from app.db import Database
from app.rehearsal.play import Company
from tests.conftest import Running
from tests.rehearsal.playing import ensure_sound, played
from tests.shipped import SHIPPED

PEOPLE = 6
COMPANY = Company(PEOPLE, patience=0.2, seed=11)


@pytest.mark.one_engine
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
async def test_it_is_played_to_its_end(path: Path, db: Database, running: Running) -> None:
    found = await played(db, running.address, load(path), COMPANY, 0.3, tables=2)
    ensure_sound(found, PEOPLE)


async def test_it_is_played_with_an_opgave_that_the_trainer_brings(db: Database, running: Running) -> None:
    found = await played(db, running.address, load(SHIPPED[0]), COMPANY, 0.3, given=True)
    ensure_sound(found, PEOPLE)
