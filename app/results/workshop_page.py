"""All that the workshop's page shows of what came of it, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from textwrap import shorten
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.organisation import Organisation
from app.core.point_answers import AnsweredPoint, answered_points
from app.core.workshop import Status, Workshop
from app.results.acts import acts_of
from app.results.follow_through import GapAgain, Later, Moment, Said, Sharpened, Wall
from app.results.later import MONTH, WEEK, asked_later, gap_again, later_answers, later_of
from app.results.rates import Outcome
from app.results.red_line import RedLine, Stretch, red_line
from app.results.said import said_in
from app.results.workshop_results import Standing, standing

FOUR_WEEKS = timedelta(weeks=4)
MOST_PLANKS, LONGEST_LABEL = 12, 60


@dataclass(frozen=True, slots=True)
class Plank:
    """One need on the bridge. `state`: needed, laid (somebody promised an act for it) or done."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """`enough`: outcomes may be shown, since they tell what no one person did."""

    moment: Moment
    enough: bool
    standing: Standing
    line: RedLine
    wall: Wall
    planks: tuple[Plank, ...]
    said: Said
    sharpened: Sharpened | None
    week: Later
    month: Later
    gap_again: GapAgain | None
    points: tuple[AnsweredPoint, ...]

    @property
    def intentions(self) -> tuple[str, ...]:
        return self.line.intended

    @property
    def commitments(self) -> tuple[str, ...]:
        return self.line.agreed

    @property
    def said_gap(self) -> int | None:
        return self.said.gap(self.standing.figures.outcome.rate_a) if self.enough else None


async def workshop_page(session: AsyncSession, workshop: Workshop) -> WorkshopPage:
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    k, here = organisation.k, [workshop.id]
    acts = await acts_of(session, workshop, organisation)
    stands = await standing(session, workshop, acts=acts)
    line = await red_line(session, workshop, acts)
    later = await later_answers(session, here)
    asked = await asked_later(session, here)
    people = {workshop.id: {act.person.id for act in acts}}
    enough = stands.figures.shows_outcome
    return WorkshopPage(
        moment=moment_of(workshop),
        enough=enough,
        standing=stands,
        line=line,
        wall=Wall.of(stands.figures.outcome if enough else Outcome(), len(acts), k, workshop.id),
        planks=planks(line.needs, enough),
        said=(await said_in(session, here)).get(workshop.id, Said()),
        sharpened=Sharpened.of(((act.commitment.first_verdict, act.commitment.verdict) for act in acts), k),
        week=later_of(WEEK, people, later, asked)[workshop.id],
        month=later_of(MONTH, people, later, asked)[workshop.id],
        gap_again=await gap_again(session, workshop.id, later, k),
        points=await answered_points(session, workshop.id),
    )


def moment_of(workshop: Workshop) -> Moment:
    """What matters first on the page, by the workshop's own clock."""
    if workshop.status == Status.DRAFT:
        return "before"
    now = clock.at(workshop)
    if now >= workshop.starts_at + FOUR_WEEKS:
        return "later"
    zone = ZoneInfo(workshop.time_zone)
    same_day = now.astimezone(zone).date() <= workshop.starts_at.astimezone(zone).date()
    return "today" if workshop.status == Status.OPEN and same_day else "after"


def planks(needs: Sequence[Stretch], enough: bool) -> tuple[Plank, ...]:
    """Solid once an act for this need was done. A need with few acts keeps its stripes: its plank would tell about one
    person. `Stretch.acts.outcome` is None there."""
    return tuple(Plank(shorten(each.text, LONGEST_LABEL, placeholder=" …"), _state(each, enough)) for each in needs)[
        :MOST_PLANKS
    ]


def _state(need: Stretch, enough: bool) -> str:
    outcome = need.acts.outcome
    if need.settled or (enough and outcome and outcome.done):
        return "done"
    return "laid" if need.acts.count else "needed"
