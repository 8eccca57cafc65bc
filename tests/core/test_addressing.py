"""Giving, correcting, stopping and deleting a mail address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.addressing import MOST_CORRECTIONS, checked, delete_address, give_address, stop
from app.core.errors import Refused
from app.core.joining import join
from app.core.letter import OutgoingMail
from app.core.organisation import Organisation
from app.core.participant import MailAddress, Participant
from app.db import Database
from app.mail.planned import render_due
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Chantal, Hands, commit, dutch, plans, rows

pytest_plugins = ["tests.follow_up_cast"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" karin@arnhem.nl ", "karin@arnhem.nl"),
        ("K.de-Vries+x@Mail.Arnhem.NL", "K.de-Vries+x@mail.arnhem.nl"),
        ("o'neil@münchen.de", "o'neil@xn--mnchen-3ya.de"),
    ],
)
def test_an_address_is_stored_without_space_and_with_a_small_domain(typed: str, stored: str) -> None:
    assert checked(typed) == stored


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "@ in the middle"),
        ("karin", "@ in the middle"),
        ("@arnhem.nl", "@ in the middle"),
        ("ka rin@arnhem.nl", "before the @"),
        ("karin.@arnhem.nl", "before the @"),
        ("karin@x@arnhem.nl", "before the @"),
        ("a\r\nBcc: x@arnhem.nl", "before the @"),
        ("é@arnhem.nl", "before the @"),
        ("x" * 65 + "@arnhem.nl", "before the @"),
        ("karin@arnhem", "after the @"),
        ("karin@-arnhem.nl", "after the @"),
        ("karin@arnhem..nl", "after the @"),
        ("karin@arnhem.nl\nx", "after the @"),
        ("karin@127.0.0.1", "after the @"),
    ],
)
def test_what_is_no_address_is_refused_with_the_part_to_look_at(typed: str, part: str) -> None:
    with pytest.raises(Refused, match=part) as refusal:
        checked(typed)
    assert refusal.value.field == "address"


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_one_clean_address_or_a_refusal(typed: str) -> None:
    try:
        address = checked(typed)
    except Refused:
        return
    assert address.count("@") == 1
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address


async def test_nothing_ticked_is_refused(db: Database, chantal: Chantal) -> None:
    with pytest.raises(Refused):
        await db.write(give_address, chantal.workshop, chantal.person, "c@example.org", False, False)


async def test_a_corrected_address_gets_the_confirmation_once_more(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.now)
    await db.write(give_address, chantal.workshop, chantal.person, "chantal@example.net", True, False)
    await db.write(render_due, by_file, hands.now)
    mails = await rows(db, OutgoingMail)
    assert {(mail.to_address, mail.state) for mail in mails} == {
        ("", "skipped"),  # it still lay in the outbox; its address may be a stranger's
        ("chantal@example.net", "queued"),
    }
    assert len({mail.message_id for mail in mails}) == 2
    assert (await plans(db))["m1"].state == "planned"


async def test_nobody_mails_strangers_with_this_form(db: Database, chantal: Chantal) -> None:
    for number in range(MOST_CORRECTIONS):
        await db.write(give_address, chantal.workshop, chantal.person, f"c{number}@example.org", True, False)
    with pytest.raises(Refused, match="often"):
        await db.write(give_address, chantal.workshop, chantal.person, "victim@example.org", True, False)


async def test_stopping_ends_what_is_planned_and_what_waits(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.now)
    await db.write(stop, chantal.person.id)
    await db.write(stop, chantal.person.id)
    assert [mail.state for mail in await rows(db, OutgoingMail)] == ["skipped"]
    assert {name: plan.state for name, plan in (await plans(db)).items() if name.startswith("m")} == {
        "m0": "sent",
        "m1": "skipped",
        "m2": "skipped",
        "m2r": "skipped",
    }
    assert (await plans(db))["t1"].state == "planned"


async def test_who_comes_back_after_stopping_gets_the_rest(db: Database, chantal: Chantal) -> None:
    await db.write(stop, chantal.person.id)
    await db.write(give_address, chantal.workshop, chantal.person, "chantal@example.org", True, False)
    assert {plan.state for plan in (await plans(db)).values()} == {"planned"}


async def test_a_deleted_address_stands_nowhere_any_more(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands
) -> None:
    await db.write(render_due, by_file, hands.now)
    await db.write(delete_address, chantal.person.id)
    assert await rows(db, MailAddress) == []
    [mail] = await rows(db, OutgoingMail)
    assert "chantal@" not in str(mail.model_dump())
    assert mail.text == ""
    [person] = await rows(db, Participant)
    assert not person.gave_address


async def test_an_address_goes_ten_working_days_after_the_last_letter(db: Database, chantal: Chantal) -> None:
    [address] = await rows(db, MailAddress)
    assert address.delete_at is not None
    assert dutch(address.delete_at) == "2026-12-10 09:15"


async def keeps(db: Database, cast: Cast, days: int) -> None:
    """The organisation keeps addresses for so many working days after the last letter."""

    async def verb(session: object) -> None:
        organisation = await session.get_one(Organisation, cast.workshop.organisation_id)  # type: ignore[attr-defined]
        organisation.addresses_kept_days = days
        session.add(organisation)  # type: ignore[attr-defined]

    await db.write(verb)


async def goes_at(db: Database) -> str:
    [address] = await rows(db, MailAddress)
    assert address.delete_at is not None
    return dutch(address.delete_at)[:10]


@pytest.mark.parametrize(
    ("kept", "later", "before", "after"),
    [
        (10, False, "2026-12-09", "2026-12-10"),  # the reminder about today or tomorrow, and ten working days
        (3, False, "2026-11-30", "2026-12-01"),
        (3, True, "2026-12-28", "2026-12-29"),  # the letter of four weeks later, and three
        (0, True, "2026-12-22", "2026-12-23"),
    ],
)
async def test_an_address_goes_as_long_after_the_last_letter_as_the_organisation_says_also_before_the_commitment(
    db: Database, tuesday: Cast, kept: int, later: bool, before: str, after: str
) -> None:
    await keeps(db, tuesday, kept)
    person = await db.write(join, tuesday.workshop.id, "bas", "nl")
    await db.write(give_address, tuesday.workshop, person, "bas@example.org", True, later)
    assert await goes_at(db) == before
    await commit(db, tuesday.workshop, "bas")
    assert await goes_at(db) == after


async def test_the_later_box_counts_before_there_is_a_commitment(db: Database, tuesday: Cast) -> None:
    person = await db.write(join, tuesday.workshop.id, "bas", "nl")
    for later, goes in ((False, "2026-12-09"), (True, "2027-01-07"), (False, "2026-12-09")):
        await db.write(give_address, tuesday.workshop, person, "bas@example.org", True, later)
        assert await goes_at(db) == goes
