"""What a group left behind in the workshop that this one follows: counted again where a group comes back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.board import NOBODY, owners
from app.core.cadence import WorkPattern, late_answer_deadline
from app.core.lasting import FIRST, CheckIn, Commitment, Condition, Gap
from app.core.obstacles import NOT_COUNTED, OBSTACLES
from app.core.opgaven import present_opgave
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.workshop import Activity, Workshop

MOST_CONDITIONS = 12
"""Every tap reads the row of the workshop: it must stay small."""
ORDER = ("promised", "met", "open", "refused")
"""What somebody promised is asked about first."""
Answered = tuple[str, str]
"""What became of an act and what came between; both empty while there is no answer."""


async def look_back(session: AsyncSession, workshop: Workshop) -> dict[str, Any]:
    """What the former workshop of the same organisation left, as JSON; empty where there is none:
    `opgave`, `now` and `wanted` (0 to 10 or None), `held_on` (ISO date), `k` (the smallest group that is counted),
    `obstacles` [[code, count or None]], `conditions` [{text, owner, status}] with `conditions_total`, and `commitments`
    {due, done, partly, not_done, silent}. No names and no acts of persons."""
    former = await session.get(Workshop, workshop.follows_id) if workshop.follows_id else None
    if former is None or former.organisation_id != workshop.organisation_id:
        return {}
    organisation = await session.get_one(Organisation, former.organisation_id)
    opgave = await present_opgave(session, former.id)
    gap = await session.get(Gap, former.id)
    answers = await _answers(session, former, organisation)
    conditions = await _conditions(session, former)
    return {
        "opgave": opgave.in_(workshop.language) if opgave else "",
        "now": gap.now if gap else None,
        "wanted": gap.wanted if gap else None,
        "held_on": (former.opened_at or former.starts_at).astimezone(ZoneInfo(former.time_zone)).date().isoformat(),
        "k": organisation.k,
        "obstacles": obstacles(answers, organisation.k),
        "conditions": conditions[:MOST_CONDITIONS],
        "conditions_total": len(conditions),
        "commitments": outcome(answers),
    }


async def remember(session: AsyncSession, workshop: Workshop) -> None:
    """Keep it with the workshop that follows, for all its screens."""
    workshop.before = await look_back(session, workshop)
    session.add(workshop)


async def remember_anew(session: AsyncSession, former_id: str) -> None:
    """Something was taken out of a workshop: it leaves those that follow it too."""
    for workshop in (await session.exec(select(Workshop).where(col(Workshop.follows_id) == former_id))).all():
        if workshop.before:
            await remember(session, workshop)


def outcome(answers: Sequence[Answered]) -> dict[str, int]:
    said = Counter(answer for answer, _ in answers)
    return {
        "due": len(answers),
        "done": said["gelukt"],
        "partly": said["deels"],
        "not_done": said["niet"],
        "silent": said[""],
    }


def obstacles(answers: Iterable[Answered], k: int) -> list[list[Any]]:
    """What came between, most frequent first, once `k` people said that something did. Below that, codes without counts
    in an order that tells nothing. Who was off, and what was no longer needed, is no obstacle to work on."""
    stopped = [code for answer, code in answers if answer in ("deels", "niet")]
    counts = Counter(code for code in stopped if code in OBSTACLES and code not in NOT_COUNTED)
    if len(stopped) < k:
        return [[code, None] for code in sorted(counts)]
    return [[code, count] for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


async def _answers(session: AsyncSession, former: Workshop, organisation: Organisation) -> list[Answered]:
    """About each commitment that was due, by the clock of its workshop; an answer that came too late does not count."""
    zone, days_off = ZoneInfo(former.time_zone), organisation.days_off()
    today = clock.at(former).astimezone(zone).date()
    found = await session.exec(
        select(Commitment, Participant, CheckIn)
        .join(Participant, col(Participant.id) == col(Commitment.participant_id))
        .join(CheckIn, col(CheckIn.commitment_id) == col(Commitment.id), isouter=True)
        .where(col(Commitment.workshop_id) == former.id, col(Commitment.withdrawn).is_(False))
        .where(*FIRST, col(Commitment.day) <= today)
    )
    answers: list[Answered] = []
    for act, person, answer in cast(list[tuple[Commitment, Participant, CheckIn | None]], found.all()):
        last = late_answer_deadline(act.day, WorkPattern(zone, days_off, frozenset(person.days_off)))
        counts = answer is not None and answer.first_answered_at < last
        answers.append((answer.answer, answer.obstacle) if answer and counts else ("", ""))
    return answers


async def _conditions(session: AsyncSession, former: Workshop) -> list[dict[str, str]]:
    """Without those that were emptied when their time was over."""
    offered = owners((await session.exec(select(Activity).where(col(Activity.workshop_id) == former.id))).all())
    here = col(Condition.workshop_id) == former.id
    statement = select(Condition).where(here, col(Condition.withdrawn).is_(False), col(Condition.text) != "")
    rows = sorted((await session.exec(statement)).all(), key=lambda row: (ORDER.index(row.status), row.text, row.id))
    return [{"text": row.text, "owner": _owner(row, offered, former.language), "status": row.status} for row in rows]


def _owner(condition: Condition, offered: dict[str, dict[str, str]], language: str) -> str:
    if condition.owner == NOBODY:
        return ""
    return offered[condition.owner][language] if condition.owner in offered else condition.owner
