"""A word and an address that are put into every place where a person's may stand: after each way of deleting they are
found in no cell of any table."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.checking_in import check_in, tell_more
from app.core.conditions_letter import ConditionsLetter, Contact, Point, PointAnswer
from app.core.contacts import name_commissioner
from app.core.contribution import Contribution, Curation
from app.core.deleting import delete_participant, delete_workshop
from app.core.lasting import Commitment, Condition, LaterCheckIn, Need, Party
from app.core.letter import OutgoingMail
from app.core.moving import activities_of
from app.core.organisation import Organisation
from app.core.participant import MailAddress, Participant
from app.core.retention import run_due, what_goes_when
from app.core.tables import TABLES
from app.db import Database
from app.mail.courier import Courier
from app.settings import Settings
from tests.core.test_deleting import everything
from tests.follow_up import TUESDAY, Chantal, Hands, rows

pytest_plugins = ["tests.follow_up_cast"]
WORD, ADDRESS, OUTSIDE = "zwaluwnest", "chantal@example.org", "ruth@example.org"


async def mark(session: Any, chantal: Chantal) -> None:
    """WORD in every text that this person can have typed, or that was made of it."""
    workshop, person = chantal.workshop, chantal.person
    activity = (await activities_of(session, workshop.id))[1]
    card = Contribution(
        workshop_id=workshop.id,
        activity_id=activity.id,
        participant_id=person.id,
        slot="card",
        entry={"pick": "veel", "words": {"veel": WORD}},
    )
    session.add(card)
    await session.flush()
    here: dict[str, Any] = {"workshop_id": workshop.id}
    condition = Condition(
        **here, participant_id=person.id, contribution_id=card.id, text=WORD, owner=WORD, by_date=WORD
    )
    session.add_all(
        [
            Curation(**here, contribution_id=card.id, trainer_id=workshop.trainer_id, act="edit", text=WORD),
            Party(**here, contribution_id=card.id, name=WORD, goal=WORD),
            Need(**here, contribution_id=card.id, type="TIJD", text=WORD, size=WORD, source=WORD, stops=WORD),
            condition,
            LaterCheckIn(**here, participant_id=person.id, letter="m3", answer="yes", helped=WORD, different=WORD),
        ]
    )
    act = await session.get_one(Commitment, chantal.commitment.id)
    act.act = act.evidence = act.obstacle_text = act.place = act.who = act.then = WORD
    someone = await session.get_one(Participant, person.id)
    someone.name = someone.obstacle_text = WORD
    session.add_all([act, someone])
    await session.flush()
    session.add(Point(**here, text=WORD, size=WORD, owner=WORD, by_date=WORD, condition_ids=[condition.id], named_by=1))


async def answer_for_the_director(session: Any, chantal: Chantal) -> None:
    """What stands in a letter to who decides, in the trainer's words and in theirs."""
    here = {"workshop_id": chantal.workshop.id}
    point = Point(**here, text=WORD)
    session.add_all([ConditionsLetter(**here, note=WORD, answer_by=date(2026, 12, 1)), point])
    await session.flush()
    session.add(PointAnswer(**here, point_id=point.id, answer="no", text=WORD, on_behalf_of=WORD))


@pytest.fixture
async def marked(db: Database, chantal: Chantal, by_file: Settings, hands: Hands) -> Chantal:
    """Chantal got mails with the word in them, one more waits in the outbox, and she answered with it."""
    await db.write(mark, chantal)
    await Courier(db, by_file).once()
    hands.put("2026-11-25 17:00")
    await db.write(check_in, chantal.commitment.id, "niet")
    await db.write(tell_more, chantal.commitment.id, obstacle="ANDERS", obstacle_text=WORD, needed=WORD)

    async def wait(session: Any) -> None:
        session.add(
            OutgoingMail(
                message_id="<waits@morgen.example>",
                letter="m3",
                workshop_id=chantal.workshop.id,
                participant_id=chantal.person.id,
                to_address=ADDRESS,
                subject=WORD,
                text=WORD,
                html=WORD,
                calendar=WORD,
            )
        )

    await db.write(wait)
    found = await everything(db)
    assert found.count(WORD) > 25
    assert ADDRESS in found
    return chantal


