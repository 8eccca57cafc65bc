"""What a workshop still lacks before it begins."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.kind import KINDS
from app.core.lasting import Party
from app.core.workshop import Activity, Workshop


async def lacks_parties(session: AsyncSession, workshop: Workshop) -> bool:
    """Whether a question about parties comes before anybody has named one: neither the plan nor the room."""
    present = select(Party.id).where(col(Party.workshop_id) == workshop.id, col(Party.withdrawn).is_(False))
    if (await session.exec(present.limit(1))).first() is not None:
        return False
    own = select(Activity).where(col(Activity.workshop_id) == workshop.id, col(Activity.skipped).is_(False))
    for activity in (await session.exec(own.order_by(col(Activity.position)))).all():
        kind = KINDS[activity.kind]
        if kind.names_parties:
            return False
        if kind.needs_parties(kind.Spec.model_validate(activity.spec)):
            return True
    return False
