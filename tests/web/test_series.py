"""The next team, the return, another plan, and the page that shows what stands round a workshop."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest
from sqlmodel import col, select

from app.core.contribution import Contribution
from app.core.joining import join
from app.core.lasting import Opgave, Party
from app.core.making import make_workshop
from app.core.moving import close_workshop, open_workshop
from app.core.opgaven import write_opgave
from app.core.workshop import Activity, Workshop
from app.db import Database
from app.scripts import shipped
from app.web.copying import plan_like
from app.web.series import RETURN
from tests.conftest import Cast, Running, make_cast, session_token
from tests.follow_up import commit
from tests.scripts import small_script

PLAN: dict[str, Any] = {
    "title": "Team Presikhaaf",
    "date": "2027-01-12",
    "time": "09:30",
    "time_zone": "Europe/Amsterdam",
    "language": "nl",
    "tables": "6",
    "opgave": "In 2028 kan iedereen in Presikhaaf veilig over straat.",
    "parties": "school: diploma\nbewoners",
}


@pytest.fixture
async def cast(db: Database) -> Cast:
    return await make_cast(
        db, parties=(("school", "diploma"),), tables=4, reading=({"url": "https://a.nl", "title": "a"},)
    )


async def desk(running: Running, db: Database, cast: Cast) -> httpx2.Client:
    return running.trainer_client(await session_token(db, cast.anna))


async def by_address(db: Database, page: httpx2.Response) -> Workshop:
    async with db.read() as session:
        found = await session.exec(select(Workshop).where(col(Workshop.code) == page.url.path.split("/")[2]))
        return found.one()


async def opgave_and_parties(db: Database, workshop: Workshop) -> tuple[str, list[tuple[str, str]]]:
    _, plan = await plan_like(db, workshop)
    return plan.opgave, list(plan.parties)


async def test_a_copy_for_the_next_team_takes_along_what_the_trainer_gave(
    running: Running, db: Database, cast: Cast
) -> None:
    client = await desk(running, db, cast)
    page = client.post(f"/w/{cast.workshop.code}/copies")
    made = await by_address(db, page)
    assert (made.id != cast.workshop.id, made.status, made.tables) == (True, "draft", 4)
    assert (made.starts_at - cast.workshop.starts_at).total_seconds() % 3600 == 0
    assert 6 < (made.starts_at - cast.workshop.starts_at).days + 0.5 < 8
    assert (made.title, made.reading) == (cast.workshop.title, cast.workshop.reading)
    async with db.read() as session:
        original = await session.get_one(Workshop, cast.workshop.id)
    assert made.series == original.series != ""
    assert await opgave_and_parties(db, made) == await opgave_and_parties(db, original)


async def test_what_the_room_made_of_it_stays_with_that_room(running: Running, db: Database, cast: Cast) -> None:
    await db.write(write_opgave, cast.workshop.id, "Zoals deze zaal het zegt.")
    person = await db.write(join, cast.workshop.id, "bas", "nl")

    async def card(session: Any) -> None:
        activity = (await session.exec(select(Activity).where(Activity.workshop_id == cast.workshop.id))).first()
        session.add(
            Contribution(
                id="card",
                workshop_id=cast.workshop.id,
                activity_id=activity.id,
                participant_id=person.id,
                slot="a",
                entry={},
                withdrawn=True,
            )
        )
        await session.flush()
        session.add(Party(workshop_id=cast.workshop.id, position=1, name="van een kaart", contribution_id="card"))

    await db.write(card)
    made = await by_address(db, (await desk(running, db, cast)).post(f"/w/{cast.workshop.code}/copies"))
    async with db.read() as session:
        texts = (await session.exec(select(Opgave.text).where(Opgave.workshop_id == made.id))).all()
        names = (await session.exec(select(Party.name).where(Party.workshop_id == made.id))).all()
    assert [text[:16] for text in texts] == ["In december 2027"]
    assert list(names) == ["school"]


async def test_a_workshop_whose_room_wrote_the_opgave_is_copied_without_it(
    running: Running, db: Database, cast: Cast
) -> None:
    bare = await make_cast_without_opgave(db, cast)
    made = await by_address(db, (await desk(running, db, cast)).post(f"/w/{bare.code}/copies"))
    assert (await opgave_and_parties(db, made))[0] == ""


async def make_cast_without_opgave(db: Database, cast: Cast) -> Workshop:
    _, plan = await plan_like(db, cast.workshop)
    made = await db.write(make_workshop, cast.anna, small_script(), replace(plan, opgave="", opgave_en=""))
    await db.write(open_workshop, made.id)
    await db.write(write_opgave, made.id, "Wat de zaal schreef.")
    async with db.read() as session:
        return await session.get_one(Workshop, made.id)


async def test_the_page_shows_the_series_with_what_came_of_each(running: Running, db: Database, cast: Cast) -> None:
    for number in range(3):
        await commit(db, cast.workshop, f"phone {number}")
    await db.write(join, cast.workshop.id, "phone 9", "nl")
    client = await desk(running, db, cast)
    page = client.post(f"/w/{cast.workshop.code}/copies")
    assert f"/w/{cast.workshop.code}/trainer" in page.text
    assert "4 deelnemers · 3 afspraken" in " ".join(page.text.split())
    made = await by_address(db, page)
    original = client.get(f"/w/{cast.workshop.code}/trainer").text
    assert f"/w/{made.code}/trainer" in original
    grouped = client.get("/trainer").text
    assert "2 workshops in een reeks" in grouped
    assert grouped.count('class="workshop-series"') == 1


async def test_another_trainers_workshop_never_stands_in_a_series(running: Running, db: Database, cast: Cast) -> None:
    async def mix(session: Any) -> None:
        for each in (cast.workshop, cast.elsewhere):
            (await session.get_one(Workshop, each.id)).series = "shared"

    await db.write(mix)
    page = (await desk(running, db, cast)).get(f"/w/{cast.workshop.code}/trainer").text
    assert cast.elsewhere.code not in page


async def test_a_return_looks_back_on_this_one_and_works_on_its_present_opgave(
    running: Running, db: Database, cast: Cast
) -> None:
    await db.write(write_opgave, cast.workshop.id, "Zoals deze zaal het zegt.")
    client = await desk(running, db, cast)
    assert f"/w/{cast.workshop.code}/return" in client.get(f"/w/{cast.workshop.code}/trainer").text
    page = client.post(f"/w/{cast.workshop.code}/return")
    made = await by_address(db, page)
    assert (made.follows_id, made.series, made.status) == (cast.workshop.id, "", "draft")
    assert made.title == f"Terugkom-kwartier: {cast.workshop.title}"
    assert made.script["key"] == RETURN
    assert (await opgave_and_parties(db, made)) == ("Zoals deze zaal het zegt.", [("school", "diploma")])
    assert "Deze kijkt terug op" in page.text
    assert "Kijkt terug op deze" in client.get(f"/w/{cast.workshop.code}/trainer").text
    await db.write(open_workshop, made.id)
    assert (await by_address(db, page)).before["opgave"] == "Zoals deze zaal het zegt."


async def test_without_its_draaiboek_there_is_no_return(
    running: Running, db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(shipped(), RETURN, raising=False)
    client = await desk(running, db, cast)
    assert f"/w/{cast.workshop.code}/return" not in client.get(f"/w/{cast.workshop.code}/trainer").text
    assert client.post(f"/w/{cast.workshop.code}/return").status_code == 404


async def test_a_draft_gets_another_plan(running: Running, db: Database, cast: Cast) -> None:
    client = await desk(running, db, cast)
    made = await by_address(db, client.post(f"/w/{cast.workshop.code}/copies"))
    form = client.get(f"/w/{made.code}/plan").text
    assert "school: diploma" in form
    assert 'value="4"' in form
    page = client.post(f"/w/{made.code}/plan", data=PLAN)
    assert page.url.path == f"/w/{made.code}/trainer"
    changed = await by_address(db, page)
    assert (changed.title, changed.tables) == ("Team Presikhaaf", 6)
    assert changed.starts_at.isoformat() == "2027-01-12T08:30:00+00:00"
    assert await opgave_and_parties(db, changed) == (PLAN["opgave"], [("school", "diploma"), ("bewoners", "")])
    assert changed.reading == cast.workshop.reading
    assert PLAN["opgave"] in page.text


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"date": "straks"}, {"tables": "61"}, {"tables": "-1"}, {"tables": "²"}, {"time_zone": "Mars"}],
)
async def test_a_refused_plan_comes_back_as_it_was_typed(
    running: Running, db: Database, cast: Cast, wrong: dict[str, str]
) -> None:
    client = await desk(running, db, cast)
    made = await by_address(db, client.post(f"/w/{cast.workshop.code}/copies"))
    page = client.post(f"/w/{made.code}/plan", data=PLAN | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert PLAN["opgave"] in page.text
    assert 'aria-invalid="true"' in page.text
    assert (await opgave_and_parties(db, made))[1] == [("school", "diploma")]


async def test_of_an_open_workshop_only_some_can_be_changed(running: Running, db: Database, cast: Cast) -> None:
    client = await desk(running, db, cast)
    form = client.get(f"/w/{cast.workshop.code}/plan").text
    assert 'name="date"' not in form
    assert 'name="opgave"' not in form
    page = client.post(f"/w/{cast.workshop.code}/plan", data={"title": "Nieuw", "language": "nl", "tables": "2"})
    changed = await by_address(db, page)
    assert (changed.title, changed.tables, changed.starts_at) == ("Nieuw", 2, cast.workshop.starts_at)
    assert (await opgave_and_parties(db, changed))[1] == [("school", "diploma")]
    await db.write(close_workshop, cast.workshop.id)
    assert client.get(f"/w/{cast.workshop.code}/plan").url.path == f"/w/{cast.workshop.code}/trainer"
    assert client.post(f"/w/{cast.workshop.code}/plan", data=PLAN).status_code == 422


async def test_a_new_workshop_may_ask_for_tables(running: Running, db: Database, cast: Cast) -> None:
    client = await desk(running, db, cast)
    form = PLAN | {"script": "opgave-in-40-minuten", "organisation": "Gemeente Arnhem"}
    assert (await by_address(db, client.post("/trainer/workshops", data=form))).tables == 6
    assert (await by_address(db, client.post("/trainer/workshops", data=form | {"tables": ""}))).tables == 0
    assert client.post("/trainer/workshops", data=form | {"tables": "many"}).status_code == 422
