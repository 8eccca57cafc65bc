"""What is due, and what is left out when the rules are checked once more."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.addressing import give_address
from app.core.checking_in import check_in
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.mail.planned import is_private, render_due, waiting_reason, waits
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Chantal, Hands, commit, plans, rows

pytest_plugins = ["tests.follow_up_cast"]


async def change(db: Database, table: type[Any], key: str, **values: Any) -> None:
    async def verb(session: Any) -> None:
        row = await session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    await db.write(verb)


async def test_a_letter_is_written_when_its_moment_comes_and_once(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.put("2026-11-25 07:44"))
    assert (await plans(db))["m1"].state == "planned"
    await db.write(render_due, by_file, hands.put("2026-11-25 07:45"))
    assert await db.write(render_due, by_file, hands.now) == 0
    assert [mail.letter for mail in await rows(db, OutgoingMail)].count("m1") == 1


@pytest.mark.parametrize(
    ("table", "values", "reason"),
    [
        (Commitment, {"withdrawn": True}, "withdrawn"),
        (Participant, {"removed_at": "now"}, "not a participant any more"),
        (Participant, {"merged_into": "another"}, "not a participant any more"),
    ],
)
async def test_the_rules_are_checked_once_more_when_a_letter_is_due(
    db: Database,
    chantal: Chantal,
    by_file: Settings,
    hands: Hands,
    table: type[Any],
    values: dict[str, Any],
    reason: str,
) -> None:
    key = chantal.commitment.id if table is Commitment else chantal.person.id
    await change(db, table, key, **{name: hands.now if value == "now" else value for name, value in values.items()})
    await db.write(render_due, by_file, hands.put("2026-11-25 16:15"))
    assert {plan.reason for name, plan in (await plans(db)).items() if name in ("m0", "m1", "m2")} == {reason}
    assert await rows(db, OutgoingMail) == []


async def test_a_morning_letter_never_comes_after_the_act(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.put("2026-11-25 09:30"))
    assert (await plans(db))["m1"].reason == "its moment was past"


async def test_after_a_standstill_the_reminder_does_not_follow_on_the_heels_of_the_check(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.put("2026-11-26 12:00"))
    found = await plans(db)
    assert (found["m2"].state, found["m2r"].state) == ("sent", "skipped")


async def test_a_week_later_nothing_is_asked_any_more(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.put("2026-12-03 00:00"))
    assert (await plans(db))["m2"].reason == "its moment was past"


async def test_who_answered_gets_no_reminder(db: Database, chantal: Chantal, by_file: Settings, hands: Hands) -> None:
    await db.write(render_due, by_file, hands.put("2026-11-25 16:15"))
    await db.write(check_in, chantal.commitment.id, "gelukt")
    await db.write(render_due, by_file, hands.put("2026-11-26 09:15"))
    assert [mail.letter for mail in await rows(db, OutgoingMail)] == ["m0", "m2"]


async def test_the_mail_of_a_rehearsal_is_kept_and_comes_by_its_own_clock(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await change(db, Workshop, chantal.workshop.id, is_rehearsal=True, clock_shift=27 * 3600)
    while await db.write(render_due, by_file, hands.now):
        pass
    assert {mail.letter: mail.state for mail in await rows(db, OutgoingMail)} == {"m0": "kept", "m2": "kept"}


async def answers(db: Database, tuesday: Cast, hands: Hands, *said: str | None) -> list[str]:
    """That many people commit; on Wednesday evening they answer. Returns the ids of their commitments."""
    made = []
    for number, _ in enumerate(said):
        _, commitment = await commit(db, tuesday.workshop, f"phone {number}", name=f"Zwaantje {number}")
        made.append(commitment.id)
    hands.put("2026-11-25 18:00")
    for identity, answer in zip(made, said, strict=True):
        if answer:
            await db.write(check_in, identity, answer)
    return made


async def test_the_digest_counts_what_was_due_and_names_nobody(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    await commit(db, tuesday.workshop, "late", day=_friday())
    await answers(db, tuesday, hands, "gelukt", "gelukt", "gelukt", "deels", "niet", None)
    await db.write(render_due, by_file, hands.put("2026-11-26 10:30"))
    [digest] = await rows(db, OutgoingMail)
    assert digest.subject == "Morgen: De workshop van Anna: 3 van 6 gedaan"
    assert digest.to_address == "anna@example.org"
    for line in (
        "Gedaan, van alle afspraken: 3 van 6",
        "Antwoord gekregen: 5 van 6",
        "Gelukt 3 · deels 1 · niet gelukt 1 · geen antwoord 1",
        "Nog niet aan de beurt: 1",
        "Zonder mailadres: 6",
    ):
        assert line in digest.text
    assert "%" not in digest.text
    assert "Zwaantje" not in digest.text


def _friday() -> Any:
    from datetime import date

    return date(2026, 11, 27)


async def test_the_digest_is_updated_once_and_only_with_news(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    made = await answers(db, tuesday, hands, "gelukt", "gelukt", "gelukt", "gelukt", "niet", None)
    await db.write(render_due, by_file, hands.put("2026-11-26 10:30"))
    hands.put("2026-11-26 12:00")
    await db.write(check_in, made[-1], "gelukt")
    await db.write(render_due, by_file, hands.put("2026-11-26 16:30"))
    assert [mail.subject.rpartition(": ")[2] for mail in await rows(db, OutgoingMail)] == [
        "4 van 6 gedaan",
        "5 van 6 gedaan",
    ]


async def test_without_news_there_is_no_update(db: Database, tuesday: Cast, by_file: Settings, hands: Hands) -> None:
    await answers(db, tuesday, hands, "gelukt", "gelukt", "gelukt", "gelukt", None)
    for moment in ("2026-11-26 10:30", "2026-11-26 16:30"):
        await db.write(render_due, by_file, hands.put(moment))
    assert len(await rows(db, OutgoingMail)) == 1
    assert (await plans(db))["t1u"].reason == "nothing new"


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://192.168.1.20:8000", True),
        ("http://10.0.0.4", True),
        ("http://[::1]:8000", True),
        ("http://[fd00::1]", True),
        ("https://morgen.arnhem.nl", False),
        ("https://93.184.216.34", False),
    ],
)
async def test_which_addresses_do_not_work_tomorrow(by_file: Settings, address: str, private: bool) -> None:
    assert is_private(by_file.model_copy(update={"base_url": address})) is private


async def test_letters_to_real_people_wait_while_their_links_would_not_work(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    here = by_file.model_copy(update={"base_url": "http://192.168.1.20:8000", "smtp_host": "mail.example"})
    assert waits(here)
    assert "MORGEN_BASE_URL" in waiting_reason(here)
    assert await db.write(render_due, here, hands.now) == 0
    public = here.model_copy(update={"base_url": "https://morgen.example"})
    assert waiting_reason(public) == ""
    assert await db.write(render_due, public, hands.now) == 1


async def test_rehearsals_do_not_wait_for_a_public_address(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await change(db, Workshop, chantal.workshop.id, is_rehearsal=True)
    here = by_file.model_copy(update={"base_url": "http://127.0.0.1", "smtp_host": "mail.example"})
    assert await db.write(render_due, here, hands.now) == 1


async def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands
) -> None:
    for name in ("bas", "chantal"):
        person, commitment = await commit(db, tuesday.workshop, name)
        await db.write(give_address, tuesday.workshop, person, f"{name}@example.org", True, False)
        if name == "bas":
            await change(db, Commitment, commitment.id, minutes=0)  # no calendar entry can be made of that
    hands.now += timedelta(minutes=1)
    await db.write(render_due, by_file, hands.now)
    assert [mail.to_address for mail in await rows(db, OutgoingMail)] == ["chantal@example.org"]
