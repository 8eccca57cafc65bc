"""The workshops that one trainer held, each with what is counted of it."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.cadence import WorkPattern
from app.core.organisation import Organisation
from app.core.text import Text
from app.core.workshop import WITHOUT_SCRIPT, Status, Workshop
from app.results import rates
from app.results.acts import Act, acts_in, find
from app.results.follow_through import Later, Said
from app.results.later import MONTH, WEEK, asked_later, later_answers, later_of
from app.results.said import said_in
from app.results.track_sources import conditions_by, people_by, scripts_by, steps_by

MONTH_DAYS = 20
"""Working days after which the conditions are counted."""


@dataclass(frozen=True, slots=True)
class Held:
    """One workshop: `outcome` of the commitments that are due, `present` people in the room."""

    workshop: Workshop
    script: tuple[str, Text]
    steps: tuple[str, ...]
    month: str
    acts: tuple[Act, ...]
    outcome: rates.Outcome
    present: int
    said: Said
    week: Later
    month_later: Later
    conditions: tuple[int, int] | None
    k: int


async def held_by(session: AsyncSession, trainer_id: str) -> list[Held]:
    statement = (
        select(Workshop, Organisation)
        .join(Organisation, col(Organisation.id) == col(Workshop.organisation_id))
        .where(col(Workshop.trainer_id) == trainer_id, col(Workshop.is_rehearsal).is_(False))
        .where(col(Workshop.status) != Status.DRAFT)
        .order_by(col(Workshop.starts_at).desc(), col(Workshop.id))
        .options(WITHOUT_SCRIPT)
    )
    own = (await session.exec(statement)).all()
    ids = [workshop.id for workshop, _ in own]
    found = await find(session, ids)
    acts = {each.id: acts_in(found.get(each.id, ()), each, organisation) for each, organisation in own}
    people = {identity: {act.person.id for act in some} for identity, some in acts.items()}
    answers, asked = await later_answers(session, ids), await asked_later(session, ids)
    week, month = (later_of(letter, people, answers, asked) for letter in (WEEK, MONTH))
    present, said = await people_by(session, ids), await said_in(session, ids)
    scripts, steps = await scripts_by(session, ids), await steps_by(session, ids)
    conditions = await conditions_by(session, ids)
    made = []
    for workshop, organisation in own:
        today = clock.now().astimezone(ZoneInfo(workshop.time_zone)).date()
        due = [act for act in acts[workshop.id] if act.commitment.day <= today]
        ripe = _is_ripe(workshop, organisation, today)
        made.append(
            Held(
                workshop=workshop,
                script=scripts[workshop.id],
                steps=steps.get(workshop.id, ()),
                month=_day(workshop).strftime("%Y-%m"),
                acts=tuple(due),
                outcome=rates.Outcome.of(act.row for act in due),
                present=present.get(workshop.id, 0),
                said=said.get(workshop.id, Said()),
                week=week[workshop.id],
                month_later=month[workshop.id],
                conditions=conditions.get(workshop.id) if ripe else None,
                k=organisation.k,
            )
        )
    return made


def _day(workshop: Workshop) -> date:
    return workshop.starts_at.astimezone(ZoneInfo(workshop.time_zone)).date()


def _is_ripe(workshop: Workshop, organisation: Organisation, today: date) -> bool:
    pattern = WorkPattern(ZoneInfo(workshop.time_zone), organisation.days_off())
    return pattern.after(_day(workshop), MONTH_DAYS) <= today
