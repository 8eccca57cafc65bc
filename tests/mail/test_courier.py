"""The courier over real SMTP: it sends once, waits after a refusal, gives up, and survives being killed."""

import asyncio
import os
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope

from app.core.addressing import give_address, stop
from app.core.letter import OutgoingMail
from app.core.workshop import Workshop
from app.db import Database
from app.mail import outbox
from app.mail.courier import Courier
from app.mail.outbox import LEASE, MOST_ATTEMPTS, wait_before
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Box, Chantal, Hands, commit, mail_server, over_smtp, rows

pytest_plugins = ["tests.follow_up_cast"]


async def queue(db: Database, count: int = 1, first: int = 0) -> None:
    """Mails that are ready to go, without a plan behind them."""

    async def verb(session: Any) -> None:
        for number in range(first, first + count):
            session.add(
                OutgoingMail(
                    message_id=f"<{number}@morgen.example>",
                    letter="m2",
                    to_address=f"p{number}@example.org",
                    subject="Morgen: is het gelukt?",
                    text="Dag",
                    html="<p>Dag</p>",
                    sender_name="Anna via Morgen",
                )
            )

    await db.write(verb)


async def only_mail(db: Database) -> OutgoingMail:
    [mail] = await rows(db, OutgoingMail)
    return mail


async def test_a_letter_travels_from_plan_to_mail_server(
    db: Database, chantal: Chantal, by_file: Settings, box: Box
) -> None:
    assert await Courier(db, over_smtp(by_file, box)).once() == 1
    [taken] = box.taken
    assert taken.rcpt_tos == ["chantal@example.org"]
    assert taken.mail_from == "post@morgen.example"
    assert isinstance(taken.content, bytes)
    mail = await only_mail(db)
    read = message_from_bytes(taken.content, policy=policy.default)
    assert read["Message-ID"] == mail.message_id
    assert read["Subject"] == mail.subject
    assert mail.state == "sent"
    assert mail.sent_at is not None


async def test_without_a_mail_server_it_lies_as_a_file(db: Database, chantal: Chantal, by_file: Settings) -> None:
    assert await Courier(db, by_file).once() == 1
    mail = await only_mail(db)
    [file] = (by_file.data / "outbox").iterdir()
    assert file.name == f"{mail.message_id.strip('<>')}.eml"
    assert file.stat().st_mode & 0o077 == 0
    assert message_from_bytes(file.read_bytes(), policy=policy.default)["To"] == "chantal@example.org"


async def test_two_couriers_send_every_mail_once(db: Database, by_file: Settings, hands: Hands, box: Box) -> None:
    await queue(db, 30)
    couriers = [Courier(db, over_smtp(by_file, box)) for _ in range(3)]
    assert sum(await asyncio.gather(*(courier.once() for courier in couriers))) == 30
    assert len({str(each.rcpt_tos) for each in box.taken}) == len(box.taken) == 30


async def test_a_soft_no_is_tried_again_later(db: Database, by_file: Settings, hands: Hands, box: Box) -> None:
    await queue(db)
    courier = Courier(db, over_smtp(by_file, box))
    box.answer = _saying("451 try later")
    assert await courier.once() == 0
    mail = await only_mail(db)
    assert (mail.state, mail.attempts) == ("queued", 1)
    assert "451" in mail.error
    box.answer = None
    assert await courier.once() == 0  # not yet
    hands.now = mail.ready_at
    assert await courier.once() == 1
    assert (await only_mail(db)).error == ""


async def test_a_hard_no_is_final(db: Database, by_file: Settings, hands: Hands, box: Box) -> None:
    await queue(db)
    box.answer = _saying("550 no such box")
    assert await Courier(db, over_smtp(by_file, box)).once() == 0
    mail = await only_mail(db)
    assert (mail.state, mail.attempts) == ("dead", 1)
    assert "550" in mail.error


