"""The same workshop once more."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.lasting import Opgave, Party
from app.core.making import Plan, put_off
from app.core.script import Script
from app.core.workshop import Workshop
from app.db import Database


async def plan_like(db: Database, workshop: Workshop, starts_at: datetime | None = None) -> tuple[Script, Plan]:
    """Its script, and its plan with another start (now, where none is given); a drafted opgave is drafted anew, and
    parties that the room named are not taken along."""
    starts_at = starts_at or clock.now()
    zone = ZoneInfo(workshop.time_zone)
    async with db.read() as session:
        opgave = await given_opgave(session, workshop)
        plan = Plan(
            organisation_id=workshop.organisation_id,
            title=workshop.title,
            starts_at=starts_at,
            time_zone=workshop.time_zone,
            language=workshop.language,
            opgave=opgave.text if opgave else "",
            opgave_en=opgave.text_en if opgave else "",
            parties=tuple((party.name, party.goal) for party in await named_parties(session, workshop.id)),
            reading=tuple(workshop.reading),
            tables=workshop.tables,
            place=workshop.place,
            why=workshop.why,
        )
    before, after = (moment.astimezone(zone).date() for moment in (workshop.starts_at, starts_at))
    return Script.model_validate(put_off(workshop.script, workshop.minutes, before, after)), plan


async def given_opgave(session: AsyncSession, workshop: Workshop) -> Opgave | None:
    """As the trainer wrote it before the room was opened; what the room made of it is the room's."""
    statement = select(Opgave).where(col(Opgave.workshop_id) == workshop.id, col(Opgave.withdrawn).is_(False))
    if workshop.opened_at is not None:
        statement = statement.where(col(Opgave.created_at) <= workshop.opened_at)
    return (await session.exec(statement.order_by(col(Opgave.version).desc()).limit(1))).first()


async def named_parties(session: AsyncSession, workshop_id: str) -> list[Party]:
    """The parties that the trainer named, in their order."""
    here = select(Party).where(col(Party.workshop_id) == workshop_id, col(Party.withdrawn).is_(False))
    own = here.where(col(Party.contribution_id).is_(None)).order_by(col(Party.position))
    return list((await session.exec(own)).all())
