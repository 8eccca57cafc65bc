"""Making a workshop from a script: its own frozen copy, its activities, the opgave and the parties."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.errors import Refused
from app.core.lasting import Party
from app.core.naming import Commissioner, name_in_plan
from app.core.opgaven import write_opgave
from app.core.script import Script
from app.core.trainer import Trainer
from app.core.workshop import Activity, Stage, Workshop
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Plan:
    """What a trainer fills in. `opgave` empty: it is drafted in the room. `starts_at` is aware. `tables` 0: nobody is
    asked."""

    organisation_id: str
    title: str
    starts_at: datetime
    time_zone: str
    language: str
    opgave: str = ""
    opgave_en: str = ""
    parties: tuple[tuple[str, str], ...] = ()
    reading: tuple[dict[str, str], ...] = ()
    tables: int = 0
    place: str = ""
    why: str = ""
    school_holidays: bool = False
    commissioner: Commissioner | None = None
    is_rehearsal: bool = False
    clock_shift: int = 0


async def make_workshop(session: AsyncSession, trainer: Trainer, script: Script, plan: Plan) -> Workshop:
    """A draft workshop of this trainer, ready to open."""
    if not plan.title.strip():
        raise Refused(N_("Give the workshop a title."), field="title")
    frozen = freeze(script, plan.starts_at.astimezone(ZoneInfo(plan.time_zone)).date())
    workshop = Workshop(
        organisation_id=plan.organisation_id,
        trainer_id=trainer.id,
        title=plan.title.strip(),
        language=plan.language,
        time_zone=plan.time_zone,
        starts_at=plan.starts_at,
        minutes=script.minutes,
        is_rehearsal=plan.is_rehearsal,
        clock_shift=plan.clock_shift,
        tables=plan.tables,
        place=plan.place,
        why=plan.why,
        school_holidays=plan.school_holidays,
        script=frozen,
        reading=list(plan.reading),
    )
    session.add(workshop)
    await session.flush()
    mode = "given" if plan.opgave.strip() else "draft"
    session.add_all(activities_for(workshop.id, frozen, mode))
    session.add(Stage(workshop_id=workshop.id))
    session.add_all(_parties(workshop.id, plan.parties))
    if mode == "given":
        await write_opgave(session, workshop.id, plan.opgave, plan.opgave_en)
    await name_in_plan(session, workshop.id, plan.commissioner)
    return workshop


def activities_for(workshop_id: str, frozen: dict[str, Any], mode: str) -> list[Activity]:
    """In order. `mode` is how the opgave comes about: `given` or `draft`."""
    chosen = [
        (step["key"], activity)
        for step in frozen["steps"]
        for activity in step["activities"]
        if activity["when"] in ("always", mode)
    ]
    return [
        Activity(
            workshop_id=workshop_id,
            position=position,
            step=step,
            key=activity["key"],
            kind=activity["kind"],
            spec=activity["spec"],
        )
        for position, (step, activity) in enumerate(chosen)
    ]


def _parties(workshop_id: str, parties: Sequence[tuple[str, str]]) -> list[Party]:
    return [
        Party(workshop_id=workshop_id, position=position, name=name, goal=goal)
        for position, (name, goal) in enumerate(parties)
    ]


def freeze(script: Script, day: date) -> dict[str, Any]:
    """The script as JSON, with `{halfway}` in its texts filled: three months on for a short script, else six."""
    names = {language: ("{halfway}", _halfway(script.minutes, day, language)) for language in LANGUAGES}
    return {**_worded(script.model_dump(mode="json"), names)}


def put_off(frozen: Any, minutes: int, before: date, after: date) -> Any:
    """Texts of a frozen script of `minutes`, with the halfway date of a workshop on `before` made that of `after`."""
    pairs = {each: (_halfway(minutes, before, each), _halfway(minutes, after, each)) for each in LANGUAGES}
    return _worded(frozen, pairs)


def _halfway(minutes: int, day: date, language: str) -> str:
    months = 3 if minutes <= 45 else 6
    return format_date(day + timedelta(days=round(months * 30.4)), "d MMMM y", locale=language)


def _worded(value: Any, words: Mapping[str, tuple[str, str]], language: str = "nl") -> Any:
    """With the first of two words made the second, each in its own language."""
    if isinstance(value, dict):
        return {key: _worded(each, words, key if key in words else language) for key, each in value.items()}
    if isinstance(value, list):
        return [_worded(each, words, language) for each in value]
    if not isinstance(value, str):
        return value
    old, new = words[language]
    return re.sub(rf"(?<!\d){re.escape(old)}", new, value)  # not the 3 March in 23 March
