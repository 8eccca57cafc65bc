"""What the trainer is told, and what a participant is told of an answer to what they need."""

from datetime import date
from typing import Any

import pytest

from app.core.addressing import give_address
from app.core.checking_in import check_in, tell_more
from app.core.conditions_letter import Contact
from app.core.conditions_writing import send_letter, word_letter
from app.core.contacts import name_commissioner
from app.core.lasting import Commitment, Gap
from app.core.later_check_in import check_in_later
from app.core.letter import OutgoingMail
from app.core.organisation import Organisation
from app.core.point_answering import enter_answer
from app.core.point_answers import answered_points
from app.db import Database
from app.mail.planned import render_due
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Hands, commit, dutch, rows
from tests.letters_to_contacts import nine_conditions, points

pytest_plugins = ["tests.follow_up_cast"]
PEOPLE = ("bas", "chantal", "dries", "eva", "fred")


async def five(db: Database, cast: Cast) -> list[Commitment]:
    """Five people with an act for Wednesday 9:30 who want all letters."""
    acts = []
    for browser in PEOPLE:
        person, act = await commit(db, cast.workshop, browser, name=browser.capitalize())
        await db.write(give_address, cast.workshop, person, f"{browser}@example.org", True, True)
        acts.append(act)
    return acts


async def go(db: Database, settings: Settings, hands: Hands, moment: str) -> list[OutgoingMail]:
    """The mails that come at this moment."""
    before = {mail.id for mail in await rows(db, OutgoingMail)}
    hands.put(moment)
    while await db.write(render_due, settings, hands.now):
        pass
    return [mail for mail in await rows(db, OutgoingMail) if mail.id not in before]


async def letter(db: Database, settings: Settings, hands: Hands, name: str, moment: str) -> OutgoingMail:
    [found] = [mail for mail in await go(db, settings, hands, moment) if mail.letter == name]
    return found


async def missed(db: Database, hands: Hands, acts: list[Commitment], obstacle: str) -> None:
    hands.put("2026-11-25 17:00")
    for act in acts:
        await db.write(check_in, act.id, "niet")
        await db.write(tell_more, act.id, obstacle=obstacle, needed="een mandaat")


@pytest.mark.parametrize(
    ("obstacle", "named", "line"),
    [
        ("MANDAAT", True, "Doe vandaag: bel Dora over “Ik mocht het niet beslissen”."),
        ("MANDAAT", False, "Doe vandaag: bel de opdrachtgever over “Ik mocht het niet beslissen”."),
        ("DRUK", True, "Doe vandaag: geef antwoord op wat mensen nodig hebben."),
    ],
)
async def test_the_digest_asks_one_thing_of_the_trainer(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands, obstacle: str, named: bool, line: str
) -> None:
    acts = await five(db, tuesday)
    if named:
        await db.write(name_commissioner, tuesday.workshop.id, "Dora", "dora@example.org", "nl")
    _, done = await commit(db, tuesday.workshop, "gijs")
    await missed(db, hands, acts, obstacle)
    await db.write(check_in, done.id, "gelukt")
    assert line in (await letter(db, by_file, hands, "t1", "2026-11-26 10:30")).text


