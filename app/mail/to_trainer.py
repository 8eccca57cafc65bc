"""The trainer's digests: totals, and names only of who lets the trainer see them."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.cadence import t1_due
from app.core.lasting import CheckIn
from app.core.letter import PlannedLetter
from app.core.opening import begins_at
from app.mail.matter import Matter
from app.mail.writing import Letter, Written, write
from app.results.workshop_results import Standing, standing
from app.texts import gettext_noop as N_
from app.texts import say


async def t1(session: AsyncSession, matter: Matter) -> Written:
    """How it went on the day that it covers, and the one update in the afternoon."""
    found = await _covered(session, matter)
    outcome = found.figures.outcome
    few = outcome.n < found.figures.k
    subject = N_("%(title)s: how it went") if few else N_("%(title)s: %(done)s of %(all)s done")
    values = {"title": matter.workshop.title, "done": outcome.done, "all": outcome.n}
    return write(
        "t1",
        matter.language,
        say(matter.language, subject, **values),
        matter=matter,
        standing=found,
        page=f"{matter.base_url}/w/{matter.workshop.code}/trainer",
        update=matter.plan.letter == "t1u",
    )


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


LETTERS = (Letter("t1", _nothing_due, t1), Letter("t1u", _nothing_new, t1))
