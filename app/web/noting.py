"""Doors of which the log of the organisation keeps that they were opened."""

from typing import Any

from fastapi import Depends

from app.core.audit import Act, note
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop


def noted(act: Act) -> Any:
    """`@router.get("/report.pdf", dependencies=[noted(Act.EXPORT)])`: noted before it is done, so never missed."""

    async def keep(workshop: OwnWorkshop, trainer: ThisTrainer, db: Db) -> None:
        await db.write(note, trainer, act, workshop.id)

    return Depends(keep)
