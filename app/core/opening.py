"""When a workshop takes answers: while it is open, and for what may come at any time until midnight after it closed."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.errors import Closed
from app.core.kind import Kind
from app.core.workshop import Activity, Phase, Status, Workshop
from app.texts import gettext_noop as N_

CLOSES_BY_ITSELF = timedelta(hours=2)
OPENED_EARLY = timedelta(hours=6)


def begins_at(workshop: Workshop) -> datetime:
    """The start that counts: the planned one, unless the room was opened on quite another moment."""
    opened, planned = workshop.opened_at, workshop.starts_at
    if opened is not None and not planned - OPENED_EARLY < opened < planned + _length(workshop):
        return opened
    return planned


def planned_end(workshop: Workshop) -> datetime:
    """The end the room was promised: fixed, also when it starts late."""
    return begins_at(workshop) + _length(workshop)


def _length(workshop: Workshop) -> timedelta:
    return timedelta(minutes=workshop.minutes)


def closes_at(workshop: Workshop) -> datetime:
    return planned_end(workshop) + CLOSES_BY_ITSELF


def midnight_after(moment: datetime, time_zone: str) -> datetime:
    zone = ZoneInfo(time_zone)
    day = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(0), zone)


def is_open(workshop: Workshop, now: datetime) -> bool:
    return workshop.status == Status.OPEN and now < closes_at(workshop)


def takes(workshop: Workshop, activity: Activity, kind: Kind[Any, Any], now: datetime) -> bool:
    """Whether this activity takes an entry now."""
    if not kind.takes_entries or activity.phase == Phase.CLOSED:
        return False
    if is_open(workshop, now):
        return kind.at_any_time or activity.phase in (Phase.OPEN, Phase.REVEALED)
    if not kind.at_any_time or workshop.status == Status.DRAFT:
        return False
    return now < midnight_after(workshop.closed_at or closes_at(workshop), workshop.time_zone)


def ensure_takes(workshop: Workshop, activity: Activity, kind: Kind[Any, Any], now: datetime) -> None:
    """Raises Closed with a reason the person can act on."""
    if takes(workshop, activity, kind, now):
        return
    if not is_open(workshop, now):
        raise Closed(N_("This workshop is not open. What you typed is still on your phone."))
    raise Closed(N_("This question is closed. What you typed is still on your phone."))
