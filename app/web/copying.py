"""The same workshop once more."""

from sqlmodel import col, select

from app import clock
from app.core.lasting import Party
from app.core.making import Plan
from app.core.opgaven import present_opgave
from app.core.script import Script
from app.core.workshop import Workshop
from app.db import Database


async def plan_like(db: Database, workshop: Workshop) -> tuple[Script, Plan]:
    """Its script, and its plan with the start put to now; a drafted opgave is drafted anew."""
    async with db.read() as session:
        parties = select(Party).where(col(Party.workshop_id) == workshop.id).order_by(col(Party.position))
        opgave = await present_opgave(session, workshop.id)
        given = opgave is not None and opgave.version == 1 and opgave.contribution_id is None
        plan = Plan(
            organisation_id=workshop.organisation_id,
            title=workshop.title,
            starts_at=clock.now(),
            time_zone=workshop.time_zone,
            language=workshop.language,
            opgave=opgave.text if opgave and given else "",
            opgave_en=opgave.text_en if opgave and given else "",
            parties=tuple((party.name, party.goal) for party in (await session.exec(parties)).all()),
            reading=tuple(workshop.reading),
        )
    return Script.model_validate(workshop.script), plan
