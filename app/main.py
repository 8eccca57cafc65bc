"""The app: the only place that knows everything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from app import links, logs, measures, telemetry
from app.caretaker import Caretaker
from app.core.kind import discover
from app.db import Database
from app.ledger import Ledger
from app.live.bus import bus
from app.live.limits import limits
from app.live.rooms import Rooms
from app.mail.courier import Courier
from app.paths import STATIC
from app.settings import Settings, settings
from app.web import (
    account,
    admin,
    another_act,
    answering,
    assets,
    board,
    buddy,
    coming_back,
    conditions,
    conditions_sending,
    contact,
    contact_leaving,
    door,
    errors,
    facilitator,
    follow_up,
    health,
    home,
    invitation,
    later_answers,
    leaving,
    making_room,
    metrics,
    my_data,
    oidc,
    organisation,
    own_rights,
    paper,
    papers,
    participant,
    people,
    personal,
    persons,
    plan,
    privacy,
    projector,
    rehearsal,
    replies,
    report,
    room,
    room_check,
    screens,
    script_editor,
    script_list,
    script_preview,
    seat,
    second_step,
    security_txt,
    series,
    sign_in,
    single_sign_on,
    sockets,
    step_editor,
    success_cases,
    track_record,
    trainer,
    unsubscribe,
    witness,
    words,
    workshop,
    workshop_data,
)
from app.web.security import Guard

log = structlog.get_logger()
MOST_BODY = 64 * 1024
DOORS = (
    answering,  # first: an address is compared with one route after the other, and most of all that comes is taps
    health,
    metrics,
    security_txt,
    assets,
    sockets,
    participant,
    coming_back,
    leaving,
    projector,
    facilitator,
    board,
    room,
    people,
    door,
    screens,
    seat,
    persons,
    buddy,
    making_room,
    second_step,  # before the links, whose addresses take any word
    single_sign_on,
    sign_in,
    account,
    admin,
    script_list,
    script_editor,
    step_editor,
    script_preview,
    trainer,
    workshop,
    plan,
    invitation,
    workshop_data,
    organisation,
    privacy,
    series,
    words,
    paper,
    papers,
    room_check,
    rehearsal,
    report,
    follow_up,
    another_act,
    unsubscribe,
    later_answers,
    witness,
    replies,
    personal,
    own_rights,
    my_data,
    conditions,
    conditions_sending,
    contact,
    contact_leaving,
    track_record,
    success_cases,
    home,  # last: its short addresses take any single word
)


class Guarded(FastAPI):
    """The guard stands outside of everything: a fault's page and a body refused for its size wear the headers too."""

    def build_middleware_stack(self) -> ASGIApp:
        return Guard(super().build_middleware_stack(), self.state.base_url)


def _stop(app: FastAPI) -> None:
    """Take no new work: not ready any more, and the courier finishes the mail at hand. Twice is as once."""
    app.state.stopping = True
    for task in list(app.state.tasks):
        task.cancel()


def create_app(chosen: Settings | None = None) -> FastAPI:
    chosen = chosen or settings()
    logs.set_up()
    links.load_keys(chosen)
    discover()
    if chosen.oidc_issuer:
        oidc.load()
    traces = telemetry.traces(chosen)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.rooms.start()
        state = app.state
        works = (state.courier.run(), Caretaker(state.db).run(), measures.watch_loop())
        state.tasks = {asyncio.create_task(each) for each in works}
        yield
        _stop(app)
        await asyncio.gather(*state.tasks, return_exceptions=True)
        await state.rooms.close()
        await state.limits.close()
        await state.db.close()
        if traces is not None:
            await asyncio.to_thread(traces.force_flush, 1000 * telemetry.PATIENCE)

    app = Guarded(
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=MOST_BODY,
        telemetry=telemetry.config(traces),
    )
    app.state.settings, app.state.stopping = chosen, False
    app.state.stop = lambda: _stop(app)
    app.state.base_url = chosen.address
    app.state.db = Database(chosen.database_url)
    Ledger(chosen.data).listen(app.state.db)
    app.state.courier = Courier(app.state.db, chosen)
    app.state.limits = limits(chosen.bus)
    app.state.rooms = Rooms(app.state.db, chosen.address, bus(chosen.bus))
    for each in DOORS:  # include_router() would make every route anew, at the first request that comes near it
        app.router.routes.extend(each.router.routes)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    return app
