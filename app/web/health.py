"""For whoever watches over the process."""

import asyncio
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response

from app import disk, migrate
from app.db import Database
from app.web.deps.state import Db, LiveRooms

router = APIRouter(prefix="/healthz")
PATIENCE = 3.0
"""Seconds for the database: its one writer may have a queue."""


@router.get("/live")
async def live() -> dict[str, str]:
    """The loop turns."""
    return {"status": "ok"}


@router.get("/ready")
async def ready(request: Request, db: Db, rooms: LiveRooms, response: Response) -> dict[str, Any]:
    """Whether work may be sent here. `degraded`: it may, and `lacks` names what somebody should look at."""
    if request.app.state.stopping:
        return _refused(response, "stopping")
    revision = await _revision(db)
    if revision is None:
        return _refused(response, "no database")
    if revision in migrate.revisions()[1:]:
        return _refused(response, "older tables")
    lacks = list(_lacks(request, rooms, revision))
    return {"status": "degraded", "lacks": lacks} if lacks else {"status": "ok"}


def _refused(response: Response, status: str) -> dict[str, Any]:
    response.status_code = 503
    return {"status": status}


async def _revision(db: Database) -> str | None:
    """Of the tables; None when nothing can be written in them."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await db.probe()
    except Exception:  # whatever it is, that is the answer
        return None


def _lacks(request: Request, rooms: LiveRooms, revision: str) -> Iterator[str]:
    if revision != migrate.head():
        yield "newer tables"  # of the next version, while the processes of this one are still being replaced
    if rooms.bus.is_well is False:
        yield "bus"
    if disk.free(request.app.state.settings.data) < disk.LEAST_FREE:
        yield "disk"
