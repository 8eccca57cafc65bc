"""What is kept no longer than it is needed."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.checking_in import check_in, tell_more
from app.core.contribution import Contribution
from app.core.forgetting import free_texts, without_texts
from app.core.kind import KINDS
from app.core.lasting import CheckIn, Commitment
from app.core.letter import OutgoingMail
from app.core.making import Plan, make_workshop
from app.core.participant import MailAddress, Participant
from app.core.retention import run_due
from app.core.workshop import Workshop
from app.db import Database
from app.mail.courier import Courier
from app.mail.planned import render_due
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import TUESDAY, Chantal, Hands, rows
from tests.scripts import small_script

pytest_plugins = ["tests.follow_up_cast"]


async def test_the_address_goes_when_the_follow_up_is_over_and_not_before(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.now)
    await db.write(run_due, hands.put("2026-12-10 09:14"))
    assert len(await rows(db, MailAddress)) == 1
    await db.write(run_due, hands.put("2026-12-10 09:15"))
    assert await rows(db, MailAddress) == []
    assert [mail.to_address for mail in await rows(db, OutgoingMail)] == [""]
    [person] = await rows(db, Participant)
    assert person.gave_address  # that there was one still counts in the figures


async def test_in_a_rehearsal_the_address_goes_by_its_own_clock(db: Database, chantal: Chantal, hands: Hands) -> None:
    async def ahead(session: Any) -> None:
        workshop = await session.get_one(Workshop, chantal.workshop.id)
        workshop.clock_shift = 17 * 24 * 3600
        session.add(workshop)

    await db.write(ahead)
    await db.write(run_due, hands.now)
    assert await rows(db, MailAddress) == []


async def test_of_a_sent_mail_only_the_fact_is_kept_after_two_weeks(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await Courier(db, by_file).once()
    await db.write(run_due, hands.put("2026-12-08 13:29"))
    [mail] = await rows(db, OutgoingMail)
    assert "Karin" in mail.text
    await db.write(run_due, hands.put("2026-12-08 13:30"))
    [mail] = await rows(db, OutgoingMail)
    assert (mail.to_address, mail.subject, mail.text, mail.html, mail.calendar) == ("", "", "", "", "")
    assert mail.state == "sent"


async def test_a_mail_that_still_waits_is_kept(db: Database, chantal: Chantal, by_file: Settings, hands: Hands) -> None:
    await db.write(render_due, by_file, hands.now)
    hands.now += timedelta(days=15)
    await db.write(run_due, hands.now)
    [mail] = await rows(db, OutgoingMail)
    assert mail.text != ""


async def test_after_ninety_days_words_and_names_go_and_counts_stay(
    db: Database, chantal: Chantal, hands: Hands
) -> None:
    hands.put("2026-11-25 17:00")
    await db.write(check_in, chantal.commitment.id, "niet")
    await db.write(tell_more, chantal.commitment.id, obstacle="DRUK", obstacle_text="te veel", needed="tijd")
    await _add_entries(db, chantal)
    await db.write(run_due, TUESDAY + timedelta(days=89))
    assert (await rows(db, Commitment))[0].act != ""
    await db.write(run_due, TUESDAY + timedelta(days=90))
    [commitment] = await rows(db, Commitment)
    [answer] = await rows(db, CheckIn)
    [person] = await rows(db, Participant)
    assert (commitment.act, commitment.then, commitment.evidence, commitment.who, person.name) == ("", "", "", "", "")
    assert (answer.answer, answer.obstacle, answer.obstacle_text, answer.needed) == ("niet", "DRUK", "", "")
    picks = {row.slot: (row.entry, row.withdrawn) for row in await rows(db, Contribution)}
    assert picks["poll"] == ({"pick": "veel"}, False)


async def _add_entries(db: Database, chantal: Chantal) -> None:
    async def add(session: Any) -> None:
        from app.core.moving import activities_of

        poll = (await activities_of(session, chantal.workshop.id))[1]
        session.add(
            Contribution(
                workshop_id=chantal.workshop.id,
                activity_id=poll.id,
                participant_id=chantal.person.id,
                slot="poll",
                entry={"pick": "veel", "words": {"veel": "geheim"}},
            )
        )

    await db.write(add)


async def test_texts_are_emptied_once(db: Database, chantal: Chantal) -> None:
    for days in (90, 91):
        await db.write(run_due, TUESDAY + timedelta(days=days))
    [workshop] = await rows(db, Workshop, Workshop.id == chantal.workshop.id)
    assert workshop.emptied_at == TUESDAY + timedelta(days=90)


@pytest.mark.parametrize(("late", "left"), [(timedelta(seconds=-1), 1), (timedelta(), 0)])
async def test_a_draft_that_nobody_opened_goes_a_week_after_its_date(
    db: Database, tuesday: Cast, late: timedelta, left: int
) -> None:
    plan = Plan(
        organisation_id=tuesday.workshop.organisation_id,
        title="Concept",
        starts_at=TUESDAY,
        time_zone="Europe/Amsterdam",
        language="nl",
    )
    await db.write(make_workshop, tuesday.anna, small_script(), plan)
    await db.write(run_due, TUESDAY + timedelta(days=7) + late)
    assert len(await rows(db, Workshop, Workshop.title == "Concept")) == left
    assert len(await rows(db, Workshop)) == 2 + left


async def test_looking_when_nothing_is_due_writes_nothing(db: Database, chantal: Chantal, hands: Hands) -> None:
    [before] = await rows(db, Workshop, Workshop.id == chantal.workshop.id)
    await db.write(run_due, hands.now)
    [after] = await rows(db, Workshop, Workshop.id == chantal.workshop.id)
    assert after.rev == before.rev


def test_of_every_kind_what_is_typed_is_known() -> None:
    assert free_texts(KINDS["poll"].Entry) == {"words"}
    assert {"act", "place", "who", "evidence", "then", "name"} <= free_texts(KINDS["commitment"].Entry)
    assert "leave" not in free_texts(KINDS["commitment"].Entry)


def test_an_entry_that_is_nothing_but_text_goes_as_a_whole() -> None:
    assert without_texts(KINDS["poll"], {"pick": "ja", "words": {"ja": "x"}}) == {"pick": "ja"}
    for kind in KINDS.values():
        for name in free_texts(kind.Entry):
            kept = without_texts(kind, {name: "geheim"})
            assert kept is None or "geheim" not in str(kept)