async def test_a_refused_address_does_not_hold_up_the_next(
    db: Database, by_file: Settings, hands: Hands, box: Box
) -> None:
    await queue(db, 3)

    async def rcpt(server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:
        if address.startswith("p1@"):
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    box.handle_RCPT = rcpt  # type: ignore[attr-defined]
    assert await Courier(db, over_smtp(by_file, box)).once() == 2
    states = {mail.to_address[:2]: mail.state for mail in await rows(db, OutgoingMail)}
    assert states == {"p0": "sent", "p1": "dead", "p2": "sent"}


async def test_a_dropped_line_is_no_answer(db: Database, by_file: Settings, hands: Hands, box: Box) -> None:
    await queue(db)

    async def hang_up(server: SMTP, envelope: Envelope) -> str | None:
        server.transport.abort()
        return "250 never heard"

    box.answer = hang_up
    courier = Courier(db, over_smtp(by_file, box))
    assert await courier.once() == 0
    mail = await only_mail(db)
    assert mail.state == "queued"
    box.answer, hands.now = None, mail.ready_at
    assert await courier.once() == 1


async def test_no_mail_server_there_kills_no_mail(db: Database, by_file: Settings, hands: Hands) -> None:
    await queue(db)
    async with mail_server(Box()) as gone:
        pass
    assert await Courier(db, over_smtp(by_file, gone)).once() == 0
    assert (await only_mail(db)).state == "queued"


async def test_a_mail_server_without_encryption_gets_nothing_where_encryption_is_asked(
    db: Database, by_file: Settings, hands: Hands, box: Box
) -> None:
    await queue(db)
    assert await Courier(db, over_smtp(by_file, box, smtp_tls="starttls")).once() == 0
    assert box.seen == []
    assert (await only_mail(db)).state == "queued"


async def test_after_three_days_it_is_given_up(db: Database, by_file: Settings, hands: Hands, box: Box) -> None:
    """A mail server that is away for a weekend costs no mail."""
    await queue(db)
    box.answer = _saying("451 try later")
    courier = Courier(db, over_smtp(by_file, box))
    for _ in range(71):
        await courier.once()
        assert (await only_mail(db)).state == "queued"
        hands.now += timedelta(hours=1)
    hands.now += timedelta(hours=1)
    await courier.once()
    mail = await only_mail(db)
    assert (mail.state, mail.attempts, len(box.seen)) == ("dead", 72, 72)
    assert "451" in mail.error


async def test_a_server_that_takes_longer_than_the_lease_gets_the_mail_once(
    db: Database, by_file: Settings, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where two processes share the outbox."""
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=0.45))

    async def take_long(server: SMTP, envelope: Envelope) -> str | None:
        await asyncio.sleep(1.2)
        return None

    await queue(db)
    box.answer = take_long
    first = asyncio.create_task(Courier(db, over_smtp(by_file, box)).once())
    await asyncio.sleep(0.8)
    assert await Courier(db, over_smtp(by_file, box)).once() == 0
    assert await first == 1
    assert len(box.seen) == 1


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_that_jumps_sends_everything_once_and_at_once(
    db: Database, by_file: Settings, hands: Hands, box: Box, hours: int
) -> None:
    """What was just written, what waits after a refusal, and what a killed courier had in hand."""
    await queue(db, 3)
    assert await db.write(outbox.claim, "killed") is not None
    box.answer = _saying("451 try later")
    courier = Courier(db, over_smtp(by_file, box))
    assert await courier.once() == 0
    await queue(db, 1, first=3)
    hands.now += timedelta(hours=hours, minutes=-5 if hours < 0 else 0)
    box.answer = None
    assert await courier.once() == 4
    assert {mail.state for mail in await rows(db, OutgoingMail)} == {"sent"}
    hands.now -= timedelta(hours=hours)
    assert await courier.once() == 0
    assert len(box.taken) == 4


async def test_a_clock_that_jumps_sends_no_planned_letter_twice(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands, box: Box
) -> None:
    courier = Courier(db, over_smtp(by_file, box))
    assert await courier.once() == 1
    for hours in (-1, 1, -1, 1):
        hands.now += timedelta(hours=hours)
        assert await courier.once() == 0
    assert len(box.seen) == 1


def test_waits_double_with_some_chance_up_to_an_hour() -> None:
    for attempts in range(1, MOST_ATTEMPTS + 1):
        seconds = [wait_before(attempts).total_seconds() for _ in range(200)]
        middle = 15 * 2 ** (attempts - 1)
        assert 0.7 * min(middle, 3600 / 0.7) <= min(seconds) <= max(seconds) <= min(1.3 * middle, 3600)


async def test_who_stops_gets_nothing_that_still_waits(
    db: Database, chantal: Chantal, by_file: Settings, hands: Hands, box: Box
) -> None:
    courier = Courier(db, over_smtp(by_file, box))
    box.answer = _saying("451 try later")
    await courier.once()
    await db.write(stop, chantal.person.id)
    box.answer = None
    hands.now += timedelta(hours=1)
    assert await courier.once() == 0
    assert box.taken == []


async def test_a_mail_deleted_while_it_is_under_way_comes_back_nowhere(
    db: Database, by_file: Settings, hands: Hands
) -> None:
    await queue(db)
    mail = await db.write(outbox.claim, "me")
    assert mail is not None

    async def delete(session: Any) -> None:
        await session.delete(await session.get_one(OutgoingMail, mail.id))

    await db.write(delete)
    assert not await db.write(outbox.mark_sent, mail.id, "me")
    assert not await db.write(outbox.put_back, mail.id, "me", "late", False)
    assert await rows(db, OutgoingMail) == []


async def test_a_claim_holds_for_its_lease_and_then_anybody_may(db: Database, hands: Hands) -> None:
    await queue(db)
    first = await db.write(outbox.claim, "first")
    assert first is not None
    assert await db.write(outbox.claim, "second") is None
    hands.now += LEASE
    second = await db.write(outbox.claim, "second")
    assert second is not None
    assert (second.message_id, second.attempts) == (first.message_id, 2)
    assert not await db.write(outbox.mark_sent, first.id, "first")
    assert await db.write(outbox.mark_sent, first.id, "second")


async def test_rehearsals_never_reach_the_mail_server(
    db: Database, chantal: Chantal, by_file: Settings, box: Box
) -> None:
    async def rehearse(session: Any) -> None:
        workshop = await session.get_one(Workshop, chantal.workshop.id)
        workshop.is_rehearsal = True
        session.add(workshop)

    await db.write(rehearse)
    assert await Courier(db, over_smtp(by_file, box)).once() == 0
    assert (await only_mail(db)).state == "kept"
    assert box.seen == []


async def test_the_loop_wakes_for_a_new_plan_and_finishes_the_mail_at_hand(
    db: Database, tuesday: Cast, by_file: Settings, box: Box
) -> None:
    has_it, go_on = asyncio.Event(), asyncio.Event()

    async def take_long(server: SMTP, envelope: Envelope) -> str | None:
        has_it.set()
        await go_on.wait()
        return None

    box.answer = take_long
    loop = asyncio.create_task(Courier(db, over_smtp(by_file, box)).run())
    await asyncio.sleep(0.1)  # it has looked once, found nothing, and waits up to 15 s
    person, _ = await commit(db, tuesday.workshop, "bas")
    await db.write(give_address, tuesday.workshop, person, "bas@example.org", True, False)
    await asyncio.wait_for(has_it.wait(), 5)
    loop.cancel()
    asyncio.get_running_loop().call_later(0.1, go_on.set)
    with pytest.raises(asyncio.CancelledError):
        await loop
    assert (await only_mail(db)).state == "sent"
    assert len(box.taken) == 1


KILLED = """
    import asyncio, sys
    from app.db import Database
    from app.mail.courier import Courier
    from app.settings import Settings
    import app.core.tables

    url, host, port, data = sys.argv[1:]
    chosen = Settings(data=data, database=url, smtp_host=host, smtp_port=int(port), smtp_tls="none",
                      base_url="https://morgen.example", mail_from="post@morgen.example")
    asyncio.run(Courier(Database(url), chosen).once())
"""


async def test_killed_between_claim_and_answer_the_same_mail_goes_again(
    db: Database, by_file: Settings, hands: Hands, box: Box, tmp_path: Path
) -> None:
    """A real process, and a real SIGKILL while the mail server has the mail and has not answered."""
    hands.now = datetime.now(UTC) - timedelta(seconds=1)  # the process has the real clock
    await queue(db)

    has_it = asyncio.Event()

    async def never_answer(server: SMTP, envelope: Envelope) -> str | None:
        has_it.set()
        await asyncio.sleep(3600)
        return None

    box.answer = never_answer
    given = [db.url, box.host, str(box.port), str(tmp_path)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", textwrap.dedent(KILLED), *given, cwd=Path(__file__).parents[2]
    )
    try:
        await asyncio.wait_for(has_it.wait(), 30)
    finally:
        process.kill()
        await process.wait()
    mail = await only_mail(db)
    assert (mail.state, mail.attempts) == ("queued", 1)
    box.answer = None
    assert mail.lease_until is not None
    hands.now = mail.lease_until
    assert await Courier(db, over_smtp(by_file, box)).once() == 1
    assert len(box.seen) == 2
    ids = {message_from_bytes(content, policy=policy.default)["Message-ID"] for content in box.seen}
    assert ids == {mail.message_id}


async def test_files_go_when_their_mails_do(db: Database, chantal: Chantal, by_file: Settings, hands: Hands) -> None:
    courier = Courier(db, by_file)
    await courier.once()
    folder = by_file.data / "outbox"
    [kept] = folder.iterdir()
    (folder / "left.eml").write_text("of a workshop that is gone")
    (folder / "notes.txt").write_text("not ours")
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    await courier._sweep()
    assert {path.name for path in folder.iterdir()} == {kept.name, "notes.txt"}


def _saying(answer: str) -> Any:
    async def say(server: SMTP, envelope: Envelope) -> str | None:
        return answer

    return say
