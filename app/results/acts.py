"""The commitments of workshops, each with what was reported about its day: read once, counted elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.cadence import LATE_ANSWERS, WorkPattern, late_answer_deadline, m2r_due
from app.core.lasting import CheckIn, Commitment
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.results import rates

Found = tuple[Commitment, Participant, CheckIn | None]


@dataclass(frozen=True, slots=True)
class Act:
    """One commitment made in the workshop: not planned again from another one, and no next step. `answer` is what
    stands there, also when it came too late to count in `row`. `recovered`: done after all, within five working days
    of its day; None where it was not planned again."""

    commitment: Commitment
    person: Participant
    answer: CheckIn | None
    row: rates.Row
    recovered: bool | None


async def find(session: AsyncSession, workshop_ids: Sequence[str]) -> dict[str, list[Found]]:
    """All commitments by workshop, in the order of their moment: in one look."""
    statement = (
        select(Commitment, Participant, CheckIn)
        .join(Participant, col(Participant.id) == col(Commitment.participant_id))
        .join(CheckIn, col(CheckIn.commitment_id) == col(Commitment.id), isouter=True)
        .where(col(Commitment.workshop_id).in_(workshop_ids), col(Commitment.withdrawn).is_(False))
        .order_by(col(Commitment.starts_at), col(Commitment.id))
    )
    found: dict[str, list[Found]] = {}
    for each in cast(list[Found], (await session.exec(statement)).all()):
        found.setdefault(each[0].workshop_id, []).append(each)
    return found


async def acts_of(session: AsyncSession, workshop: Workshop, organisation: Organisation) -> list[Act]:
    return acts_in((await find(session, [workshop.id])).get(workshop.id, ()), workshop, organisation)


def acts_in(found: Iterable[Found], workshop: Workshop, organisation: Organisation) -> list[Act]:
    """The acts of one workshop among all its commitments, with the second attempts folded in."""
    found = list(found)
    reckon = lru_cache(maxsize=None)(_last_and_late)
    again = {act.replanned_from: (act, answer) for act, _, answer in found if act.replanned_from}
    zone, days_off = ZoneInfo(workshop.time_zone), organisation.days_off()
    made = []
    for act, person, answer in found:
        if act.is_first:
            pattern = WorkPattern(zone, days_off, frozenset(person.days_off))
            second = again.get(act.id)
            row = _row(act, person, answer, reckon(act.starts_at, act.day, pattern), second is not None)
            made.append(Act(act, person, answer, row, _recovered(act, second, pattern)))
    return made


def _recovered(act: Commitment, second: tuple[Commitment, CheckIn | None] | None, pattern: WorkPattern) -> bool | None:
    if second is None:
        return None
    later, answer = second
    in_time = later.day <= pattern.after(act.day, LATE_ANSWERS)
    return in_time and answer is not None and answer.answer == "gelukt"


def _last_and_late(starts_at: datetime, day: date, pattern: WorkPattern) -> tuple[datetime, datetime]:
    """From when on an answer counts no more, and from when on it is late: the day after the one reminder."""
    reminded = pattern.local(m2r_due(starts_at, pattern)).date()
    return late_answer_deadline(day, pattern), pattern.at(reminded + timedelta(days=1), time.min)


def _row(
    act: Commitment,
    person: Participant,
    answer: CheckIn | None,
    reckoned: tuple[datetime, datetime],
    replanned: bool,
) -> rates.Row:
    """In time it stays, however often it was corrected."""
    came = answer.first_answered_at if answer else None
    counts = answer is not None and came is not None and came < reckoned[0]
    return rates.Row(
        due_day=act.day,
        answer=cast(rates.Answer, answer.answer) if answer and counts else None,
        obstacle=(answer.obstacle or None) if answer and counts else None,
        late=came is not None and came >= reckoned[1],
        has_address=person.gave_address,
        replanned=replanned,
    )
