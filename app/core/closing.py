"""A workshop closes itself two hours after its planned end: no letter depends on the trainer pressing a button."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.moving import close_workshop
from app.core.opening import closes_at
from app.core.workshop import Status, Workshop


async def overdue(session: AsyncSession) -> list[str]:
    """The ids of open workshops whose time is over, by their own clock."""
    statement = select(Workshop).where(col(Workshop.status) == Status.OPEN)
    return [each.id for each in (await session.exec(statement)).all() if clock.at(each) >= closes_at(each)]


async def close_overdue(session: AsyncSession) -> int:
    """Close them; how many there were."""
    found = await overdue(session)
    for workshop_id in found:
        await close_workshop(session, workshop_id)
    return len(found)
