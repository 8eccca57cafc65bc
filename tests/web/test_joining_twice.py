"""Two taps on *Join in*, at the same moment, by one browser that was never here: one person."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from app.core.participant import Participant
from app.db import Database
from tests.conftest import Cast, Running

pytestmark = pytest.mark.anyio


async def test_two_taps_at_once_make_one_person(db: Database, cast: Cast, running: Running) -> None:
    phone = running.client(follow_redirects=False)
    phone.get(f"/w/{cast.workshop.code}")
    with ThreadPoolExecutor(6) as taps:
        said = [taps.submit(phone.post, f"/w/{cast.workshop.code}/participants") for _ in range(6)]
    assert {each.result().status_code for each in said} == {303}
    async with db.read() as session:
        people = (await session.exec(select(Participant).where(Participant.workshop_id == cast.workshop.id))).all()
    assert len(people) == 1
