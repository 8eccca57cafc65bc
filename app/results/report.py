"""The report of one workshop: from society to what came of it, for people who were not there.

One frozen value for the page, the PDF, the tables, the picture and what is shared. No name of a participant stands in
it, no text of an act below k people, and no outcome of one act: only totals.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import FIRST, Commitment, Need, Opgave, Party
from app.core.moving import activities_of
from app.core.obstacles import LOOKED_AHEAD
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.settling import made
from app.core.workshop import Workshop
from app.results import rates
from app.results.red_line import RedLine
from app.results.report_conditions import ConditionLine, conditions_of
from app.results.report_room import RoomSaid, room_said
from app.results.workshop_page import WorkshopPage, workshop_page

Phase = Literal["focused", "begun", "driven"]


@dataclass(frozen=True, slots=True)
class Realised:
    """The middag-teller: what was realised in the room."""

    opgaven: int
    parties: int
    settled: int
    owned: int
    commitments: int


@dataclass(frozen=True, slots=True)
class Report:
    """`phase`: focused on the opgave, steering begun, or steered by it. `versions` oldest first. `figures` is None
    where they would tell what one person did. `stopped` and `ahead` are (code, how many), empty where fewer than k
    spoke. `emptied_at`: when the words of people were removed."""

    title: str
    organisation: str
    held_on: date
    minutes: int
    is_rehearsal: bool
    k: int
    came: int
    phase: Phase
    versions: tuple[Opgave, ...]
    parties: tuple[Party, ...]
    page: WorkshopPage
    room: RoomSaid
    needs: tuple[Need, ...]
    conditions: tuple[ConditionLine, ...]
    committed: int
    ahead: tuple[tuple[str, int], ...]
    figures: rates.Standing | None
    not_yet_due: int
    due: int
    stopped: tuple[tuple[str, int], ...]
    realised: Realised
    emptied_at: datetime | None

    @property
    def opgave(self) -> Opgave | None:
        return self.versions[-1] if self.versions else None

    @property
    def line(self) -> RedLine:
        return self.page.line

    @property
    def outcome(self) -> rates.Outcome | None:
        return self.figures.outcome if self.figures else None


async def report(session: AsyncSession, workshop: Workshop) -> Report:
    """As the tables stand now, by the clock of the workshop."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    activities = await activities_of(session, workshop.id)
    room = await room_said(session, activities, organisation.k)
    group = await made(session, workshop.id)
    page = await workshop_page(session, workshop)
    acts = await _acts(session, workshop.id)
    stands = page.standing.figures
    conditions = await conditions_of(session, workshop, activities)
    versions = tuple(await _versions(session, workshop.id))
    zone = ZoneInfo(workshop.time_zone)
    return Report(
        title=workshop.title,
        organisation=organisation.name,
        held_on=(workshop.opened_at or workshop.starts_at).astimezone(zone).date(),
        minutes=_lasted(workshop),
        is_rehearsal=workshop.is_rehearsal,
        k=organisation.k,
        came=await _came(session, workshop.id),
        phase=_phase(group.needs, bool(acts), room.steered),
        versions=versions,
        parties=tuple(group.parties),
        page=page,
        room=room,
        needs=tuple(group.needs),
        conditions=conditions,
        committed=len(acts),
        ahead=_ahead(acts, organisation.k),
        figures=stands if page.enough else None,
        not_yet_due=stands.not_yet_due,
        due=stands.outcome.n,
        stopped=_stopped(stands) if page.enough else (),
        realised=_realised(group.parties, group.needs, conditions, len(acts), bool(versions)),
        emptied_at=workshop.emptied_at,
    )


async def _versions(session: AsyncSession, workshop_id: str) -> Sequence[Opgave]:
    here = select(Opgave).where(col(Opgave.workshop_id) == workshop_id, col(Opgave.withdrawn).is_(False))
    return (await session.exec(here.order_by(col(Opgave.version)))).all()


async def _acts(session: AsyncSession, workshop_id: str) -> Sequence[Commitment]:
    """Those made in the room: no second attempt, no next step."""
    here = col(Commitment.workshop_id) == workshop_id, col(Commitment.withdrawn).is_(False)
    return (await session.exec(select(Commitment).where(*here, *FIRST))).all()


async def _came(session: AsyncSession, workshop_id: str) -> int:
    here = select(func.count()).where(
        col(Participant.workshop_id) == workshop_id,
        col(Participant.removed_at).is_(None),
        col(Participant.merged_into).is_(None),
    )
    return int((await session.exec(here)).one())


def _lasted(workshop: Workshop) -> int:
    """In minutes: as long as it was open, at most twice as planned; a lid that was shut late is no work."""
    if workshop.opened_at and workshop.closed_at and not workshop.is_rehearsal:
        open_for = int((workshop.closed_at - workshop.opened_at).total_seconds() // 60)
        if 0 < open_for <= 2 * workshop.minutes:
            return open_for
    return workshop.minutes


def _phase(needs: Sequence[Need], has_acts: bool, steered: bool) -> Phase:
    if not (has_acts or needs):
        return "focused"
    estimated = any(need.size or need.needed is not None for need in needs)
    return "driven" if has_acts and estimated and steered else "begun"


def _stopped(stands: rates.Standing) -> tuple[tuple[str, int], ...]:
    return tuple((each.code, each.count) for each in stands.obstacles("other") if each.count is not None)


def _ahead(acts: Sequence[Commitment], k: int) -> tuple[tuple[str, int], ...]:
    """What people expected to come between, most frequent first."""
    counts = Counter(act.obstacle for act in acts if act.obstacle in LOOKED_AHEAD)
    if counts.total() < k:
        return ()
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _realised(
    parties: Sequence[Party], needs: Sequence[Need], conditions: Sequence[ConditionLine], acts: int, opgave: bool
) -> Realised:
    settled = sum(need.settled for need in needs) + sum(each.status == "met" for each in conditions)
    return Realised(int(opgave), len(parties), settled, sum(bool(each.owner["nl"]) for each in conditions), acts)
