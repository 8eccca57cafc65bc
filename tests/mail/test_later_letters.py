"""The letters of a week and of four weeks, and the farewell to who answers nothing."""

from typing import Any

import pytest

from app.core.addressing import give_address, stop
from app.core.checking_in import check_in
from app.core.deleting import delete_participant
from app.core.lasting import Gap
from app.core.letter import OutgoingMail
from app.core.workshop import Workshop
from app.db import Database
from app.mail.planned import render_due
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Chantal, Hands, commit, dutch, plans, rows

pytest_plugins = ["tests.follow_up_cast"]
MOMENTS = ("2026-11-24 13:30", "2026-11-25 07:45", "2026-11-25 16:15", "2026-11-26 09:15")
WEEK, MONTH = "2026-12-02 10:00", "2026-12-23 10:00"


async def wants_later(db: Database, cast: Cast, language: str = "nl") -> Chantal:
    person, commitment = await commit(db, cast.workshop, "chantal", language=language)
    await db.write(give_address, cast.workshop, person, "chantal@example.org", True, True)
    return Chantal(cast.workshop, person, commitment)


async def go(db: Database, settings: Settings, hands: Hands, *moments: str) -> list[str]:
    for moment in moments:
        await db.write(render_due, settings, hands.put(moment))
    return [mail.letter for mail in await rows(db, OutgoingMail) if not mail.letter.startswith("t")]


async def write(db: Database, table: type[Any], key: str, **values: Any) -> None:
    async def verb(session: Any) -> None:
        row = await session.get(table, key) or table(workshop_id=key, **values)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    await db.write(verb)


async def test_who_wants_it_gets_six_mails_and_their_moments(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    own = await wants_later(db, tuesday)
    found = await plans(db)
    assert {name: dutch(found[name].due_at) for name in ("m3", "mstop", "m4", "t2", "t3")} == {
        "m3": WEEK,
        "mstop": WEEK,
        "m4": MONTH,
        "t2": "2026-12-03 10:30",
        "t3": "2026-12-24 10:30",
    }
    await go(db, by_file, hands, *MOMENTS)
    await db.write(check_in, own.commitment.id, "gelukt")
    assert await go(db, by_file, hands, WEEK, WEEK, MONTH, MONTH) == ["m0", "m1", "m2", "m2r", "m3", "m4"]


@pytest.mark.parametrize(
    ("language", "week", "month", "middle"),
    [
        ("nl", "Morgen: een week later", "Morgen: vier weken later: waar staan we nu?", "3,5"),
        ("en", "Morgen: one week later", "Morgen: four weeks later: where are we now?", "3.5"),
    ],
)
async def test_what_they_say(
    db: Database,
    tuesday: Cast,
    by_file: Settings,
    hands: Hands,
    language: str,
    week: str,
    month: str,
    middle: str,
) -> None:
    links = [{"url": "https://lezen.example/opgave", "title": "Werken met een opgave"}]
    await write(db, Workshop, tuesday.workshop.id, reading=links)
    await write(db, Gap, tuesday.workshop.id, now=3.5, wanted=8.0, count=12)
    own = await wants_later(db, tuesday, language)
    await go(db, by_file, hands, *MOMENTS)
    await db.write(check_in, own.commitment.id, "niet")
    await go(db, by_file, hands, WEEK, MONTH)
    mails = {mail.letter: mail for mail in await rows(db, OutgoingMail)}
    assert (mails["m3"].subject, mails["m4"].subject) == (week, month)
    for letter, door in (("m3", "/week"), ("m4", "/month")):
        for body in (mails[letter].text, mails[letter].html):
            assert f"{door}" in body
            assert mails[letter].unsubscribe in body
    for letter in ("m0", "m3"):
        assert "https://lezen.example/opgave" in mails[letter].text
    assert "lezen.example" not in mails["m2"].text
    assert middle in mails["m4"].text


async def test_two_questions_without_an_answer_bring_a_farewell_and_nothing_after_it(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    await wants_later(db, tuesday)
    assert await go(db, by_file, hands, *MOMENTS, WEEK, MONTH) == ["m0", "m1", "m2", "m2r", "mstop"]
    [farewell] = [mail for mail in await rows(db, OutgoingMail) if mail.letter == "mstop"]
    assert "Ik stop met mailen" in farewell.text
    assert "/a/" not in farewell.text
    assert "tot maandag 22 februari" in farewell.text


async def test_an_update_takes_the_place_of_the_morning_letter(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    own = await wants_later(db, tuesday)
    await go(db, by_file, hands, MOMENTS[0])
    hands.put("2026-11-24 14:00")
    await commit(db, tuesday.workshop, "chantal", act="ik bel Peter")
    await go(db, by_file, hands, "2026-11-24 14:00", *MOMENTS[1:])
    assert (await plans(db))["m1"].reason == "no room left"
    await db.write(check_in, own.commitment.id, "gelukt")
    assert await go(db, by_file, hands, WEEK, MONTH) == ["m0", "m0", "m2", "m2r", "m3", "m4"]


async def test_who_stops_or_is_deleted_in_between_gets_nothing_more(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    own = await wants_later(db, tuesday)
    await go(db, by_file, hands, *MOMENTS[:3])
    await db.write(stop, own.person.id)
    assert await go(db, by_file, hands, WEEK, MONTH) == ["m0", "m1", "m2"]
    await db.write(delete_participant, own.person.id)
    assert await go(db, by_file, hands, MONTH) == []


async def test_below_five_answers_the_trainer_reads_no_figures(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    own = await wants_later(db, tuesday)
    await go(db, by_file, hands, *MOMENTS)
    await db.write(check_in, own.commitment.id, "gelukt")
    await go(db, by_file, hands, WEEK, "2026-12-03 10:30", MONTH, "2026-12-24 10:30")
    totals = {mail.letter: mail for mail in await rows(db, OutgoingMail) if mail.letter in ("t2", "t3")}
    assert set(totals) == {"t2", "t3"}
    for mail in totals.values():
        assert "Minder dan 5 mensen" in mail.text
        assert "Chantal" not in mail.text
