"""Answering the letter: drafts, publishing, changes, by telephone, what became of it; and contacts that go."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.conditions_letter import Contact, Point, PointAnswer
from app.core.conditions_writing import send_letter
from app.core.contacts import commissioner, forget_contact, name_commissioner, stop_contact
from app.core.deleting import delete_workshop
from app.core.errors import Closed, NotFound, Refused
from app.core.lasting import Condition
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.point_answering import draft_answer, drafts_of, enter_answer, publish, tell_became
from app.core.point_answers import AnsweredPoint, answered_points, answers_for
from app.core.retention import run_due
from app.core.workshop import Workshop
from app.db import Database
from tests.conftest import Cast
from tests.follow_up import Hands, dutch, rows
from tests.letters_to_contacts import contacts, nine_conditions, points

pytest_plugins = ["tests.follow_up_cast"]
DECEMBER = date(2026, 12, 1)


@pytest.fixture
async def director(db: Database, tuesday: Cast) -> Contact:
    """Named before, with the letter sent at half past one."""
    await nine_conditions(db, tuesday.workshop)
    await points(db, tuesday.workshop)
    await db.write(name_commissioner, tuesday.workshop.id, "Dora Directeur", "dora@example.org", "nl")
    return await db.write(send_letter, tuesday.workshop.id, True)


async def told(db: Database, cast: Cast) -> list[AnsweredPoint]:
    async with db.read() as session:
        return list(await answered_points(session, cast.workshop.id))


async def statuses(db: Database, point: Point) -> set[str]:
    return {each.status for each in await rows(db, Condition) if each.id in point.condition_ids}


async def planned(db: Database, **wanted: Any) -> dict[str, str]:
    return {
        each.letter: dutch(each.due_at)
        for each in await rows(db, PlannedLetter)
        if each.state == "planned" and each.contact_id
    }


async def test_nothing_is_told_before_the_letter_went(db: Database, tuesday: Cast) -> None:
    await nine_conditions(db, tuesday.workshop)
    await points(db, tuesday.workshop)
    made = await db.write(name_commissioner, tuesday.workshop.id, "Dora", "dora@example.org", "nl")
    assert made is not None
    assert await told(db, tuesday) == []
    with pytest.raises(Closed):
        await db.write(publish, made.id)


async def test_the_letters_are_planned_on_working_days_at_ten(db: Database, tuesday: Cast, director: Contact) -> None:
    assert await planned(db) == {
        "cv": "2026-11-24 13:30",
        "cvr": "2026-11-27 10:00",
        "c1": "2026-12-01 10:00",
        "c2": "2026-12-22 10:00",
        "ct2": "2026-12-03 10:30",
        "ct3": "2026-12-24 10:30",
    }


async def test_a_draft_is_nobodys_and_published_it_is_everybodys(
    db: Database, tuesday: Cast, director: Contact
) -> None:
    first = (await told(db, tuesday))[0].point
    await db.write(draft_answer, director.id, first.id, "talk", None, "Eerst even bellen")
    await db.write(draft_answer, director.id, first.id, "arranged", DECEMBER)
    assert [each.answer for each in await told(db, tuesday)] == [None] * 7
    assert len(await rows(db, PointAnswer)) == 1
    assert await db.write(publish, director.id) == 1
    answer = (await told(db, tuesday))[0].answer
    assert answer is not None
    assert (answer.answer, answer.by_date, answer.source) == ("arranged", DECEMBER, "link")
    assert await statuses(db, first) == {"promised"}
    async with db.read() as session:
        by_condition = await answers_for(session, tuesday.workshop.id)
    assert {key for key, each in by_condition.items() if each.answer} == set(first.condition_ids)
    with pytest.raises(Refused, match="nothing new"):
        await db.write(publish, director.id)


async def test_a_later_change_is_appended_and_shown_as_a_change(
    db: Database, tuesday: Cast, director: Contact, hands: Hands
) -> None:
    first = (await told(db, tuesday))[0].point
    await db.write(draft_answer, director.id, first.id, "arranged", DECEMBER)
    await db.write(publish, director.id)
    hands.put("2026-11-26 09:00")
    await db.write(draft_answer, director.id, first.id, "no", None, "Het geld is op")
    await db.write(publish, director.id)
    changed = (await told(db, tuesday))[0]
    assert changed.answer is not None
    assert (changed.answer.answer, changed.answer.text) == ("no", "Het geld is op")
    assert [(each.answer, each.by_date) for each in changed.earlier] == [("arranged", DECEMBER)]
    assert await statuses(db, first) == {"refused"}
    await db.write(draft_answer, director.id, first.id, "no", None, "Het geld is op")
    assert await db.write(publish, director.id) == 0
    assert len((await told(db, tuesday))[0].answers) == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("arranged",), "by_date"),
        (("arranged", date(2026, 11, 23)), "by_date"),
        (("partly", DECEMBER, ""), "text"),
        (("no", None, " "), "text"),
        (("elsewhere", None, ""), "text"),
        (("elsewhere", None, "Piet", "", "geen adres"), "address"),
        (("perhaps",), "answer"),
        (("no", None, "x" * 501), "text"),
    ],
)
async def test_what_is_no_answer_is_refused(
    db: Database, tuesday: Cast, director: Contact, given: tuple[Any, ...], field: str
) -> None:
    first = (await told(db, tuesday))[0].point
    with pytest.raises(Refused) as refused:
        await db.write(draft_answer, director.id, first.id, *given)
    assert refused.value.field == field
    async with db.read() as session:
        assert await drafts_of(session, director.id) == {}


async def test_who_is_named_with_an_address_gets_a_door_for_that_point_alone(
    db: Database, tuesday: Cast, director: Contact
) -> None:
    first, second, *_ = await told(db, tuesday)
    await db.write(draft_answer, director.id, first.point.id, "elsewhere", None, "Piet", "", "piet@Example.org")
    piet = (await contacts(db, tuesday.workshop))["Piet"]
    assert not [each for each in await rows(db, PlannedLetter) if each.contact_id == piet.id]
    await db.write(publish, director.id)
    theirs = {each.letter for each in await rows(db, PlannedLetter) if each.contact_id == piet.id}
    assert theirs == {"cv", "cvr", "c1", "c2"}
    with pytest.raises(NotFound):
        await db.write(draft_answer, piet.id, second.point.id, "talk")
    await db.write(draft_answer, piet.id, first.point.id, "arranged", DECEMBER)
    await db.write(publish, piet.id)
    assert await statuses(db, first.point) == {"promised"}
    await db.write(draft_answer, director.id, first.point.id, "talk")
    await db.write(publish, director.id)
    with pytest.raises(NotFound):
        await db.write(draft_answer, piet.id, first.point.id, "talk")


async def test_an_answer_by_telephone_is_marked(db: Database, tuesday: Cast, director: Contact) -> None:
    first = (await told(db, tuesday))[0].point
    with pytest.raises(NotFound):
        await db.write(enter_answer, tuesday.elsewhere.id, first.id, "talk", None, "", "")
    await db.write(enter_answer, tuesday.workshop.id, first.id, "arranged", DECEMBER, "", "de secretaris")
    answer = (await told(db, tuesday))[0].answer
    assert answer is not None
    assert (answer.source, answer.on_behalf_of) == ("phone", "de secretaris")
    await db.write(tell_became, director.id, first.id, "met")
    assert await statuses(db, first) == {"met"}


async def test_what_became_of_a_promise_is_appended_too(
    db: Database, tuesday: Cast, director: Contact, hands: Hands
) -> None:
    first, second, *_ = await told(db, tuesday)
    await db.write(draft_answer, director.id, first.point.id, "arranged", DECEMBER)
    await db.write(publish, director.id)
    with pytest.raises(NotFound):
        await db.write(tell_became, director.id, second.point.id, "met")
    for day, became in (("2026-12-01 10:00", "not_yet"), ("2026-12-22 10:00", "met"), ("2026-12-22 10:01", "met")):
        hands.put(day)
        await db.write(tell_became, director.id, first.point.id, became)
    now = (await told(db, tuesday))[0]
    assert [each.answer for each in now.became] == ["not_yet", "met"]
    assert now.state == "met"
    assert await statuses(db, first.point) == {"met"}
    hands.put("2026-12-23 10:00")
    await db.write(draft_answer, director.id, first.point.id, "no", None, "Toch niet")
    await db.write(publish, director.id)
    assert (await told(db, tuesday))[0].state == "refused"


async def test_the_notice_goes_the_working_day_before_and_moves_along(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    async def starts(moment: str) -> None:
        async def verb(session: Any) -> None:
            workshop = await session.get_one(Workshop, tuesday.workshop.id)
            workshop.starts_at, workshop.status, workshop.opened_at = hands.put(moment), "draft", None

        now = hands.now
        await db.write(verb)
        hands.now = now

    for moment, due in (
        ("2026-11-30 13:00", "2026-11-27 10:00"),
        ("2026-12-02 13:00", "2026-12-01 10:00"),
        ("2026-11-25 09:00", "2026-11-24 13:30"),
    ):
        await starts(moment)
        await db.write(name_commissioner, tuesday.workshop.id, "Dora", "dora@example.org", "nl")
        assert (await planned(db))["c0"] == due


async def test_after_it_began_there_is_no_notice(db: Database, tuesday: Cast) -> None:
    await db.write(name_commissioner, tuesday.workshop.id, "Dora", "dora@example.org", "nl")
    assert await planned(db) == {}


async def test_naming_is_checked_corrected_and_taken_back(db: Database, tuesday: Cast) -> None:
    for given, field in ((("Dora", "dora", "nl"), "address"), (("", "d@example.org", "nl"), "name")):
        with pytest.raises(Refused) as refused:
            await db.write(name_commissioner, tuesday.workshop.id, *given)
        assert refused.value.field == field
    made = await db.write(name_commissioner, tuesday.workshop.id, "Dora", "dora@example.org", "nl")
    again = await db.write(name_commissioner, tuesday.workshop.id, "Dora D.", "dora@Example.org", "en")
    assert made is not None
    assert again is not None
    assert (made.id, again.link_epoch, again.language) == (again.id, 0, "en")
    assert await db.write(name_commissioner, tuesday.workshop.id, "", "", "nl") is None
    async with db.read() as session:
        assert await commissioner(session, tuesday.workshop.id) is None


async def test_another_address_after_the_letter_gets_it_anew_and_the_old_link_is_dead(
    db: Database, tuesday: Cast, director: Contact
) -> None:
    made = await db.write(name_commissioner, tuesday.workshop.id, "Dora", "dora@other.example", "nl")
    assert made is not None
    assert made.link_epoch == 1
    assert [each.key.split(":")[2] for each in await rows(db, PlannedLetter) if each.state == "planned"] == ["1"] * 6


async def test_who_stops_gets_nothing_more_and_saving_the_form_again_does_not_undo_that(
    db: Database, tuesday: Cast, director: Contact
) -> None:
    await db.write(stop_contact, director.id)
    await db.write(stop_contact, director.id)
    assert await planned(db) == {}
    again = await db.write(name_commissioner, tuesday.workshop.id, "Dora Directeur", "dora@example.org", "nl")
    assert again is not None
    assert again.stopped_at is not None
    assert await planned(db) == {}


async def test_forgetting_takes_name_address_and_mails_and_leaves_the_answers(
    db: Database, tuesday: Cast, director: Contact
) -> None:
    first, second, *_ = await told(db, tuesday)
    await db.write(draft_answer, director.id, first.point.id, "arranged", DECEMBER)
    await db.write(publish, director.id)
    await db.write(draft_answer, director.id, second.point.id, "talk")
    await db.write(_mail_to, tuesday.workshop.id, director.id)
    await db.write(forget_contact, director.id, "address deleted")
    [left] = await rows(db, Contact)
    assert (left.name, left.address, left.link_epoch) == ("", "", 1)
    assert [(each.to_address, each.text, each.state) for each in await rows(db, OutgoingMail)] == [("", "", "skipped")]
    assert [each.published_at is not None for each in await rows(db, PointAnswer)] == [True]
    assert (await told(db, tuesday))[0].state == "promised"


async def _mail_to(session: Any, workshop_id: str, contact_id: str) -> None:
    session.add(
        OutgoingMail(
            message_id="<x@y>",
            letter="cv",
            workshop_id=workshop_id,
            contact_id=contact_id,
            to_address="dora@example.org",
            subject="s",
            text="t",
            html="h",
        )
    )


async def test_addresses_go_when_the_follow_up_is_over(
    db: Database, tuesday: Cast, director: Contact, hands: Hands
) -> None:
    first = (await told(db, tuesday))[0].point
    await db.write(draft_answer, director.id, first.id, "elsewhere", None, "Piet", "", "piet@example.org")
    await db.write(publish, director.id)
    due = max(each.delete_at for each in await rows(db, Contact) if each.delete_at)
    assert dutch(due) == "2027-01-11 00:00"
    await db.write(run_due, hands.put("2027-01-10 23:00"))
    assert {each.name for each in await rows(db, Contact)} == {"Dora Directeur", "Piet"}
    hands.now = due + timedelta(minutes=1)
    await db.write(run_due, hands.now)
    assert {each.name for each in await rows(db, Contact)} == {""}


async def test_a_workshop_takes_everything_along(db: Database, tuesday: Cast, director: Contact) -> None:
    first = (await told(db, tuesday))[0].point
    await db.write(draft_answer, director.id, first.id, "elsewhere", None, "Piet", "", "piet@example.org")
    await db.write(publish, director.id)
    await db.write(delete_workshop, tuesday.workshop.id)
    for table in (Contact, Point, PointAnswer, PlannedLetter):
        assert await rows(db, table) == []
