"""What the own page of one person shows, read in one go."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.checking_in import has_come, is_changeable
from app.core.grouping import buddy_of
from app.core.lasting import CheckIn, Commitment, Condition
from app.core.later_check_in import MONTH, WEEK, later_answers, own_conditions, weeks_of
from app.core.next_step import may_take_next
from app.core.opening import closes_at, midnight_after
from app.core.own_turn import Standing, Turn, turn
from app.core.participant import Buddy, Participant
from app.core.planning import work_pattern
from app.core.point_answers import AnsweredPoint, answers_for
from app.core.replanning import successor
from app.core.sharing import who_may_see
from app.core.trainer_planning import totals_due
from app.core.workshop import Status, Workshop
from app.results.rates import Outcome
from app.results.workshop_results import standing as workshop_standing
from app.web.by_link import Visitor


@dataclass(frozen=True, slots=True)
class Own:
    """`acts`: every act of this person with its answer, the oldest first. `first` is the one made in the workshop.
    `totals` are those of the whole group, None until they are released and where the group is too small."""

    turn: Turn
    acts: tuple[tuple[Commitment, CheckIn | None], ...]
    first: Commitment | None
    following: Commitment | None
    may_change_until: datetime | None
    trainer: tuple[str, str] | None
    buddy: tuple[Buddy, Participant] | None
    conditions: tuple[tuple[Condition, AnsweredPoint | None], ...]
    totals: Outcome | None
    asks_week: bool
    asks_month: bool


async def own_standing(session: AsyncSession, visitor: Visitor) -> Own:
    person, workshop, now = visitor.person, visitor.workshop, visitor.now
    acts = await _acts(session, person.id)
    first = acts[0][0] if acts else None
    told = await later_answers(session, person.id)
    weeks = await weeks_of(session, workshop, person, first.starts_at) if first else None
    week, month = (weeks is not None and weeks.asks(each, now) for each in (WEEK, MONTH))
    following = await successor(session, visitor.commitment.id) if visitor.commitment else None
    points = await answers_for(session, workshop.id)
    own = await own_conditions(session, person.id)
    return Own(
        turn=turn(await _standing(session, visitor, following, week and WEEK not in told, month and MONTH not in told)),
        acts=acts,
        first=first,
        following=following,
        may_change_until=_may_change_until(workshop, visitor.commitment, now),
        trainer=await who_may_see(session, workshop),
        buddy=await buddy_of(session, person.id),
        conditions=tuple((each, points.get(each.id)) for each in own),
        totals=await _totals(session, workshop, now),
        asks_week=week,
        asks_month=month,
    )


async def _standing(
    session: AsyncSession, visitor: Visitor, following: Commitment | None, week: bool, month: bool
) -> Standing:
    act, answer, now = visitor.commitment, visitor.answer, visitor.now
    if act is None:
        return Standing(False)
    open_ = is_changeable(act, now)
    missed = answer is not None and answer.answer in ("deels", "niet")
    return Standing(
        has_act=True,
        is_first=act.is_first,
        has_come=has_come(act, now),
        open=open_,
        answer=answer.answer if answer else "",
        week=week,
        month=month,
        may_replan=open_ and missed and following is None and act.replanned_from is None,
        may_go_on=await may_take_next(session, act, now),
    )


async def _acts(session: AsyncSession, participant_id: str) -> tuple[tuple[Commitment, CheckIn | None], ...]:
    found = (
        select(Commitment, CheckIn)
        .join(CheckIn, col(CheckIn.commitment_id) == col(Commitment.id), isouter=True)
        .where(col(Commitment.participant_id) == participant_id, col(Commitment.withdrawn).is_(False))
    )
    rows = sorted((await session.exec(found)).all(), key=lambda row: (not row[0].is_first, row[0].created_at))
    return tuple((act, answer) for act, answer in rows)


def _may_change_until(workshop: Workshop, act: Commitment | None, now: datetime) -> datetime | None:
    """Midnight after the workshop, while that is to come and the act is the one made there."""
    if act is None or not act.is_first or workshop.status == Status.DRAFT:
        return None
    until = midnight_after(workshop.closed_at or closes_at(workshop), workshop.time_zone)
    return until if now < until else None


async def _totals(session: AsyncSession, workshop: Workshop, now: datetime) -> Outcome | None:
    first, _ = totals_due(workshop, await work_pattern(session, workshop, None))
    if now < first:
        return None
    figures = (await workshop_standing(session, workshop)).figures
    return figures.outcome if figures.shows_outcome else None
