"""What a form must say before it is read back and sealed."""

from datetime import date
from zoneinfo import ZoneInfo

from app.activities.commitment.form import CommitmentEntry
from app.core.cadence import WorkPattern, selectable_days
from app.core.errors import Refused
from app.core.obstacles import LOOKED_AHEAD
from app.core.surroundings import Surroundings
from app.core.workdays import next_working_day
from app.texts import gettext_noop as N_

LIMITS = {"act": 160, "who": 40, "evidence": 120, "obstacle_text": 100, "then": 120, "name": 40}
SHORTEST = {"act": 3, "evidence": 2, "then": 2, "name": 1}


def morgen(entry: CommitmentEntry, around: Surroundings) -> date:
    """The next working day of this person."""
    return next_working_day(around.now.date(), around.days_off, frozenset(entry.days_off))


def may_be_chosen(around: Surroundings) -> frozenset[date]:
    """Today, the next seven days, and *morgen* where that lies further off."""
    zone = around.now.tzinfo if isinstance(around.now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    choices = selectable_days(around.now, WorkPattern(zone, around.days_off))
    return frozenset({around.now.date(), *(choice.day for choice in choices)})


def whole(entry: CommitmentEntry, days: frozenset[date]) -> None:
    """Raises Refused that names the first field which lacks or does not fit."""
    for field, message in (
        ("act", N_("What exactly will you do? Write one sentence.")),
        ("day", N_("Choose a day.")),
        ("clock", N_("Choose a time.")),
    ):
        if not getattr(entry, field):
            raise Refused(message, field="day" if field == "clock" else field)
    if entry.day not in days:
        raise Refused(N_("Choose a day within a week from now."), field="day")
    if not entry.who and not entry.alone:
        raise Refused(N_("With whom? Or tick that you do it alone."), field="who")
    _texts(entry)


def _texts(entry: CommitmentEntry) -> None:
    if not entry.evidence:
        raise Refused(N_("How will you see that it is done?"), field="evidence")
    if entry.evidence.casefold() == entry.act.casefold():
        raise Refused(N_("That is what you do. What can somebody else see or count?"), field="evidence")
    if not entry.obstacle and not entry.obstacle_text:
        raise Refused(N_("What may get in the way? Choose one."), field="obstacle")
    if entry.obstacle and entry.obstacle not in LOOKED_AHEAD:
        raise Refused(N_("Choose one of the answers."), field="obstacle")
    if not entry.then:
        raise Refused(N_("And what do you do then?"), field="then")
    if entry.then.casefold() == entry.act.casefold():
        raise Refused(N_("That is the same. What will you do differently?"), field="then")
    if not entry.name:
        raise Refused(N_("What is your first name?"), field="name")
    for field, most in LIMITS.items():
        if len(getattr(entry, field)) > most:
            raise Refused(N_("That is too long. Use at most %(max_length)s signs."), field=field, max_length=most)
    for field, least in SHORTEST.items():
        if len(getattr(entry, field)) < least:
            raise Refused(N_("That is too short. Will you understand it tomorrow?"), field=field)
