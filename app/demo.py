"""What `make run` puts there: a trainer *demo* and a workshop that is open now."""

from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.making import Plan, make_workshop
from app.core.moving import open_workshop
from app.core.opening import is_open
from app.core.script import Script
from app.core.signing_in import Ticket, invite
from app.core.workshop import Workshop

ADDRESS = "demo@example.org"
OPGAVE = (
    "In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek; nu zijn dat er 55.",
    "By December 2027 all 140 homeless young people in Malburgen have a home of their own; today 55 do.",
)
PARTIES = (
    ("corporatie", "verhuur zonder overlast"),
    ("opvang", "plek vrij"),
    ("school", "diploma"),
    ("jongeren", "eigen sleutel"),
)


async def make_demo(session: AsyncSession, script: Script) -> tuple[Ticket, Workshop]:
    """A sign-in link for the demo trainer, and their open workshop; a new one when the last has ended."""
    ticket = await invite(session, ADDRESS, "Demo", is_admin=True)
    trainer = ticket.trainer
    statement = select(Workshop).where(col(Workshop.trainer_id) == trainer.id).order_by(col(Workshop.created_at).desc())
    for workshop in (await session.exec(statement)).all():
        if is_open(workshop, clock.at(workshop)):
            return ticket, workshop
    assert trainer.organisation_id
    plan = Plan(
        organisation_id=trainer.organisation_id,
        title="Voorbeeld: een eigen sleutel",
        starts_at=clock.now() + timedelta(minutes=5),
        time_zone="Europe/Amsterdam",
        language="nl",
        opgave=OPGAVE[0],
        opgave_en=OPGAVE[1],
        parties=PARTIES,
    )
    workshop = await make_workshop(session, trainer, script, plan)
    await open_workshop(session, workshop.id)
    return ticket, await session.get_one(Workshop, workshop.id)
