"""What of a workshop goes when, and the file that a trainer may take along."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from app import clock
from app.core.addressing import give_address
from app.core.checking_in import check_in, tell_more
from app.core.contribute import contribute
from app.core.lasting import Commitment
from app.core.moving import activities_of
from app.core.workshop import Activity
from app.db import Database
from app.ids import random_id
from tests.conftest import Cast, Running, session_token
from tests.follow_up import commit, rows


@pytest.fixture
async def desk(running: Running, db: Database, cast: Cast) -> httpx2.Client:
    return running.trainer_client(await session_token(db, cast.anna))


async def fill(db: Database, cast: Cast, people: int) -> None:
    """So many people with a name, an address, an act and what stopped them; the last one says a word at the poll."""
    person: Any = None
    for number in range(people):
        person, act = await commit(db, cast.workshop, f"p{number}", name=f"Naam{number}", act=f"ik bel nummer {number}")
        await db.write(give_address, cast.workshop, person, f"p{number}@example.org", True, False)
        await db.write(_report, act.id)
    async with db.read() as session:
        poll = list(await activities_of(session, cast.workshop.id))[1]
    await db.write(_open, poll.id)
    await db.write(contribute, person, poll.id, {"pick": "veel", "words": {"veel": "omdat het moet"}}, random_id())


async def _open(session: Any, activity_id: str) -> None:
    activity = await session.get_one(Activity, activity_id)
    activity.phase = "open"
    session.add(activity)


async def _report(session: Any, commitment_id: str) -> None:
    act = await session.get_one(Commitment, commitment_id)
    act.obstacle_text = act.evidence = "geheim"
    session.add(act)


async def test_the_page_says_what_goes_when(desk: httpx2.Client, db: Database, cast: Cast) -> None:
    await fill(db, cast, 2)
    page = desk.get(f"/w/{cast.workshop.code}/data").text
    assert "2 adressen" in page
    assert "aantallen blijven" in page
    assert f"/organisations/{cast.workshop.organisation_id}#periods" in page
    assert f"/w/{cast.workshop.code}/deletion" in page


@pytest.mark.parametrize(("people", "told"), [(4, False), (5, True)])
async def test_the_file_holds_what_the_group_said_and_nobody_in_particular(
    desk: httpx2.Client, db: Database, cast: Cast, people: int, told: bool
) -> None:
    await fill(db, cast, people)
    answer = desk.get(f"/w/{cast.workshop.code}/data.json")
    assert "attachment" in answer.headers["content-disposition"]
    file = answer.json()
    assert file["workshop"]["title"] == cast.workshop.title
    assert file["commitments"]["count"] == people
    assert file["commitments"]["acts"] == ([f"ik bel nummer {n}" for n in range(5)] if told else [])
    assert [text for each in file["activities"] for text in each["texts"]] == ["omdat het moet"]
    for hidden in ("Naam", "@example.org", "geheim", "participant_id", "gelukt", cast.workshop.id):
        assert hidden not in answer.text, hidden


async def test_what_became_of_an_act_is_in_no_line_of_the_file(desk: httpx2.Client, db: Database, cast: Cast) -> None:
    await fill(db, cast, 5)
    before = desk.get(f"/w/{cast.workshop.code}/data.json").json()
    [act, *_] = await rows(db, Commitment)
    with clock.fixed(lambda: act.starts_at + timedelta(hours=1)):
        await db.write(check_in, act.id, "niet")
        await db.write(tell_more, act.id, obstacle="DRUK", obstacle_text="geheim", needed="geheim")
    assert desk.get(f"/w/{cast.workshop.code}/data.json").json() == before
