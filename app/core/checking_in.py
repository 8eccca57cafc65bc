"""Did it work? One person's answer about one act: from the moment of the act on, for 14 days; the last one wins."""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.buddy_planning import plan_buddy_letters
from app.core.errors import Closed, NotFound, Refused
from app.core.lasting import CheckIn, Commitment
from app.core.obstacles import OBSTACLES
from app.core.plans import cancel_questions
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

ANSWERS = ("gelukt", "deels", "niet")
CHANGEABLE = timedelta(days=14)
MOST = {"brought": 500, "needed": 300, "obstacle_text": 300}


def has_come(commitment: Commitment, now: datetime) -> bool:
    """Whether the moment of the act is there: from then on the page asks."""
    return now >= commitment.starts_at


def is_changeable(commitment: Commitment, now: datetime) -> bool:
    """Whether an answer is taken at `now`, by the clock of the workshop."""
    return has_come(commitment, now) and now < commitment.starts_at + CHANGEABLE


async def check_in(session: AsyncSession, commitment_id: str, answer: str) -> CheckIn:
    """Store the own answer, also over one that the trainer typed in; nothing more is asked by mail.

    Raises Closed before the act and after 14 days.
    """
    if answer not in ANSWERS:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="answer")
    commitment, now, rev = await _answerable(session, commitment_id)
    known = await session.get(CheckIn, commitment_id)
    if known is None:
        known = CheckIn(
            commitment_id=commitment_id, workshop_id=commitment.workshop_id, answer=answer, first_answered_at=now
        )
    if answer == "gelukt":
        known.obstacle = known.obstacle_text = known.needed = ""
    known.answer, known.answered_at, known.rev = answer, now, rev
    known.entered_by_trainer = False
    session.add(known)
    await cancel_questions(session, commitment_id)
    workshop = await session.get_one(Workshop, commitment.workshop_id)
    await plan_buddy_letters(session, workshop, commitment.participant_id)
    return known


async def tell_more(
    session: AsyncSession,
    commitment_id: str,
    *,
    brought: str = "",
    obstacle: str = "",
    obstacle_text: str = "",
    needed: str = "",
) -> CheckIn:
    """What it brought, or what stopped this person and what is needed. Raises Refused before there is an answer."""
    _, now, rev = await _answerable(session, commitment_id)
    known = await session.get(CheckIn, commitment_id)
    if known is None:
        raise Refused(N_("First say whether it worked."), field="answer")
    if obstacle and obstacle not in OBSTACLES:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="obstacle")
    missed = known.answer != "gelukt"
    texts = {"brought": brought, "needed": needed if missed else "", "obstacle_text": obstacle_text if missed else ""}
    for field, text in texts.items():
        if len(text) > MOST[field]:
            raise Refused(
                N_("That is too long. Use at most %(max_length)s signs."), field=field, max_length=MOST[field]
            )
        setattr(known, field, text)
    known.obstacle = obstacle if missed else ""
    known.answered_at, known.rev = now, rev
    session.add(known)
    return known


async def _answerable(session: AsyncSession, commitment_id: str) -> tuple[Commitment, datetime, int]:
    commitment = await session.get(Commitment, commitment_id)
    if commitment is None or commitment.withdrawn:
        raise NotFound(N_("This link does not work any more."))
    rev = await advance(session, commitment.workshop_id)
    now = clock.at(await session.get_one(Workshop, commitment.workshop_id))
    if not has_come(commitment, now):
        raise Closed(N_("Its moment has still to come. Then this page asks whether it worked."))
    if not is_changeable(commitment, now):
        raise Closed(N_("This can be answered for two weeks. That time is over."))
    return commitment, now, rev


async def answer_to(session: AsyncSession, commitment_id: str) -> CheckIn | None:
    return (await session.exec(select(CheckIn).where(col(CheckIn.commitment_id) == commitment_id))).first()
