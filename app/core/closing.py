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
    return [each.id for each in (await session.exec(statement)).all() if _is_over(each)]


async def close_if_overdue(session: AsyncSession, workshop_id: str) -> None:
    """Close it, unless somebody did so, or gave it more time, since it was found."""
    workshop = await session.get(Workshop, workshop_id)
    if workshop is not None and workshop.status == Status.OPEN and _is_over(workshop):
        await close_workshop(session, workshop_id)


def _is_over(workshop: Workshop) -> bool:
    return clock.at(workshop) >= closes_at(workshop)
