"""A follow-up played to its end: every letter that our code writes by itself, as rows of the outbox."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.addressing import give_address
from app.core.checking_in import check_in
from app.core.conditions_letter import Contact
from app.core.conditions_writing import send_letter, word_letter
from app.core.contacts import name_commissioner
from app.core.grouping import pair
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.next_step import take_next
from app.core.participant import Participant
from app.core.point_answering import draft_answer, publish
from app.core.point_answers import answered_points
from app.core.signing_in import ticket
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from app.ids import spoken_code
from app.mail.letters import sign_in_mail
from app.mail.planned import LETTERS, render_due
from app.mail.trial import trial_mail
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Hands, commit, rows
from tests.letters_to_contacts import nine_conditions, points

PEOPLE = ("Chantal", "Bas", "Zoë", "Erik", "Fatima", "Gerard")
MOST_DUE = 200
ALL = LETTERS.keys() | {"sign_in", "trial"}
"""What a whole follow-up brings, nothing left out."""


async def played(db: Database, cast: Cast, settings: Settings, hands: Hands, language: str) -> Sequence[OutgoingMail]:
    """Six people commit and give their addresses, two are each other's buddy, and a director gets the letter. Then the
    clock goes to each letter that is planned, until none is. The trainer's own mails are there too.

    Every letter of the registry is written at least once: one person answers at once and takes a next step, four answer
    after the digest, one never does."""
    await _noticed(db, cast.workshop, settings, hands, language)
    acts = [await _come_in(db, cast, name, language) for name in PEOPLE]
    await _pair(db, acts[0][0], acts[1][0])
    director = await _send_letter(db, cast.workshop)
    await _mails_of_the_trainer(db, cast, settings, language)
    await _until(db, settings, hands, "m2", "cv")
    await _answer(db, acts[0][1], "gelukt", language)
    await _until(db, settings, hands, "t1")
    for _, act in acts[1:5]:
        await db.write(check_in, act.id, "niet")
    await _until(db, settings, hands, "cvr")
    await _promise(db, cast.workshop, director)
    await _until(db, settings, hands)
    assert not await rows(db, PlannedLetter, PlannedLetter.state == "failed")
    return await rows(db, OutgoingMail)


async def _noticed(db: Database, workshop: Workshop, settings: Settings, hands: Hands, language: str) -> None:
    """The director is named the day before."""
    today = hands.now
    hands.now = today - timedelta(days=1)
    await db.write(_change, workshop.id, status="draft", opened_at=None)
    await db.write(name_commissioner, workshop.id, "Dora", "d@example.org", language)
    await db.write(render_due, settings, hands.now)
    await db.write(_change, workshop.id, status="open")
    hands.now = today


async def _change(session: AsyncSession, workshop_id: str, **values: object) -> None:
    workshop = await session.get_one(Workshop, workshop_id)
    for name, value in values.items():
        setattr(workshop, name, value)
    session.add(workshop)


async def _come_in(db: Database, cast: Cast, name: str, language: str) -> tuple[Participant, Commitment]:
    act = "ik bel Karin & vraag om twee kamers" if language == "nl" else "I call Karin & ask for two rooms"
    person, commitment = await commit(db, cast.workshop, name, language=language, name=name, act=act)
    await db.write(give_address, cast.workshop, person, f"{name[0].lower()}@example.org", True, True)
    return person, commitment


async def _pair(db: Database, one: Participant, other: Participant) -> None:
    await db.write(pair, one, spoken_code(other.id))
    await db.write(pair, other, spoken_code(one.id))


async def _send_letter(db: Database, workshop: Workshop) -> Contact:
    await nine_conditions(db, workshop)
    await points(db, workshop)
    await db.write(word_letter, workshop.id, "", date(2026, 12, 2))
    return await db.write(send_letter, workshop.id, True)


async def _promise(db: Database, workshop: Workshop, director: Contact) -> None:
    """One point is promised, another lies with somebody else, who is written to."""
    async with db.read() as session:
        first, second = [told.point for told in await answered_points(session, workshop.id)][:2]
    await db.write(draft_answer, director.id, first.id, "arranged", date(2026, 12, 4))
    await db.write(draft_answer, director.id, second.id, "elsewhere", None, "Piet", "", "p@example.org")
    await db.write(publish, director.id)


async def _answer(db: Database, act: Commitment, answer: str, language: str) -> None:
    """And go on with a next step, about which one more mail asks."""
    await db.write(check_in, act.id, answer)
    words = "ik vraag Peter om de sleutel" if language == "nl" else "I ask Peter for the key"
    await db.write(take_next, act.id, words, date(2026, 11, 26), time(10))


async def _mails_of_the_trainer(db: Database, cast: Cast, settings: Settings, language: str) -> None:
    await db.write(_speaks, cast.anna.id, language)
    [anna] = await rows(db, Trainer, Trainer.id == cast.anna.id)
    made = await db.write(ticket, anna)
    await db.write(sign_in_mail, settings, made, f"{settings.address}/sign-in/{made.token}")
    await db.write(trial_mail, settings, anna)


async def _speaks(session: AsyncSession, trainer_id: str, language: str) -> None:
    trainer = await session.get_one(Trainer, trainer_id)
    trainer.language = language
    session.add(trainer)


async def _until(db: Database, settings: Settings, hands: Hands, *letters: str) -> None:
    """Settle what is planned, moment by moment, until each of these letters was written; without any: to the end."""
    for _ in range(MOST_DUE):
        if letters and set(letters) <= {mail.letter for mail in await rows(db, OutgoingMail)}:
            return
        async with db.read() as session:
            planned = select(func.min(col(PlannedLetter.due_at))).where(col(PlannedLetter.state) == "planned")
            due = (await session.exec(planned)).one()
        if due is None:
            assert not letters
            return
        hands.now = max(hands.now, due)
        await db.write(render_due, settings, hands.now)
        hands.now += timedelta(minutes=1)
    raise AssertionError("letters without end")
