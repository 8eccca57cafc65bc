"""Another plan for a workshop: all of it while it is a draft, and what a room can bear until it is closed."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.errors import Refused
from app.core.lasting import Opgave, Party
from app.core.making import Plan, activities_for, put_off
from app.core.moving import activities_of
from app.core.naming import name_in_plan
from app.core.opgaven import present_opgave, write_opgave
from app.core.workshop import Activity, Status, Workshop
from app.texts import gettext_noop as N_


async def change_plan(session: AsyncSession, workshop_id: str, plan: Plan) -> None:
    """Title, language, tables, place, why and school holidays; of a draft also the start, the opgave and the parties.

    Raises Refused without a title, for a closed workshop, and for an opgave that is too long."""
    rev = await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    if workshop.status == Status.CLOSED:
        raise Refused(N_("This workshop is over. Copy it for the next team."))
    if not plan.title.strip():
        raise Refused(N_("Give the workshop a title."), field="title")
    workshop.title, workshop.language, workshop.tables = plan.title.strip(), plan.language, plan.tables
    workshop.place, workshop.why, workshop.school_holidays = plan.place, plan.why, plan.school_holidays
    session.add(workshop)
    if workshop.status == Status.DRAFT:
        await _start(session, workshop, plan, rev)
        await _opgave(session, workshop, plan, rev)
        await _parties(session, workshop.id, plan.parties, rev)
    await name_in_plan(session, workshop.id, plan.commissioner)


async def _start(session: AsyncSession, workshop: Workshop, plan: Plan, rev: int) -> None:
    """The texts that name the halfway date move along."""
    before, after = _day(workshop), plan.starts_at.astimezone(ZoneInfo(plan.time_zone)).date()
    workshop.starts_at, workshop.time_zone = plan.starts_at, plan.time_zone
    if before == after:
        return
    workshop.script = put_off(workshop.script, workshop.minutes, before, after)
    for activity in await activities_of(session, workshop.id):
        activity.spec, activity.rev = put_off(activity.spec, workshop.minutes, before, after), rev
        session.add(activity)


def _day(workshop: Workshop) -> date:
    return workshop.starts_at.astimezone(ZoneInfo(workshop.time_zone)).date()


async def _opgave(session: AsyncSession, workshop: Workshop, plan: Plan, rev: int) -> None:
    """Given, or left to the room: then other activities take its place."""
    present = await present_opgave(session, workshop.id)
    given = bool(plan.opgave.strip())
    if given:
        await write_opgave(session, workshop.id, plan.opgave, plan.opgave_en)
    elif present is not None:
        for version in (await session.exec(select(Opgave).where(col(Opgave.workshop_id) == workshop.id))).all():
            version.withdrawn, version.rev = True, rev
            session.add(version)
    if given != (present is not None):
        await _choose_anew(session, workshop, "given" if given else "draft", rev)


async def _choose_anew(session: AsyncSession, workshop: Workshop, mode: str, rev: int) -> None:
    """Rows that a look may have read are skipped, not deleted; a question that was put in keeps its place."""
    script: dict[str, Any] = workshop.script
    listed = [(step["key"], each) for step in script["steps"] for each in step["activities"]]
    place = {(step, each["key"]): number for number, (step, each) in enumerate(listed)}
    chosen = {(step, each["key"]): each["when"] for step, each in listed}
    rows = list(await activities_of(session, workshop.id))
    for row in rows:
        if chosen.get((row.step, row.key), "always") != "always":
            row.skipped = chosen[row.step, row.key] != mode
    here = {(row.step, row.key) for row in rows}
    for made in activities_for(workshop.id, script, mode):
        if (made.step, made.key) not in here:
            rows.insert(_after(rows, place, place[made.step, made.key]), made)
    for position, row in enumerate(rows):
        row.position, row.rev = position, rev
        session.add(row)


def _after(rows: list[Activity], place: dict[tuple[str, str], int], own: int) -> int:
    """Where an activity goes: behind the last one that comes before it in the script."""
    before = [at for at, row in enumerate(rows) if place.get((row.step, row.key), own) < own]
    return before[-1] + 1 if before else 0


async def _parties(session: AsyncSession, workshop_id: str, parties: tuple[tuple[str, str], ...], rev: int) -> None:
    """Those that the trainer names; a name that stays keeps its row."""
    here = col(Party.workshop_id) == workshop_id
    rows = (await session.exec(select(Party).where(here, col(Party.contribution_id).is_(None)))).all()
    known = {row.name: row for row in rows}
    for row in rows:
        row.withdrawn, row.rev = True, rev
    for position, (name, goal) in enumerate(parties):
        row = known.get(name) or Party(workshop_id=workshop_id, name=name)
        row.position, row.goal, row.withdrawn, row.rev = position, goal, False, rev
        session.add(row)
    session.add_all(rows)
