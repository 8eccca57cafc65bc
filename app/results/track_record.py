"""What came of all workshops of one trainer. Own workshops only; rehearsals never count."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.obstacles import NOT_COUNTED, OBSTACLES
from app.core.text import Text
from app.results import rates
from app.results.follow_through import Later, Said
from app.results.held import Held, held_by
from app.results.suppressing import breakdown
from app.results.track_sources import Response, response_by

ENOUGH_FOR_ORDER = 10
"""Workshops from which the order of the steps is looked at."""
RETURNS = 2
"""Workshops in which an obstacle stands before it is one that returns."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some workshops together; `outcome` is None where it would point at persons."""

    label: str | Text
    workshops: int
    outcome: rates.Outcome | None


@dataclass(frozen=True, slots=True)
class Returning:
    """An obstacle (English label) that stood in `workshops` of the workshops in which `k` people were stopped."""

    label: str
    workshops: int
    count: int


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """`left_out` workshops were too small to count. `by_order` is empty below ENOUGH_FOR_ORDER workshops. Rates are
    None where nothing was counted yet; `responses` by letter: m2, m3, m4."""

    workshops: tuple[Held, ...]
    left_out: int
    outcome: rates.Outcome
    week: Later
    month: Later
    promised: rates.Rate | None
    concrete_first: rates.Rate | None
    concrete: rates.Rate | None
    said: Said
    recovered: rates.Rate | None
    conditions: rates.Rate | None
    responses: tuple[Response, ...]
    by_month: tuple[Group, ...]
    by_script: tuple[Group, ...]
    by_order: tuple[Group, ...]
    returning: tuple[Returning, ...]
    k: int


async def track_record(session: AsyncSession, trainer_id: str) -> TrackRecord:
    held = await held_by(session, trainer_id)
    counted = [each for each in held if each.outcome.n >= each.k]
    ids = [each.workshop.id for each in counted]
    return counted_up(counted, len(held) - len(counted), await response_by(session, ids))


def counted_up(held: Sequence[Held], left_out: int, responses: tuple[Response, ...]) -> TrackRecord:
    """Pure: the workshops together, newest first."""
    acts = [act for each in held for act in each.acts]
    judged = [act.commitment for act in acts if act.commitment.first_verdict and act.commitment.verdict]
    again = [act.recovered for act in acts if act.recovered is not None]
    conditions = [each.conditions for each in held if each.conditions]
    k = max((each.k for each in held), default=rates.K)
    return TrackRecord(
        workshops=tuple(held),
        left_out=left_out,
        outcome=sum((each.outcome for each in held), rates.Outcome()),
        week=sum((each.week for each in held if each.week.asked), Later()),
        month=sum((each.month_later for each in held if each.month_later.asked), Later()),
        promised=_rate(len({act.person.id for act in acts}), sum(each.present for each in held)),
        concrete_first=_rate(sum(act.first_verdict == "concreet" for act in judged), len(judged)),
        concrete=_rate(sum(act.verdict == "concreet" for act in judged), len(judged)),
        said=sum((each.said for each in held), Said()),
        recovered=_rate(sum(again), len(again)) if len(again) >= k else None,
        conditions=_rate(sum(met for met, _ in conditions), sum(n for _, n in conditions)),
        responses=responses,
        by_month=_groups(held, lambda each: each.month, lambda each: each.month, k),
        by_script=_groups(held, lambda each: each.script[0], lambda each: each.script[1], k),
        by_order=_groups(held, lambda each: " ".join(each.steps), lambda each: " → ".join(each.steps), k)
        if len(held) >= ENOUGH_FOR_ORDER
        else (),
        returning=_returning(held),
        k=k,
    )


def _rate(count: int, n: int) -> rates.Rate | None:
    return rates.Rate(min(count, n), n) if n else None


def _groups(
    held: Sequence[Held], key: Callable[[Held], str], label: Callable[[Held], str | Text], k: int
) -> tuple[Group, ...]:
    groups: dict[str, list[Held]] = {}
    for each in held:
        groups.setdefault(key(each), []).append(each)
    shown = breakdown({name: sum((each.outcome for each in some), rates.Outcome()) for name, some in groups.items()}, k)
    return tuple(Group(label(some[0]), len(some), shown[name]) for name, some in groups.items())


def _returning(held: Sequence[Held]) -> tuple[Returning, ...]:
    """Only where at least `k` people told that they were stopped; being off is no obstacle to work on."""
    workshops: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for each in held:
        if each.outcome.missed < each.k:
            continue
        due = [act.row for act in each.acts if act.row.missed and act.row.obstacle]
        codes = Counter(row.obstacle for row in due if row.obstacle in OBSTACLES and row.obstacle not in NOT_COUNTED)
        for code, count in codes.items():
            if code:
                workshops[code] += 1
                counts[code] += count
    often = sorted(workshops, key=lambda code: (-workshops[code], -counts[code], code))
    return tuple(
        Returning(OBSTACLES[code], workshops[code], counts[code]) for code in often if workshops[code] >= RETURNS
    )
