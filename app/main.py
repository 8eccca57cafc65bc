"""The app: the only place that knows everything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from app import links, logs
from app.core.kind import discover
from app.db import Database
from app.live.rooms import Rooms
from app.paths import STATIC
from app.settings import Settings, settings
from app.web import assets, errors, facilitator, health, home, leaving, participant, projector, sockets
from app.web.security import Guard

log = structlog.get_logger()
MOST_BODY = 64 * 1024


def create_app(chosen: Settings | None = None) -> FastAPI:
    chosen = chosen or settings()
    logs.set_up()
    links.load_keys(chosen)
    discover()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.rooms.start()
        yield
        await app.state.rooms.close()
        await app.state.db.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, max_body_size=MOST_BODY)
    app.state.settings = chosen
    app.state.base_url = chosen.address
    app.state.db = Database(chosen.database_url)
    app.state.rooms = Rooms(app.state.db, chosen.address)
    for door in (health, assets, sockets, participant, leaving, projector, facilitator, home):
        app.include_router(door.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.install(app)
    app.add_middleware(Guard, base_url=chosen.address)
    return app
