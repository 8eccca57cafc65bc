"""For whoever watches over the process."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import text

from app.web.deps.state import Db

router = APIRouter(prefix="/healthz")


@router.get("/live")
async def live() -> dict[str, str]:
    """The loop turns."""
    return {"status": "ok"}


@router.get("/ready")
async def ready(request: Request, db: Db, response: Response) -> dict[str, str]:
    """The database answers, and the process was not told to stop."""
    if request.app.state.stopping:
        response.status_code = 503
        return {"status": "stopping"}
    try:
        async with db.read() as session:
            await session.connection(execution_options={})
            await (await session.connection()).execute(text("SELECT 1"))
    except Exception:
        response.status_code = 503
        return {"status": "no database"}
    return {"status": "ok"}
