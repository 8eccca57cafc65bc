"""Running the room: the verbs of the facilitator. Each names the workshop; the door has checked whose it is."""

from collections.abc import Sequence
from typing import Any

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.cutting import cut_for_a_late_start
from app.core.errors import NotFound, Refused
from app.core.kind import KINDS, Kind
from app.core.looking_back import remember
from app.core.moments import Moment, following, preceding, present, to_commitment
from app.core.settling import made, settle
from app.core.workshop import Activity, Phase, Stage, Status, Workshop
from app.texts import gettext_noop as N_

log = structlog.get_logger()


async def open_workshop(session: AsyncSession, workshop_id: str) -> None:
    """Let people in. Doing it twice changes nothing."""
    rev = await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    if workshop.status == Status.OPEN:
        return
    workshop.status = Status.OPEN
    workshop.opened_at = workshop.opened_at or clock.at(workshop)
    workshop.closed_at = None
    session.add(workshop)
    if workshop.follows_id:
        await remember(session, workshop)
    await _arrive(session, workshop, await _stage(session, workshop_id), rev)


async def _arrive(session: AsyncSession, workshop: Workshop, stage: Stage, rev: int) -> None:
    """To the first activity; a late start is taken from the cut order at once, since the end is fixed."""
    activities = await activities_of(session, workshop.id)
    if stage.activity_id is None and activities:
        for activity in cut_for_a_late_start(workshop, activities):
            activity.skipped, activity.rev = True, rev
            session.add(activity)
        await _go(session, workshop, stage, Moment(activities[0].id, Phase.OPEN), activities, rev)


async def close_workshop(session: AsyncSession, workshop_id: str) -> None:
    """End the room. What stays open until midnight is decided in `opening`."""
    rev = await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    if workshop.status != Status.OPEN:
        return
    workshop.status, workshop.closed_at = Status.CLOSED, clock.at(workshop)
    session.add(workshop)
    for activity in await activities_of(session, workshop_id):
        if activity.phase in (Phase.OPEN, Phase.REVEALED):
            await settle(session, activity, rev)


async def move_on(session: AsyncSession, workshop_id: str, leaves: str, leads_to: str) -> bool:
    """From one moment to another. False when the room has left `leaves` already: two windows move once."""
    rev = await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    stage = await _stage(session, workshop_id)
    activities = await activities_of(session, workshop_id)
    if str(present(stage, activities)) != leaves:
        return False
    kept = [step["key"] for step in workshop.script["steps"] if step.get("keep")]
    possible = (
        following(stage, activities),
        preceding(stage, activities),
        to_commitment(stage, activities, kept),
    )
    target = next((moment for moment in possible if moment and str(moment) == leads_to), None)
    if target is None:
        raise Refused(N_("The room cannot go there from here. Look at the current step."))
    await _go(session, workshop, stage, target, activities, rev)
    return True


async def _go(
    session: AsyncSession,
    workshop: Workshop,
    stage: Stage,
    to: Moment,
    activities: Sequence[Activity],
    rev: int,
) -> None:
    steps = {activity.id: activity.step for activity in activities}
    if steps.get(stage.activity_id or "") != steps[to.activity_id]:
        stage.step_began_at, stage.timer_ends_at = clock.at(workshop), None
    activity = next(activity for activity in activities if activity.id == to.activity_id)
    left = next((each for each in activities if each.id == stage.activity_id), None)
    if left is not None and left.id != activity.id:
        await settle(session, left, rev)  # what came after the reveal (dots, late answers) counts too
    stage.activity_id, stage.blank, stage.spotlight, stage.page = activity.id, False, None, 0
    stage.frozen_at, stage.look_up = None, False
    session.add(stage)
    if left is None or left.id != activity.id:
        await prepare(session, activity, rev)
    if activity.phase != to.phase:
        await _set_phase(session, activity, to.phase, rev)


async def prepare(session: AsyncSession, activity: Activity, rev: int) -> None:
    """Ask the activity about what the group made until now. Answers that were given stay."""
    kind: Kind[Any, Any] = KINDS[activity.kind]
    if kind.prepares:
        until_now = await made(session, activity.workshop_id)
        try:
            spec = kind.prepare(kind.Spec.model_validate(activity.spec), until_now)
        except Exception:
            log.exception("a kind cannot prepare: it is shown as its script asks", kind=kind.name)
            return
        activity.spec, activity.rev = spec.model_dump(mode="json"), rev
        session.add(activity)


async def set_phase(session: AsyncSession, workshop_id: str, activity_id: str, phase: str) -> None:
    """Reveal, hide, close or reopen one activity of this workshop."""
    rev = await advance(session, workshop_id)
    activity = await session.get(Activity, activity_id)
    if activity is None or activity.workshop_id != workshop_id:
        raise NotFound(N_("This question is not part of this workshop."))
    await _set_phase(session, activity, Phase(phase), rev)


async def _set_phase(session: AsyncSession, activity: Activity, phase: str, rev: int) -> None:
    activity.phase, activity.rev = phase, rev
    session.add(activity)
    if phase in (Phase.REVEALED, Phase.CLOSED):
        await settle(session, activity, rev)


async def skip_step(session: AsyncSession, workshop_id: str, step: str, skipped: bool) -> None:
    """Drop a step, or take it up again. Raises Refused for the steps that may never be dropped."""
    rev = await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    if any(each["key"] == step and each.get("keep") for each in workshop.script["steps"]):
        raise Refused(N_("This step cannot be skipped: without it nothing happens tomorrow."))
    for activity in await activities_of(session, workshop_id):
        if activity.step == step:
            activity.skipped, activity.rev = skipped, rev
            session.add(activity)


async def cut(session: AsyncSession, workshop_id: str, step: str, activity_key: str) -> None:
    """Drop what the cut order names: a step, or one activity of it. Raises Refused for a step that is kept."""
    if not activity_key:
        await skip_step(session, workshop_id, step, True)
        return
    rev = await advance(session, workshop_id)
    for activity in await activities_of(session, workshop_id):
        if activity.step == step and activity.key == activity_key:
            activity.skipped, activity.rev = True, rev
            session.add(activity)


async def reword(session: AsyncSession, workshop_id: str, activity_id: str, language: str, question: str) -> None:
    """Another wording of a question, in one language, in this workshop only."""
    rev = await advance(session, workshop_id)
    activity = await session.get(Activity, activity_id)
    if activity is None or activity.workshop_id != workshop_id:
        raise NotFound(N_("This question is not part of this workshop."))
    question = " ".join(question.split())[:300]
    if not question:
        raise Refused(N_("Type something first."), field="question")
    both = {**activity.spec["question"], language: question}
    activity.spec, activity.rev = {**activity.spec, "question": both}, rev
    session.add(activity)


async def activities_of(session: AsyncSession, workshop_id: str) -> Sequence[Activity]:
    statement = select(Activity).where(col(Activity.workshop_id) == workshop_id).order_by(col(Activity.position))
    return (await session.exec(statement)).all()


async def _stage(session: AsyncSession, workshop_id: str) -> Stage:
    return await session.get_one(Stage, workshop_id)
