"""A follow-up played to its end: every letter that our code writes by itself, as rows of the outbox."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.addressing import give_address
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.signing_in import ticket
from app.core.trainer import Trainer
from app.db import Database
from app.mail.letters import sign_in_mail
from app.mail.planned import render_due
from app.mail.trial import trial_mail
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Hands, commit, rows

PEOPLE = ("Chantal", "Bas", "Zoë", "Erik", "Fatima", "Gerard")
MOST_DUE = 200


async def played(db: Database, cast: Cast, settings: Settings, hands: Hands, language: str) -> Sequence[OutgoingMail]:
    """Six people commit and give their addresses; then the clock goes to each letter that is planned, until none is.

    A new letter comes in by itself once something plans it. The trainer's own mails are there too."""
    for name in PEOPLE:
        act = "ik bel Karin & vraag om twee kamers" if language == "nl" else "I call Karin & ask for two rooms"
        person, _ = await commit(db, cast.workshop, name, language=language, name=name, act=act)
        await db.write(give_address, cast.workshop, person, f"{name[0].lower()}@example.org", True, True)
    await db.write(_speaks, cast.anna.id, language)
    [anna] = await rows(db, Trainer, Trainer.id == cast.anna.id)
    made = await db.write(ticket, anna)
    await db.write(sign_in_mail, settings, made, f"{settings.address}/sign-in/{made.token}")
    await db.write(trial_mail, settings, anna)
    for _ in range(MOST_DUE):
        async with db.read() as session:
            planned = select(func.min(col(PlannedLetter.due_at))).where(col(PlannedLetter.state) == "planned")
            due = (await session.exec(planned)).one()
        if due is None:
            break
        hands.now = max(hands.now, due)
        await db.write(render_due, settings, hands.now)
        hands.now += timedelta(minutes=1)
    assert not await rows(db, PlannedLetter, PlannedLetter.state == "planned")
    assert not await rows(db, PlannedLetter, PlannedLetter.state == "failed")
    return await rows(db, OutgoingMail)


async def _speaks(session: AsyncSession, trainer_id: str, language: str) -> None:
    trainer = await session.get_one(Trainer, trainer_id)
    trainer.language = language
    session.add(trainer)