async def test_below_five_it_asks_nothing_and_shows_no_figures(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    _, act = await commit(db, tuesday.workshop, "bas")
    await missed(db, hands, [act], "MANDAAT")
    mail = await letter(db, by_file, hands, "t1", "2026-11-26 10:30")
    assert "Minder dan 5" in mail.text.replace("Er waren minder", "Minder")
    assert "niet gelukt 1" not in mail.text


@pytest.mark.parametrize("answer", ["gelukt", "niet"])
async def test_where_everybody_did_the_same_the_digest_tells_neither_what_nor_what_stopped_them(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands, answer: str
) -> None:
    acts = await five(db, tuesday)
    await missed(db, hands, acts, "MANDAAT")
    for act in acts:
        await db.write(check_in, act.id, answer)
    mail = await letter(db, by_file, hands, "t1", "2026-11-26 10:30")
    assert mail.subject == "Morgen: De workshop van Anna: hoe het ging"
    assert "Cijfers zouden hier vertellen wat ieder deed." in mail.text
    assert "Antwoord gekregen: 5 van 5" in mail.text
    for words in ("0 van 5", "Gelukt", "niet gelukt", "mocht het niet", "mandaat", "Opnieuw gepland"):
        assert words not in mail.text + mail.html


@pytest.mark.parametrize("answering", [4, 5])
async def test_totals_after_a_week_and_four_weeks_stand_from_five_answers_on(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands, answering: int
) -> None:
    await db.write(_put, Gap(workshop_id=tuesday.workshop.id, now=3.0, wanted=8.0, count=5))
    acts = await five(db, tuesday)
    for act in acts:
        hands.put("2026-11-25 17:00")
        await db.write(check_in, act.id, "gelukt")
    await go(db, by_file, hands, "2026-12-02 10:00")
    for number, act in enumerate(acts[:answering]):
        await db.write(check_in_later, act.id, "m3", {"worked": "no" if number == 0 else "once"})
    week = await letter(db, by_file, hands, "t2", "2026-12-03 10:30")
    await go(db, by_file, hands, "2026-12-23 10:00")
    for act in acts[:answering]:
        await db.write(check_in_later, act.id, "m4", {"now": 6})
    month = await letter(db, by_file, hands, "t3", "2026-12-24 10:30")
    for mail in (week, month):
        assert ("Minder dan 5 mensen" in mail.text) is (answering < 5)
        assert ("5 van 5" in mail.text) is (answering == 5)
        assert not [name for name in PEOPLE if name.capitalize() in mail.text]
    assert ("Werkt nog zo, van wie antwoordde: 4 van 5" in week.text) is (answering == 5)
    assert "Werkt nog zo" not in month.text


async def _put(session: Any, row: Any) -> None:
    session.add(row)


async def test_after_a_week_each_reads_what_became_of_what_they_need(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    await nine_conditions(db, tuesday.workshop)
    acts = await five(db, tuesday)
    await points(db, tuesday.workshop)
    await db.write(name_commissioner, tuesday.workshop.id, "Dora", "dora@example.org", "nl")
    await db.write(word_letter, tuesday.workshop.id, "", date(2026, 12, 2))
    await db.write(send_letter, tuesday.workshop.id, True)
    hands.put("2026-11-25 17:00")
    async with db.read() as session:
        first = (await answered_points(session, tuesday.workshop.id))[0].point
    await db.write(enter_answer, tuesday.workshop.id, first.id, "arranged", date(2026, 12, 4), "", "")
    for act in acts:
        await db.write(check_in, act.id, "gelukt")
    mails = {
        mail.to_address: mail.text for mail in await go(db, by_file, hands, "2026-12-02 10:00") if mail.letter == "m3"
    }
    arranged = f"Wat je nodig hebt, in je eigen woorden: ‘{first.text}’."
    assert arranged in mails["bas@example.org"]
    assert "Antwoord: Dat regel ik · vrijdag 4 december" in mails["bas@example.org"]
    assert "Daar is nog geen antwoord op." in mails["eva@example.org"]
    assert arranged not in mails["eva@example.org"]


async def test_who_decides_is_forgotten_as_long_after_the_last_letter_as_the_organisation_says(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    await nine_conditions(db, tuesday.workshop)
    await points(db, tuesday.workshop)
    for days, goes in ((10, "2027-01-11"), (3, "2026-12-30"), (0, "2026-12-24")):
        await db.write(_keeps, tuesday.workshop.organisation_id, days)
        await db.write(name_commissioner, tuesday.workshop.id, "Dora", "dora@example.org", "nl")
        [contact] = await rows(db, Contact)
        assert contact.delete_at is not None
        assert dutch(contact.delete_at)[:10] == goes
    await db.write(_keeps, tuesday.workshop.organisation_id, 3)
    await db.write(send_letter, tuesday.workshop.id, True)
    [contact] = await rows(db, Contact)
    assert contact.delete_at is not None
    assert dutch(contact.delete_at)[:10] == "2026-12-30"


async def _keeps(session: Any, organisation_id: str, days: int) -> None:
    organisation = await session.get_one(Organisation, organisation_id)
    organisation.addresses_kept_days = days
    session.add(organisation)
