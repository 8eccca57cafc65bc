"""The trainer's commands: each does one thing, and undo is one press away."""

from sqlmodel import select

from app.core.contribution import Curation
from app.core.moving import activities_of
from app.core.opgaven import present_opgave
from app.core.workshop import Activity, Stage, Workshop
from app.db import Database
from tests.conftest import Cast, Running, session_token

HTMX = {"HX-Request": "true"}


async def desk(running: Running, db: Database, cast: Cast):
    client = running.trainer_client(await session_token(db, cast.anna))
    async with db.read() as session:
        return client, list(await activities_of(session, cast.workshop.id))


async def activity(db: Database, identity: str) -> Activity:
    async with db.read() as session:
        return await session.get_one(Activity, identity)


async def stage(db: Database, cast: Cast) -> Stage:
    async with db.read() as session:
        return await session.get_one(Stage, cast.workshop.id)


async def test_reveal_hide_close_and_reopen(running: Running, db: Database, cast: Cast) -> None:
    client, activities = await desk(running, db, cast)
    door = f"/w/{cast.workshop.code}/activities/{activities[2].id}/phase"
    for act, phase in (("reveal", "revealed"), ("hide", "open"), ("close", "closed"), ("reopen", "open")):
        assert client.post(door, data={"act": act}, headers=HTMX).status_code == 204
        assert (await activity(db, activities[2].id)).phase == phase
    assert client.post(door, data={"act": "explode"}, headers=HTMX).status_code == 422


async def test_the_timer_goes_by_minutes_and_never_below_nothing(running: Running, db: Database, cast: Cast) -> None:
    client, _ = await desk(running, db, cast)
    door = f"/w/{cast.workshop.code}/timer"
    for _ in range(2):
        client.post(door, data={"seconds": "60"}, headers=HTMX)
    two = (await stage(db, cast)).timer_ends_at
    client.post(door, data={"seconds": "-60"}, headers=HTMX)
    one = (await stage(db, cast)).timer_ends_at
    assert two
    assert one
    assert 59 < (two - one).total_seconds() < 61
    client.post(door, data={"seconds": "-600"}, headers=HTMX)
    assert (await stage(db, cast)).timer_ends_at is None
    assert client.post(door, data={"seconds": "veel"}, headers=HTMX).status_code == 422


async def test_the_wording_of_a_question_changes_in_this_workshop_only(
    running: Running, db: Database, cast: Cast
) -> None:
    client, activities = await desk(running, db, cast)
    door = f"/w/{cast.workshop.code}/activities/{activities[1].id}/question"
    client.post(door, data={"question": "Wat  deed je\nmorgen?"}, headers=HTMX)
    assert (await activity(db, activities[1].id)).spec["question"]["nl"] == "Wat deed je morgen?"
    async with db.read() as session:
        other = await session.exec(select(Activity).where(Activity.workshop_id == cast.elsewhere.id))
        assert all(each.spec["question"]["nl"].startswith("Vraag") for each in other.all())


async def test_the_opgave_is_kept_in_versions(running: Running, db: Database, cast: Cast) -> None:
    client, _ = await desk(running, db, cast)
    for text in ("Eerste zin", "Tweede zin", "Tweede zin"):
        client.post(f"/w/{cast.workshop.code}/opgaven", data={"opgave": text}, headers=HTMX)
    async with db.read() as session:
        present = await present_opgave(session, cast.workshop.id)
    assert present
    assert (present.text, present.version) == ("Tweede zin", 3)


async def test_a_kept_step_cannot_be_dropped(running: Running, db: Database, cast: Cast) -> None:
    client, activities = await desk(running, db, cast)
    door = f"/w/{cast.workshop.code}/steps/{{}}/skipped"
    assert client.post(door.format("s10"), data={"skipped": "yes"}, headers=HTMX).status_code == 422
    client.post(door.format("s1"), data={"skipped": "yes"}, headers=HTMX)
    assert (await activity(db, activities[1].id)).skipped
    moved = {"leaves": f"{activities[0].id}:open", "leads_to": f"{activities[3].id}:open"}
    client.post(f"/w/{cast.workshop.code}/stage", data=moved, headers=HTMX)
    assert (await stage(db, cast)).activity_id == activities[3].id


async def test_now_to_the_commitment_jumps_over_what_is_open(running: Running, db: Database, cast: Cast) -> None:
    client, activities = await desk(running, db, cast)
    moved = {"leaves": f"{activities[0].id}:open", "leads_to": f"{activities[3].id}:open"}
    client.post(f"/w/{cast.workshop.code}/stage", data=moved, headers=HTMX)
    assert (await stage(db, cast)).activity_id == activities[3].id


async def test_the_room_cannot_be_sent_anywhere(running: Running, db: Database, cast: Cast) -> None:
    client, activities = await desk(running, db, cast)
    moved = {"leaves": f"{activities[0].id}:open", "leads_to": f"{activities[2].id}:revealed"}
    assert client.post(f"/w/{cast.workshop.code}/stage", data=moved, headers=HTMX).status_code == 422


async def test_hiding_a_card_is_undone_by_showing_it(running: Running, db: Database, cast: Cast) -> None:
    client, activities = await desk(running, db, cast)
    moved = {"leaves": f"{activities[0].id}:open", "leads_to": f"{activities[1].id}:open"}
    client.post(f"/w/{cast.workshop.code}/stage", data=moved, headers=HTMX)
    phone = running.client()
    phone.post(f"/w/{cast.workshop.code}/participants")
    phone.post(f"/w/{cast.workshop.code}/activities/{activities[1].id}/contributions", data={"pick": "veel"})
    async with db.read() as session:
        from app.core.contribution import Contribution

        [card] = (await session.exec(select(Contribution))).all()
    door = f"/w/{cast.workshop.code}/cards/{card.id}/curations"
    tally = lambda: client.get(f"/w/{cast.workshop.code}/parts/facilitator").text.partition('id="notes"')[2]  # noqa: E731
    before = tally()
    assert before
    client.post(door, data={"act": "hide"}, headers=HTMX)
    assert tally() != before
    client.post(door, data={"act": "show"}, headers=HTMX)
    assert tally() == before
    async with db.read() as session:
        assert len((await session.exec(select(Curation))).all()) == 2


async def test_closing_and_opening_again(running: Running, db: Database, cast: Cast) -> None:
    client, _ = await desk(running, db, cast)
    client.post(f"/w/{cast.workshop.code}/closing", headers=HTMX)
    async with db.read() as session:
        assert (await session.get_one(Workshop, cast.workshop.id)).status == "closed"
    client.post(f"/w/{cast.workshop.code}/opening", headers=HTMX)
    async with db.read() as session:
        assert (await session.get_one(Workshop, cast.workshop.id)).status == "open"