async def test_one_person_who_is_deleted_leaves_no_word_and_no_address(db: Database, marked: Chantal) -> None:
    await db.write(delete_participant, marked.person.id)
    assert WORD not in await everything(db)
    assert ADDRESS not in await everything(db)


async def test_a_workshop_that_is_deleted_leaves_no_row(db: Database, marked: Chantal) -> None:
    await db.write(answer_for_the_director, marked)
    await db.write(name_commissioner, marked.workshop.id, "Ruth", OUTSIDE, "nl")
    await db.write(delete_workshop, marked.workshop.id)
    left = await everything(db)
    assert [trace for trace in (WORD, ADDRESS, OUTSIDE, marked.workshop.id) if trace in left] == []
    for table in TABLES:
        if "workshop_id" in table.model_fields:
            assert await rows(db, table, table.workshop_id == marked.workshop.id) == []  # type: ignore[attr-defined]


async def test_when_every_period_is_over_no_word_and_no_address_is_left(db: Database, marked: Chantal) -> None:
    await db.write(answer_for_the_director, marked)
    await db.write(name_commissioner, marked.workshop.id, "Ruth", OUTSIDE, "nl")
    late = TUESDAY + timedelta(days=200)
    await db.write(run_due, late)
    left = await everything(db)
    assert [trace for trace in (WORD, ADDRESS, OUTSIDE) if trace in left] == []
    async with db.read() as session:
        going = await what_goes_when(
            session, (await rows(db, type(marked.workshop), type(marked.workshop).id == marked.workshop.id))[0]
        )
    assert (going.addresses, going.texts, going.last_mail) == (None, None, None)
    assert going.texts_gone == late


async def test_the_periods_are_those_of_the_organisation(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    async def shorten(session: Any) -> None:
        own = await session.get_one(Organisation, chantal.workshop.organisation_id)
        own.retention_days, own.mails_kept_days = 50, 2
        session.add(own)

    await db.write(shorten)
    await Courier(db, by_file).once()
    async with db.read() as session:
        going = await what_goes_when(session, chantal.workshop)
    assert going.last_mail == TUESDAY + timedelta(days=2)
    assert going.texts == TUESDAY + timedelta(days=50)
    await db.write(run_due, TUESDAY + timedelta(days=2, seconds=-1))
    assert {mail.text != "" for mail in await rows(db, OutgoingMail)} == {True}
    await db.write(run_due, TUESDAY + timedelta(days=2))
    assert {mail.text for mail in await rows(db, OutgoingMail)} == {""}
    await db.write(run_due, TUESDAY + timedelta(days=50))
    assert {act.act for act in await rows(db, Commitment)} == {""}


async def test_what_the_trainer_reads_about_addresses_is_what_happens(db: Database, chantal: Chantal) -> None:
    async with db.read() as session:
        going = await what_goes_when(session, chantal.workshop)
    assert going.addresses is not None
    assert going.address_count == 1
    await db.write(run_due, going.addresses[1] - timedelta(seconds=1))
    assert len(await rows(db, MailAddress)) == 1
    await db.write(run_due, going.addresses[1])
    assert await rows(db, MailAddress) == []


async def test_a_contact_outside_the_room_is_forgotten_when_its_time_is_over(db: Database, chantal: Chantal) -> None:
    contact = await db.write(name_commissioner, chantal.workshop.id, "Ruth", OUTSIDE, "nl")
    assert contact is not None
    assert contact.delete_at is not None
    await db.write(run_due, contact.delete_at - timedelta(seconds=1))
    assert [each.address for each in await rows(db, Contact)] == [OUTSIDE]
    await db.write(run_due, contact.delete_at)
    assert OUTSIDE not in await everything(db)
