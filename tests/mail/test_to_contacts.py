"""The whole way of the letter to who decides, over real SMTP: named, noticed, reminded, answered, asked again."""

from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from app.core.checking_in import check_in
from app.core.conditions_letter import Contact
from app.core.conditions_writing import send_letter, word_letter
from app.core.contacts import name_commissioner
from app.core.lasting import Condition
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.point_answering import draft_answer, enter_answer, publish, tell_became
from app.core.point_answers import answered_points
from app.core.workshop import Workshop
from app.db import Database
from app.mail.courier import Courier
from app.mail.planned import render_due
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Box, Hands, commit, over_smtp, rows
from tests.letters_to_contacts import nine_conditions, points

pytest_plugins = ["tests.follow_up_cast"]
DORA, PIET = "dora@example.org", "piet@example.org"


async def change(db: Database, workshop: Workshop, **values: Any) -> None:
    async def verb(session: Any) -> None:
        row = await session.get_one(Workshop, workshop.id)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    await db.write(verb)


def came(box: Box, to: str = DORA) -> list[EmailMessage]:
    mails = [message_from_bytes(content, policy=policy.default) for content in box.seen]
    return [mail for mail in mails if isinstance(mail, EmailMessage) and to in str(mail["To"])]


def words(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


async def ready(
    db: Database, cast: Cast, hands: Hands, sent: str = "2026-11-24 16:30", language: str = "nl"
) -> Contact:
    """A letter that was read through in the room, and sent at that moment."""
    await nine_conditions(db, cast.workshop)
    made = await points(db, cast.workshop)
    assert len(made) == 7
    await db.write(name_commissioner, cast.workshop.id, "Dora", DORA, language)
    await db.write(word_letter, cast.workshop.id, "Ik bel u donderdag.", date(2026, 12, 2))
    hands.put(sent)
    return await db.write(send_letter, cast.workshop.id, True)


async def test_from_the_notice_to_the_totals(
    db: Database, tuesday: Cast, by_file: Settings, box: Box, hands: Hands
) -> None:
    settings = over_smtp(by_file, box)
    courier = Courier(db, settings)
    await change(db, tuesday.workshop, status="draft", opened_at=None)
    hands.put("2026-11-20 09:00")
    await db.write(name_commissioner, tuesday.workshop.id, "Dora", DORA, "nl")
    hands.put("2026-11-23 10:00")
    await courier.once()
    [notice] = came(box)
    assert notice["Subject"] == "Morgen: na ‘De workshop van Anna’ komt er een brief"
    assert "hooguit 5 punten, 5 minuten van je tijd" in words(notice)
    assert "Op dinsdag 24 november" in words(notice)

    hands.put("2026-11-24 13:40")
    await change(db, tuesday.workshop, status="open")
    acts = [(await commit(db, tuesday.workshop, f"phone {number}"))[1] for number in range(6)]
    director = await ready(db, tuesday, hands)
    await courier.once()
    letter = came(box)[1]
    text = words(letter)
    for line in (
        "Beste Dora,",
        "Vandaag werkten 14 collega's aan deze opgave:",
        "Zij maakten 6 afspraken voor hun volgende werkdag.",
        "‘Ik bel u donderdag.’",
        "1. Mandaat om twee kamers te huren\ngenoemd door 3 van 14",
        "Te regelen door: directie\nVoor wanneer: 1 dec",
        "De deelnemers horen je antwoorden op woensdag 2 december.",
        "Bijlage: ook genoemd, hierover vragen we niets",
    ):
        assert line in text
    assert text.count("genoemd door") == 7
    assert "/u/c/" in str(letter["List-Unsubscribe"])
    assert letter["Reply-To"] == "anna@example.org"
    assert "bgcolor" in words(letter, "html")

    hands.put("2026-11-27 10:00")
    await courier.once()
    assert "nog geen antwoord" in words(came(box)[2])
    async with db.read() as session:
        told = await answered_points(session, tuesday.workshop.id)
    assert [each.answer for each in told] == [None] * 7

    hands.put("2026-11-30 11:00")
    first, second = told[0].point, told[1].point
    await db.write(draft_answer, director.id, first.id, "arranged", date(2026, 12, 4))
    await db.write(draft_answer, director.id, second.id, "elsewhere", None, "Piet", "", PIET)
    await db.write(publish, director.id)
    await courier.once()
    [to_piet] = came(box, PIET)
    assert "Dora zegt dat het bij jou ligt" in words(to_piet)
    assert second.text in words(to_piet)
    assert first.text not in words(to_piet)

    hands.put("2026-12-01 10:00")
    await courier.once()
    asked = came(box)[3]
    assert asked["Subject"] == "Morgen: een week later: wat is ervan gekomen?"
    assert first.text in words(asked)
    assert second.text not in words(asked)
    await db.write(tell_became, director.id, first.id, "met")
    assert {each.status for each in await rows(db, Condition) if each.id in first.condition_ids} == {"met"}

    for act, answer in zip(acts, ("gelukt",) * 4 + ("niet",), strict=False):
        await db.write(check_in, act.id, answer)
    hands.put("2026-12-03 10:29")
    await courier.once()
    assert len(came(box)) == 4
    hands.put("2026-12-03 10:30")
    await courier.once()
    totals = words(came(box)[4])
    assert "Gedaan, van alle afspraken: 4 van 6" in totals
    assert "Chantal" not in totals

    hands.put("2026-12-24 10:30")
    await courier.once()
    assert [mail["Subject"] for mail in came(box)][5:] == ["Morgen: hoe het ging na ‘De workshop van Anna’"]
    left_out = {
        each.reason for each in await rows(db, PlannedLetter) if each.letter == "c2" and each.contact_id == director.id
    }
    assert left_out == {"nothing was promised"}


async def test_in_english_it_says_the_same(db: Database, tuesday: Cast, by_file: Settings, hands: Hands) -> None:
    await ready(db, tuesday, hands, language="en")
    await db.write(render_due, by_file, hands.now)
    [mail] = await rows(db, OutgoingMail)
    assert mail.subject == "Morgen: what “De workshop van Anna” needs from you"
    for line in ("Dear Dora,", "Today 8 colleagues worked", "By December 2027", "named by 3 of 8"):
        assert line in mail.text
    assert "commitments" not in mail.text  # fewer than k were made


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("2026-11-24 16:30", "2026-11-24 16:30"),
        ("2026-11-24 18:10", "2026-11-25 08:30"),
        ("2026-11-27 17:30", "2026-11-30 08:30"),
        ("2026-11-25 06:00", "2026-11-25 08:30"),
    ],
)
async def test_a_letter_never_comes_in_the_evening_or_in_the_weekend(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands, moment: str, goes: str
) -> None:
    await ready(db, tuesday, hands, moment)
    due = hands.put(goes)
    [plan] = [each for each in await rows(db, PlannedLetter) if each.letter == "cv"]
    assert plan.due_at == due


