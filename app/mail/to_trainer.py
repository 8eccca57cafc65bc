"""The trainer's digests: totals, and names only of who lets the trainer see them."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.cadence import t1_due
from app.core.contacts import commissioner
from app.core.lasting import CheckIn, Commitment
from app.core.letter import PlannedLetter
from app.core.obstacles import OBSTACLES
from app.core.opening import begins_at
from app.core.organisation import Organisation
from app.mail.matter import Matter
from app.mail.writing import Letter, Written, write
from app.results.follow_through import Later
from app.results.later import MONTH, STILL, WEEK, asked_later, gap_again, later_answers
from app.results.workshop_results import Standing, standing
from app.texts import gettext_noop as N_
from app.texts import say

ABOVE = ("MANDAAT", "LEIDING", "MIDDELEN")
"""What stopped people and lies with who gave the assignment."""


async def t1(session: AsyncSession, matter: Matter) -> Written:
    """How it went on the day that it covers, and the one update in the afternoon."""
    found = await _covered(session, matter)
    outcome = found.figures.outcome
    shows = found.figures.shows_outcome
    subject = N_("%(title)s: %(done)s of %(all)s done") if shows else N_("%(title)s: how it went")
    first = await commissioner(session, matter.workshop.id)
    values = {"title": matter.workshop.title, "done": outcome.done, "all": outcome.n}
    return write(
        "t1",
        matter.language,
        say(matter.language, subject, **values),
        matter=matter,
        standing=found,
        do_today=_do_today(found, first.name if first else "") if _says_what_stopped(found) else ("", "", ""),
        stopped=_says_what_stopped(found),
        page=f"{matter.base_url}/w/{matter.workshop.code}/trainer",
        update=matter.plan.letter == "t1u",
    )


async def later(session: AsyncSession, matter: Matter) -> Written:
    """T2 and T3: what was told after a week and after four weeks, as totals."""
    found = await _told_later(session, matter)
    k = (await session.get_one(Organisation, matter.workshop.organisation_id)).k
    answers = await later_answers(session, [matter.workshop.id])
    month = matter.plan.letter == "t3"
    subject = N_("%(title)s: four weeks later") if month else N_("%(title)s: one week later")
    return write(
        "later",
        matter.language,
        say(matter.language, subject, title=matter.workshop.title),
        matter=matter,
        month=month,
        found=found,
        few=found.answered < k,
        k=k,
        gap=await gap_again(session, matter.workshop.id, answers, k) if month else None,
        page=f"{matter.base_url}/w/{matter.workshop.code}/trainer",
    )


async def _told_later(session: AsyncSession, matter: Matter) -> Later:
    """After four weeks the question is the number, after one week whether they still work this way."""
    workshop = matter.workshop.id
    letter = WEEK if matter.plan.letter == "t2" else MONTH
    made = select(Commitment.participant_id).where(
        col(Commitment.workshop_id) == workshop, col(Commitment.withdrawn).is_(False)
    )
    people = set((await session.exec(made)).all())
    asked = {who for _, which, who in await asked_later(session, [workshop]) if which == letter} & people
    told = [
        each
        for each in await later_answers(session, [workshop])
        if each.letter == letter and each.participant_id in people and (each.worked or each.now is not None)
    ]
    yes = sum(each.worked in STILL for each in told)
    return Later(len(people), len(asked | {each.participant_id for each in told}), len(told), yes)


async def _nobody_asked(session: AsyncSession, matter: Matter) -> str:
    return "" if (await _told_later(session, matter)).asked else "nobody was asked"


def _says_what_stopped(found: Standing) -> bool:
    """Not where so many answered that only one answer is possible: what stopped people would tell which one."""
    return found.figures.shows_outcome or found.figures.outcome.answered < found.figures.k


def _do_today(found: Standing, who: str) -> tuple[str, str, str]:
    """The one thing that the digest asks of the trainer: an English message, a name, and an obstacle for it.

    What only somebody else can arrange goes before what people need in their own words.
    """
    label = next((OBSTACLES[each.code] for each in found.figures.obstacles("trainer") if each.code in ABOVE), "")
    if label:
        return (
            N_("Do today: call %(who)s about “%(what)s”.")
            if who
            else N_("Do today: call who gave the assignment about “%(what)s”."),
            who,
            label,
        )
    return (N_("Do today: answer what people need.") if found.needed else ""), "", ""


async def _covered(session: AsyncSession, matter: Matter) -> Standing:
    return await standing(session, matter.workshop, t1_due(begins_at(matter.workshop), matter.pattern).covers)


async def _nothing_due(session: AsyncSession, matter: Matter) -> str:
    found = await _covered(session, matter)
    return "nothing was due" if found.figures.outcome.n == 0 else ""


async def _nothing_new(session: AsyncSession, matter: Matter) -> str:
    """Nobody answered since the digest was sent."""
    if reason := await _nothing_due(session, matter):
        return reason
    statement = select(PlannedLetter).where(col(PlannedLetter.key) == f"t1:{matter.workshop.id}")
    digest = (await session.exec(statement)).first()
    if digest is None or digest.state != "sent" or digest.settled_at is None:
        return ""
    since = select(CheckIn.commitment_id).where(
        col(CheckIn.workshop_id) == matter.workshop.id, col(CheckIn.answered_at) > digest.settled_at
    )
    return "" if (await session.exec(since.limit(1))).first() is not None else "nothing new"


LETTERS = (
    Letter("t1", _nothing_due, t1),
    Letter("t1u", _nothing_new, t1),
    Letter("t2", _nobody_asked, later),
    Letter("t3", _nobody_asked, later),
)
