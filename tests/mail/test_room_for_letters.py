"""At most six mails a person, eight with one replan; and whose mails count."""

from datetime import date, time
from typing import Any

from app.core.addressing import delete_address, give_address
from app.core.checking_in import check_in
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.letters_sent import went
from app.core.next_step import take_next
from app.core.participant import MailAddress
from app.core.planning import asks_by_mail
from app.core.replanning import replan
from app.core.retention import run_due
from app.db import Database
from app.mail.courier import Courier
from app.mail.planned import render_due
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Chantal, Hands, commit, rows

pytest_plugins = ["tests.follow_up_cast"]
ACT = "ik loop naar Fatima en vraag wie beslist"
OTHER = "c@example.net"


async def wants_all(db: Database, cast: Cast) -> Chantal:
    person, commitment = await commit(db, cast.workshop, "chantal")
    await db.write(give_address, cast.workshop, person, "chantal@example.org", True, True)
    return Chantal(cast.workshop, person, commitment)


async def go(db: Database, settings: Settings, hands: Hands, *moments: str) -> list[str]:
    for moment in moments:
        hands.put(moment)
        while await db.write(render_due, settings, hands.now):
            pass
    found = await rows(db, OutgoingMail)
    return [mail.letter for mail in sorted(found, key=lambda mail: mail.created_at) if mail.participant_id]


async def sent_to(db: Database, person_id: str) -> int:
    async with db.read() as session:
        return await went(session, await session.get_one(MailAddress, person_id))


async def test_eight_with_one_replan_and_never_more(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    own = await wants_all(db, tuesday)
    await go(db, by_file, hands, "2026-11-24 13:30", "2026-11-25 07:45", "2026-11-25 16:15", "2026-11-26 09:15")
    hands.put("2026-11-26 10:00")
    await db.write(check_in, own.commitment.id, "niet")
    again = await db.write(replan, own.commitment.id, date(2026, 11, 27), time(9, 30))
    await go(db, by_file, hands, "2026-11-27 07:45", "2026-11-27 16:15")
    hands.put("2026-11-27 17:00")
    await db.write(check_in, again.id, "gelukt")
    await db.write(take_next, again.id, ACT, date(2026, 11, 30), time(10))
    letters = await go(
        db, by_file, hands, "2026-11-30 16:15", "2026-12-02 10:00", "2026-12-23 10:00", "2027-01-12 10:00"
    )
    assert letters == ["m0", "m1", "m2", "m2r", "m1", "m2", "m3", "m4"]


async def test_a_next_step_is_asked_about_where_six_leave_room(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    own = await wants_all(db, tuesday)
    await go(db, by_file, hands, "2026-11-24 13:30", "2026-11-25 07:45", "2026-11-25 16:15")
    act: Commitment = own.commitment
    asked = []
    for day in (26, 27):
        hands.put(f"2026-11-{day - 1} 17:00")
        await db.write(check_in, act.id, "gelukt")
        async with db.read() as session:
            asked.append(await asks_by_mail(session, own.person.id))
        act = await db.write(take_next, act.id, ACT, date(2026, 11, day), time(10))
        async with db.read() as session:
            assert await asks_by_mail(session, own.person.id, act) is asked[-1]  # the page kept its word
        await go(db, by_file, hands, f"2026-11-{day} 16:15")
    assert asked == [True, False]
    letters = await go(db, by_file, hands, "2026-12-02 10:00", "2026-12-23 10:00")
    assert letters == ["m0", "m1", "m2", "m2", "m3", "m4"]


async def test_what_went_to_another_address_does_not_count_and_what_was_emptied_in_its_time_does(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    own = await wants_all(db, tuesday)
    courier = Courier(db, by_file)
    await courier.once()
    hands.put("2026-11-25 07:45")
    await courier.once()
    assert await sent_to(db, own.person.id) == 2
    await db.write(run_due, hands.put("2026-12-10 08:00"))
    assert {mail.text for mail in await rows(db, OutgoingMail)} == {""}
    assert await sent_to(db, own.person.id) == 2
    await db.write(give_address, own.workshop, own.person, OTHER, True, True)
    assert await sent_to(db, own.person.id) == 0
    await courier.once()
    assert await sent_to(db, own.person.id) == 1
    await db.write(delete_address, own.person.id)
    await db.write(give_address, own.workshop, own.person, OTHER, True, True)
    assert await sent_to(db, own.person.id) == 0


async def test_the_later_box_is_unticked_and_ticked_again_also_after_a_replan(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    own = await wants_all(db, tuesday)
    with_later = await _goes_at(db)
    hands.put("2026-11-25 17:00")
    await db.write(check_in, own.commitment.id, "niet")
    await db.write(replan, own.commitment.id, date(2026, 11, 26), time(9, 30))
    for wanted, state in ((False, "skipped"), (True, "planned")):
        await db.write(give_address, own.workshop, own.person, "chantal@example.org", True, wanted)
        later = [plan for plan in await rows(db, PlannedLetter) if plan.letter in ("m3", "mstop", "m4")]
        assert {(plan.commitment_id, plan.state) for plan in later} == {(own.commitment.id, state)}
        assert (await _goes_at(db) == with_later) is wanted


async def _goes_at(db: Database) -> Any:
    [address] = await rows(db, MailAddress)
    return address.delete_at
