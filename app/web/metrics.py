"""`/metrics`, for Prometheus: what is measured here. Numbers only, of nobody and of no workshop."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path

import structlog
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from app import clock, disk
from app.core.errors import NotFound
from app.core.workshop import Audience
from app.db import Database
from app.live.rooms import Rooms
from app.mail.outbox import Backlog, backlog
from app.measures import COUNTS, REGISTRY
from app.texts import gettext_noop as N_
from app.web.deps.state import Db, LiveRooms

router = APIRouter()
log = structlog.get_logger()
PATIENCE = 2.0
"""Seconds for the database: the other figures are told without it."""


@router.get("/metrics")
async def metrics(request: Request, db: Db, rooms: LiveRooms) -> Response:
    settings = request.app.state.settings
    token = settings.metrics_token.get_secret_value()
    if not token:
        raise NotFound(N_("This page does not exist."))
    if not compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
    told = Present(rooms, await _backlog(db), settings.data)
    return Response(generate_latest(told), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _backlog(db: Database) -> Backlog | None:
    try:
        async with asyncio.timeout(PATIENCE), db.read() as session:
            return await backlog(session)
    except Exception:  # whatever it is, the other figures are told
        log.warning("the database does not tell what waits in the outbox", exc_info=True)
        return None


@dataclass(frozen=True)
class Present:
    """A collector of how it stands at this moment. `backlog` is None while the database does not answer."""

    rooms: Rooms
    backlog: Backlog | None
    data: Path

    def collect(self) -> Iterable[Metric]:
        yield from REGISTRY.collect()
        yield self._sockets()
        yield GaugeMetricFamily("morgen_rooms", "Workshops that somebody watches.", len(self.rooms.rooms))
        yield from _counts()
        yield from self._stores()

    def _sockets(self) -> Metric:
        seats = Counter(dict.fromkeys(Audience, 0))
        for room in self.rooms.rooms.values():
            for (audience, _), watching in room.watchers.items():
                seats[audience] += len(watching)
        return _labelled(GaugeMetricFamily("morgen_sockets", "Open sockets.", labels=["audience"]), seats)

    def _stores(self) -> Iterator[Metric]:
        """The database, the outbox in it, the disk and the bus."""
        yield GaugeMetricFamily("morgen_database_up", "1: it answers.", int(self.backlog is not None))
        if self.backlog is not None:
            mails = GaugeMetricFamily("morgen_outbox_mails", "Mails that did not leave.", labels=["state"])
            yield _labelled(mails, {"queued": self.backlog.queued, "dead": self.backlog.dead})
            age = (clock.now() - self.backlog.oldest).total_seconds() if self.backlog.oldest else 0
            yield GaugeMetricFamily("morgen_outbox_oldest_seconds", "How long the oldest of them waits.", max(0, age))
        if self.rooms.bus.is_well is not None:
            yield GaugeMetricFamily("morgen_bus_up", "1: it answered last time.", int(self.rooms.bus.is_well))
        yield GaugeMetricFamily("morgen_disk_free_bytes", "Room for data.", disk.free(self.data))


def _counts() -> Iterator[Metric]:
    yield CounterMetricFamily("morgen_frames_skipped", "Frames for phones that did not read.", COUNTS.skipped)
    yield CounterMetricFamily("morgen_catch_ups", "Phones that read again and got the present.", COUNTS.caught_up)
    yield CounterMetricFamily("morgen_reconnects", "Phones back within a minute.", COUNTS.returned)
    yield CounterMetricFamily("morgen_lost_hints", "Changes found by looking, not told of.", COUNTS.corrected)
    yield CounterMetricFamily("morgen_requests_failed", "Requests with a fault of ours.", COUNTS.failed)
    cut = CounterMetricFamily("morgen_hung_up", "Sockets that we cut.", labels=["reason"])
    yield _labelled(cut, {reason: COUNTS.hung_up[reason] for reason in ("silent", "stuck", "flood")})


def _labelled(
    family: GaugeMetricFamily | CounterMetricFamily, values: dict[str, int] | Counter[Audience]
) -> GaugeMetricFamily | CounterMetricFamily:
    for label, value in values.items():
        family.add_metric([label], value)
    return family
