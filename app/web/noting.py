"""Doors of which the log of the organisation keeps that they were opened."""

from typing import Any

from fastapi import Depends

from app.core.audit import Act, note, note_for
from app.web.by_link import Myself
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop


def noted(act: Act) -> Any:
    """`@router.get("/report.pdf", dependencies=[noted(Act.EXPORT)])`: noted before it is done, so never missed."""

    async def keep(workshop: OwnWorkshop, trainer: ThisTrainer, db: Db) -> None:
        await db.write(note, trainer, act, workshop.id)

    return Depends(keep)


def noted_own(act: Act) -> Any:
    """The same for what a participant does with their own data: the workshop is kept, and not who it was."""

    async def keep(visitor: Myself, db: Db) -> None:
        await db.write(note_for, visitor.workshop.organisation_id, act, visitor.workshop.id)

    return Depends(keep)
