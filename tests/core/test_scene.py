"""A tap by the cookie of its phone: in one look, for nobody but who is in, and as few statements as it can do with."""

import pytest

from app.core.contribute import answer_at, contribute
from app.core.errors import NotFound
from app.core.joining import join
from app.core.people import merge, remove
from app.core.workshop import Workshop
from app.db import Database
from tests.conftest import Cast
from tests.core.test_contribute import on_stage, rows
from tests.statements import statements


async def rev(db: Database, cast: Cast) -> int:
    async with db.read() as session:
        return (await session.get_one(Workshop, cast.workshop.id)).rev


async def test_a_phone_answers_by_its_cookie_and_hears_what_it_said_before(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    before = await rev(db, cast)
    kept = await db.write(answer_at, cast.workshop.code, "bas", poll.id, {"pick": "veel"}, "k")
    assert (kept.participant.id, kept.workshop.id) == (bas.id, cast.workshop.id)
    again = await db.write(answer_at, cast.workshop.code, "bas", poll.id, {"pick": "niets"}, "k")
    assert (again.id, [said.entry["pick"] for said in again.said]) == (kept.id, ["niets"])
    [row] = await rows(db)
    assert (row.participant_id, row.rev) == (bas.id, before + 2)


async def test_it_takes_three_statements_and_a_commit(
    db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await on_stage(db, cast, "open")
    await db.write(join, cast.workshop.id, "bas", "nl")
    asked = statements(db, monkeypatch)
    await db.write(answer_at, cast.workshop.code, "bas", poll.id, {"pick": "veel"}, "k")
    assert [each.split()[0] for each in asked] == ["UPDATE", "SELECT", "INSERT"]


@pytest.mark.parametrize(
    "what", ["never came in", "removed", "merged", "elsewhere", "another code", "another question"]
)
async def test_nobody_answers_who_is_not_in(db: Database, cast: Cast, what: str) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    code, question = cast.workshop.code, poll.id
    browser = "nobody" if what == "never came in" else "bas"
    match what:
        case "removed":
            await db.write(remove, cast.workshop.id, bas.id)
        case "merged":
            chantal = await db.write(join, cast.workshop.id, "chantal", "nl")
            await db.write(merge, cast.workshop.id, bas.id, chantal.id)
        case "elsewhere":
            await db.write(join, cast.elsewhere.id, "outsider", "nl")
            browser = "outsider"
        case "another code":
            code = cast.elsewhere.code
        case "another question":
            question = "unknown"
    before = await rev(db, cast)
    with pytest.raises(NotFound):
        await db.write(answer_at, code, browser, question, {"pick": "veel"}, "k")
    assert await rows(db) == []
    assert await rev(db, cast) == before  # what was refused leaves no trace


async def test_a_tap_by_cookie_and_one_by_person_keep_the_same(db: Database, cast: Cast) -> None:
    poll = await on_stage(db, cast, "open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    one = await db.write(contribute, bas, poll.id, {"pick": "veel"}, "k")
    other = await db.write(answer_at, cast.workshop.code, "bas", poll.id, {"pick": "veel"}, "k")
    assert one == other.id
