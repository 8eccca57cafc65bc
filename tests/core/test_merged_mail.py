"""Two phones of one person: the mail goes on with who stays, comes once, and goes with them."""

import pytest

from app.core import people
from app.core.addressing import give_address, stop
from app.core.checking_in import check_in
from app.core.deleting import delete_participant
from app.core.grouping import pair
from app.core.joining import join
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import MailAddress, Participant
from app.core.people import merge
from app.db import Database
from app.ids import spoken_code
from app.mail.planned import render_due
from app.settings import Settings
from tests.conftest import Cast
from tests.core.test_deeds import do, undo
from tests.core.test_deleting import everything
from tests.follow_up import Chantal, Hands, commit, rows

pytest_plugins = ["tests.follow_up_cast"]


async def play(db: Database, settings: Settings, hands: Hands, moment: str) -> list[tuple[str, str]]:
    """(letter, address) of all mails that are in the outbox by then and have words."""
    hands.put(moment)
    while await db.write(render_due, settings, hands.now):
        pass
    return sorted((mail.letter, mail.to_address) for mail in await rows(db, OutgoingMail) if mail.text)


async def other(db: Database, chantal: Chantal, address: str = "") -> Participant:
    """A second phone, that may have given an address too."""
    made = await db.write(join, chantal.workshop.id, "second", "nl")
    if address:
        await db.write(give_address, chantal.workshop, made, address, True, False)
    return made


async def test_mails_and_plans_follow_and_deleting_who_stays_empties_them(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.now)
    stays = await other(db, chantal)
    await db.write(merge, chantal.workshop.id, chantal.person.id, stays.id)
    assert {mail.participant_id for mail in await rows(db, OutgoingMail)} == {stays.id}
    assert await play(db, by_file, hands, "2026-11-25 16:15") == [
        ("m0", "chantal@example.org"),
        ("m2", "chantal@example.org"),
    ]
    await db.write(delete_participant, stays.id)
    assert await rows(db, OutgoingMail) == []
    assert {plan.letter for plan in await rows(db, PlannedLetter)} == {"t1", "t1u"}
    left = await everything(db)
    assert [trace for trace in ("Chantal", "chantal@", "Karin") if trace in left] == []


async def test_of_two_addresses_that_of_who_stays_is_kept_and_nothing_comes_twice(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.now)
    stays = await other(db, chantal, "els@example.org")
    await db.write(merge, chantal.workshop.id, chantal.person.id, stays.id)
    assert [each.address for each in await rows(db, MailAddress)] == ["els@example.org"]
    [confirmation] = await rows(db, OutgoingMail)
    assert (confirmation.state, confirmation.to_address, confirmation.text) == ("skipped", "", "")
    assert "chantal@" not in await everything(db)
    await play(db, by_file, hands, "2026-11-25 16:15")
    sent = await play(db, by_file, hands, "2026-11-26 09:15")
    assert sent == [("m2", "els@example.org"), ("m2r", "els@example.org")]


async def test_an_address_of_the_one_gets_the_letters_about_the_act_of_the_other(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    bas, _ = await commit(db, tuesday.workshop, "bas", days_off=(4,))
    els = await db.write(join, tuesday.workshop.id, "els", "nl")
    await db.write(give_address, tuesday.workshop, els, "els@example.org", True, False)
    await db.write(merge, tuesday.workshop.id, bas.id, els.id)
    assert ("m2", "els@example.org") in await play(db, by_file, hands, "2026-11-25 16:15")
    assert [each.days_off for each in await rows(db, Participant, Participant.id == els.id)] == [[4]]
    await db.write(stop, els.id)
    own = await rows(db, PlannedLetter, PlannedLetter.participant_id == els.id)
    assert "planned" not in {plan.state for plan in own}


@pytest.mark.parametrize("told", [False, True])
async def test_a_buddy_hears_it_once_also_as_another(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands, told: bool
) -> None:
    bas = await db.write(join, chantal.workshop.id, "bas", "nl")
    await db.write(give_address, chantal.workshop, bas, "bas@example.org", True, False)
    for one, two in ((chantal.person, bas), (bas, chantal.person)):
        await db.write(pair, one, spoken_code(two.id))
    if told:
        await db.write(render_due, by_file, hands.now)
    stays = await other(db, chantal)
    await db.write(merge, chantal.workshop.id, bas.id, stays.id)
    hands.put("2026-11-25 17:00")
    await db.write(check_in, chantal.commitment.id, "gelukt")
    sent = await play(db, by_file, hands, "2026-11-26 10:00")
    assert [each for each in sent if each[1] == "bas@example.org"] == [
        *([("m0b", "bas@example.org")] if told else []),
        ("m2b", "bas@example.org"),
    ]
    assert len(await rows(db, PlannedLetter, PlannedLetter.letter == "m0b")) == 1


async def test_when_it_is_undone_the_mails_are_theirs_again_and_no_act_goes_to_the_other(
    db: Database, tuesday: Cast, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.now)
    stays = await other(db, chantal, "els@example.org")
    await do(db, tuesday, people.merge, chantal.person.id, stays.id)
    assert await undo(db, tuesday) == "merge"
    assert {mail.participant_id for mail in await rows(db, OutgoingMail)} == {chantal.person.id}
    sent = await play(db, by_file, hands, "2026-11-25 16:15")
    assert "els@example.org" not in {address for _, address in sent}
