"""Whom to call four weeks later: two for whom it worked and two who are stuck, among those who said yes to a call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import LaterCheckIn
from app.core.organisation import Organisation
from app.core.workshop import Workshop
from app.results.acts import Act, acts_of
from app.results.later import MONTH, WEEK, later_answers
from app.texts import gettext_noop as N_

EACH = 2
POINTS = {"gelukt": 2, "deels": 1, "niet": 0, "several": 2, "once": 1, "no": 0}
QUESTIONS = (
    N_("What did you plan to do, and what happened on that day?"),
    N_("What or who helped you most?"),
    N_("What was in the way, and what did you do about it?"),
    N_("What is different now for the people the opgave is about? How do you know?"),
    N_("What did you stop doing, or do less of?"),
    N_("What must change around you so that you can do this more often?"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One person who said yes to a call and lets the trainer see the commitment and the answer. `answer`: gelukt,
    deels, niet or empty; `week` and `month`: several, once, no or empty."""

    name: str
    act: str
    answer: str
    week: str
    month: str
    helped: str
    different: str

    @property
    def side(self) -> Literal["strong", "stuck", ""]:
        """Strong: done, or working this way since, and not stopped. Stuck: not done, or stopped since. Empty where too
        little was told."""
        since = self.month or self.week
        if since == "no" or (self.answer == "niet" and since != "several"):
            return "stuck"
        if self.answer == "gelukt" or since == "several":
            return "strong"
        return "stuck" if self.answer == "deels" else ""

    @property
    def points(self) -> int:
        return sum(POINTS.get(each, 0) for each in (self.answer, self.week, self.month))


@dataclass(frozen=True, slots=True)
class SuccessCases:
    """At most two of each. `others` said yes to a call too, but chose not to show their answers: names only."""

    strong: tuple[Case, ...]
    stuck: tuple[Case, ...]
    others: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        return len(self.strong) + len(self.stuck) < 2 * EACH


def propose(cases: Iterable[Case], others: Iterable[str]) -> SuccessCases:
    """The clearest of each; equal ones in an order that is stable and prefers nobody."""
    found = sorted(cases, key=lambda case: sha256(f"{case.name}:{case.act}".encode()).digest())
    strong = sorted((case for case in found if case.side == "strong"), key=lambda case: -case.points)
    stuck = sorted((case for case in found if case.side == "stuck"), key=lambda case: case.points)
    return SuccessCases(tuple(strong[:EACH]), tuple(stuck[:EACH]), tuple(sorted(others, key=str.casefold)))


async def success_cases(session: AsyncSession, workshop: Workshop) -> SuccessCases:
    """Asks nobody's leave: the door first looks at `sharing.who_may_see`."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    acts = {act.person.id: act for act in await acts_of(session, workshop, organisation)}
    told = {(each.participant_id, each.letter): each for each in await later_answers(session, [workshop.id])}
    callable_ = [person for (person, letter), each in told.items() if letter == MONTH and each.may_call]
    present = [acts[person] for person in callable_ if person in acts and acts[person].person.name]
    open_ = [act for act in present if act.commitment.shows_trainer]
    hidden = [act.person.name for act in present if not act.commitment.shows_trainer]
    return propose((_case(act, told) for act in open_), hidden)


def _case(act: Act, told: Mapping[tuple[str, str], LaterCheckIn]) -> Case:
    week, month = told.get((act.person.id, WEEK)), told.get((act.person.id, MONTH))
    return Case(
        name=act.person.name,
        act=act.commitment.act,
        answer=act.answer.answer if act.answer else "",
        week=week.worked if week else "",
        month=month.worked if month else "",
        helped=(week.helped if week else "") or (month.helped if month else ""),
        different=month.different if month else "",
    )
