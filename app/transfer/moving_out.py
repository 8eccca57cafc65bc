"""Out: a workshop with all that is its own, and its letters silenced here."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import migrate
from app.core.advancing import advance
from app.core.audit import Act, note_for
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.organisation import Organisation
from app.core.trainer import Trainer
from app.core.workshop import Status, Workshop
from app.failed import Failed
from app.transfer import rows

FORMAT = 1
MOVED = "moved to another server"


async def pack_workshop(session: AsyncSession, code: str) -> dict[str, Any]:
    """Raises Failed for an unknown code and while the room is open: answers would come in behind its back."""
    workshop = (await session.exec(select(Workshop).where(col(Workshop.code) == code.strip().upper()))).first()
    if workshop is None:
        raise Failed("No workshop has this code. It stands on the workshop's page.")
    if workshop.status == Status.OPEN:
        raise Failed("This workshop is open. Close it first.")
    trainer = await session.get_one(Trainer, workshop.trainer_id)
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    return {
        "format": FORMAT,
        "revision": migrate.head(),
        "workshop": workshop.id,
        "trainer": trainer.model_dump(mode="json", include={"id", "email", "name", "language"}),
        "organisation": organisation.model_dump(mode="json", exclude={"created_at"}),
        "rows": await rows.pack(session, workshop.id),
    }


async def silence(session: AsyncSession, workshop_id: str) -> int:
    """Nothing of it is sent from here any more; returns how many letters and mails waited."""
    await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    await note_for(session, workshop.organisation_id, Act.MOVED_OUT, workshop_id)
    plans = update(PlannedLetter).where(
        col(PlannedLetter.workshop_id) == workshop_id, col(PlannedLetter.state) == "planned"
    )
    mails = update(OutgoingMail).where(
        col(OutgoingMail.workshop_id) == workshop_id, col(OutgoingMail.state) == "queued"
    )
    first = await session.exec(plans.values(state="skipped", reason=MOVED))
    second = await session.exec(mails.values(state="skipped", error=MOVED))
    return int(first.rowcount + second.rowcount)