async def test_any_answer_takes_the_reminder_away(db: Database, tuesday: Cast, by_file: Settings, hands: Hands) -> None:
    await ready(db, tuesday, hands)
    await db.write(render_due, by_file, hands.now)
    async with db.read() as session:
        told = await answered_points(session, tuesday.workshop.id)
    await db.write(enter_answer, tuesday.workshop.id, told[2].point.id, "talk", None, "", "")
    await db.write(render_due, by_file, hands.put("2026-11-27 10:00"))
    assert {each.letter: each.reason for each in await rows(db, PlannedLetter)}["cvr"] == "answered"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (["gelukt", "niet", "niet", "niet"], "fewer than k"),
        (["gelukt", "niet", "niet", "niet", None], "fewer than k"),
        (["gelukt"] * 5, "everybody the same"),
        (["niet"] * 5, "everybody the same"),
        (["gelukt", "niet", "niet", "niet", "niet"], ""),
    ],
)
async def test_totals_never_tell_what_one_person_did(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands, answers: list[str | None], reason: str
) -> None:
    await ready(db, tuesday, hands, "2026-11-24 13:40")
    acts = [(await commit(db, tuesday.workshop, f"phone {number}"))[1] for number in range(len(answers))]
    hands.put("2026-11-25 18:00")
    for act, answer in zip(acts, answers, strict=True):
        if answer:
            await db.write(check_in, act.id, answer)
    hands.put("2026-12-03 10:30")
    while await db.write(render_due, by_file, hands.now):
        pass
    assert {each.letter: each.reason for each in await rows(db, PlannedLetter)}["ct2"] == reason


async def test_a_rehearsal_sends_nothing(
    db: Database, tuesday: Cast, by_file: Settings, box: Box, hands: Hands
) -> None:
    await change(db, tuesday.workshop, is_rehearsal=True)
    await ready(db, tuesday, hands)
    await Courier(db, over_smtp(by_file, box)).once()
    assert box.seen == []
    assert [each.state for each in await rows(db, OutgoingMail)] == ["kept"]
