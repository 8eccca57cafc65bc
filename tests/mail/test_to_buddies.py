"""Letters to a buddy. Chantal's act is on Wednesday 25 November 2026, 9:30; Bas, who has an act too, asks about it."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.core.addressing import delete_address, give_address, stop
from app.core.checking_in import check_in
from app.core.deleting import delete_participant
from app.core.grouping import pair, part
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import Participant
from app.core.replanning import replan
from app.core.reply import enter_reply
from app.core.sharing import show_nobody
from app.db import Database
from app.ids import spoken_code
from app.mail.courier import Courier
from app.mail.planned import render_due
from app.settings import Settings
from tests.follow_up import Box, Chantal, Hands, commit, dutch, over_smtp, rows

pytest_plugins = ["tests.follow_up_cast"]
BOTH = ("m0b", "m2b")
AFTER, BATCH = "2026-11-25 17:00", "2026-11-26 10:00"


@dataclass
class Pair:
    chantal: Chantal
    bas: Participant


async def say_yes(db: Database, one: Participant, other: Participant) -> None:
    await db.write(pair, one, spoken_code(other.id))
    await db.write(pair, other, spoken_code(one.id))


@pytest.fixture
async def both(db: Database, chantal: Chantal) -> Pair:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas", act="ik schrijf de brief")
    await db.write(give_address, chantal.workshop, bas, "bas@example.org", True, False)
    await say_yes(db, bas, chantal.person)
    return Pair(chantal, bas)


async def waiting(db: Database, to: Participant) -> dict[str, tuple[str, str]]:
    """Letter: when, and its state."""
    found = await rows(db, PlannedLetter, PlannedLetter.participant_id == to.id)
    return {plan.letter: (dutch(plan.due_at), plan.state) for plan in found if plan.letter in BOTH}


async def mails(db: Database, to: Participant) -> list[OutgoingMail]:
    found = await rows(db, OutgoingMail, OutgoingMail.participant_id == to.id)
    return [mail for mail in found if mail.letter in BOTH]


async def go(db: Database, settings: Settings, hands: Hands, moment: str) -> None:
    hands.put(moment)
    while await db.write(render_due, settings, hands.now):
        pass


async def answered(db: Database, both: Pair, settings: Settings, hands: Hands, answer: str = "niet") -> None:
    await go(db, settings, hands, "2026-11-24 13:30")
    hands.put(AFTER)
    await db.write(check_in, both.chantal.commitment.id, answer)
    await go(db, settings, hands, BATCH)


async def test_both_hear_of_each_others_act_at_once_and_of_an_answer_with_the_next_batch(
    db: Database, both: Pair, by_file: Settings, hands: Hands
) -> None:
    assert await waiting(db, both.bas) == {"m0b": ("2026-11-24 13:30", "planned")}
    assert await waiting(db, both.chantal.person) == {"m0b": ("2026-11-24 13:30", "planned")}
    await answered(db, both, by_file, hands)
    assert await waiting(db, both.bas) == {"m0b": ("2026-11-24 13:30", "sent"), "m2b": (BATCH, "sent")}
    assert await waiting(db, both.chantal.person) == {"m0b": ("2026-11-24 13:30", "sent")}  # Bas told nothing


@pytest.mark.parametrize(
    ("language", "subjects", "words"),
    [
        (
            "nl",
            ("Morgen: Chantal heeft jou als maatje gekozen", "Morgen: Chantal heeft laten weten of het gelukt is"),
            ("Jij bent het maatje van Chantal", "woensdag 25 november, na 10:00 uur", "Niet controleren, wel vragen."),
        ),
        (
            "en",
            ("Morgen: Chantal chose you as buddy", "Morgen: Chantal told whether it worked"),
            ("You are the buddy of Chantal", "Wednesday 25 November, after 10:00", "Do not check. Do ask."),
        ),
    ],
)
async def test_what_they_say_and_what_they_leave_to_the_page(
    db: Database,
    chantal: Chantal,
    by_file: Settings,
    hands: Hands,
    language: str,
    subjects: tuple[str, str],
    words: tuple[str, ...],
) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas", language=language)
    await db.write(give_address, chantal.workshop, bas, "bas@example.org", True, False)
    await say_yes(db, chantal.person, bas)
    await answered(db, Pair(chantal, bas), by_file, hands)
    first, second = await mails(db, bas)
    assert (first.subject, second.subject) == subjects
    for line in words:
        assert line in first.text
    for mail in (first, second):
        for body in (mail.text, mail.html):
            assert "/b/" in body
            assert "/a/" not in body  # nobody answers in the place of another
            assert mail.unsubscribe in body
        assert "vraag <twee> kamers" in mail.text
        for outcome in ("niet gelukt", "not done", "Not done", "chantal@"):
            assert outcome not in mail.text.replace("Is het niet gelukt?", "")
    assert second.in_reply_to == ""


async def test_nothing_goes_before_both_said_yes_or_to_who_gave_no_address(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas")
    await db.write(pair, bas, spoken_code(chantal.person.id))
    assert await waiting(db, chantal.person) == {}
    await db.write(pair, chantal.person, spoken_code(bas.id))
    assert await waiting(db, bas) == {}
    hands.put("2026-11-24 14:00")
    await db.write(give_address, chantal.workshop, bas, "bas@example.org", True, False)
    assert await waiting(db, bas) == {"m0b": ("2026-11-24 14:00", "planned")}


async def test_a_pair_made_before_the_commitment_waits_for_it(db: Database, chantal: Chantal, hands: Hands) -> None:
    bas, own = await commit(db, chantal.workshop, "bas", name="Bas")
    await db.write(_withdraw, own.id)
    await say_yes(db, bas, chantal.person)
    assert await waiting(db, chantal.person) == {}
    hands.put("2026-11-24 15:00")
    await commit(db, chantal.workshop, "bas", name="Bas")
    assert await waiting(db, chantal.person) == {"m0b": ("2026-11-24 15:00", "planned")}


async def _withdraw(session: Any, commitment_id: str) -> None:
    (await session.get_one(Commitment, commitment_id)).withdrawn = True


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-24 21:00", "2026-11-25 08:30"),  # in the evening: the next working day
        ("2026-11-25 09:45", None),  # the act is over
    ],
)
async def test_a_pair_made_after_the_workshop_hears_of_it_in_working_hours(
    db: Database, chantal: Chantal, hands: Hands, moment: str, due: str | None
) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas")
    await db.write(give_address, chantal.workshop, bas, "bas@example.org", True, False)
    hands.put(moment)
    await say_yes(db, bas, chantal.person)
    assert await waiting(db, bas) == ({"m0b": (due, "planned")} if due else {})


async def test_the_buddys_own_days_off_count(db: Database, chantal: Chantal, hands: Hands) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas", days_off=(3, 4))
    await db.write(give_address, chantal.workshop, bas, "bas@example.org", True, False)
    await say_yes(db, bas, chantal.person)
    hands.put(AFTER)
    await db.write(check_in, chantal.commitment.id, "gelukt")
    assert (await waiting(db, bas))["m2b"] == ("2026-11-30 10:00", "planned")


async def test_an_answer_that_the_trainer_entered_counts_too_and_a_changed_one_brings_no_second_mail(
    db: Database, both: Pair, by_file: Settings, hands: Hands
) -> None:
    await go(db, by_file, hands, AFTER)
    await db.write(enter_reply, both.chantal.workshop.id, "chantal@example.org", "deels")
    await go(db, by_file, hands, BATCH)
    await db.write(check_in, both.chantal.commitment.id, "niet")
    made = await db.write(replan, both.chantal.commitment.id, hands.now.date().replace(day=27), hands.now.time())
    hands.put("2026-11-27 17:00")
    await db.write(check_in, made.id, "gelukt")
    await go(db, by_file, hands, "2026-12-04 17:00")
    assert [mail.letter for mail in await mails(db, both.bas)] == ["m2b"]  # m0b's moment was past at the first round


async def test_nobody_gets_more_than_two_of_them(db: Database, both: Pair, by_file: Settings, hands: Hands) -> None:
    await answered(db, both, by_file, hands)
    hands.put("2026-11-24 14:00")
    dora, _ = await commit(db, both.chantal.workshop, "dora", name="Dora")
    await say_yes(db, dora, both.bas)
    await go(db, by_file, hands, "2026-11-24 14:00")
    assert len(await mails(db, both.bas)) == 2
    reasons = {plan.reason for plan in await rows(db, PlannedLetter, PlannedLetter.participant_id == both.bas.id)}
    assert "no room left" in reasons


@pytest.mark.parametrize("how", ["she parts", "he parts", "she shows nobody", "she is gone", "he is gone", "he stops"])
@pytest.mark.parametrize("sent", [False, True])
async def test_who_ends_it_leaves_no_word_with_the_other(
    db: Database, both: Pair, by_file: Settings, box: Box, hands: Hands, how: str, sent: bool
) -> None:
    await go(db, by_file, hands, "2026-11-24 13:30")
    if sent:
        await Courier(db, over_smtp(by_file, box)).once()
    hands.put(AFTER)
    await db.write(check_in, both.chantal.commitment.id, "gelukt")
    person = both.chantal.person if how.startswith("she") else both.bas
    if how.endswith("parts"):
        await db.write(part, person)
    elif how.endswith("gone"):
        await db.write(delete_participant, person.id)
    elif how.endswith("stops"):
        await db.write(stop, person.id)
    else:
        await db.write(show_nobody, both.chantal.workshop, person)
    await go(db, by_file, hands, BATCH)
    to_bas = await mails(db, both.bas)
    assert [mail.letter for mail in to_bas if mail.letter == "m2b"] == []
    assert {state for _, state in (await waiting(db, both.bas)).values()} <= {"sent", "skipped"}
    if how != "he stops":
        for mail in (*to_bas, *await mails(db, both.chantal.person)):
            assert (mail.text, mail.html, mail.subject, mail.to_address) == ("", "", "", "")
            assert mail.state == ("sent" if sent else "skipped")


async def test_another_buddy_and_the_first_one_keeps_nothing(
    db: Database, both: Pair, by_file: Settings, hands: Hands
) -> None:
    await go(db, by_file, hands, "2026-11-24 13:30")
    dora, _ = await commit(db, both.chantal.workshop, "dora", name="Dora")
    await db.write(pair, both.chantal.person, spoken_code(dora.id))
    assert [(mail.text, mail.state) for mail in await mails(db, both.bas)] == [("", "skipped")]


async def test_without_an_address_of_her_own_the_buddy_hears_of_it_all_the_same(
    db: Database, both: Pair, by_file: Settings, hands: Hands
) -> None:
    await db.write(delete_address, both.chantal.person.id)
    await answered(db, both, by_file, hands)
    assert [mail.letter for mail in await mails(db, both.bas)] == ["m0b", "m2b"]
