"""An answer that came by reply to a mail: the trainer types it in, and never writes over what a person said herself."""

from email.utils import parseaddr

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.addressing import checked
from app.core.advancing import advance
from app.core.buddy_planning import plan_buddy_letters
from app.core.checking_in import ANSWERS, is_changeable
from app.core.errors import NotFound, Refused
from app.core.lasting import CheckIn, Commitment
from app.core.obstacles import OBSTACLES
from app.core.participant import MailAddress, Participant
from app.core.plans import cancel_questions
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_


async def enter_reply(session: AsyncSession, workshop_id: str, address: str, answer: str, obstacle: str = "") -> None:
    """Store it as entered by the trainer. `address` may be written as mail programs do: `Noor <noor@example.org>`.

    Where that person answered already nothing changes, and nothing is said about it: whoever types here does not learn
    what somebody told. Raises NotFound where no such person can be answered for in this workshop.
    """
    if answer not in ANSWERS:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="answer")
    if obstacle and obstacle not in OBSTACLES:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="obstacle")
    rev = await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    now = clock.at(workshop)
    act = await _asked(session, workshop, checked(parseaddr(address)[1] or address))
    known = await session.get(CheckIn, act.id)
    if known is not None and not known.entered_by_trainer:
        return
    known = known or CheckIn(commitment_id=act.id, workshop_id=workshop_id, answer=answer, first_answered_at=now)
    known.answer, known.obstacle = answer, "" if answer == "gelukt" else obstacle
    known.entered_by_trainer, known.answered_at, known.rev = True, now, rev
    session.add(known)
    await cancel_questions(session, act.id)
    await plan_buddy_letters(session, workshop, act.participant_id)


async def _asked(session: AsyncSession, workshop: Workshop, address: str) -> Commitment:
    """The last act whose moment has come of who has this address here, in whatever case it was typed."""
    here = (
        select(Commitment)
        .join(Participant, col(Participant.id) == col(Commitment.participant_id))
        .join(MailAddress, col(MailAddress.participant_id) == col(Participant.id))
        .where(
            col(Participant.workshop_id) == workshop.id,
            func.lower(MailAddress.address) == address.lower(),
            col(Commitment.withdrawn).is_(False),
        )
        .order_by(col(Commitment.created_at).desc(), col(Commitment.starts_at).desc())
    )
    now = clock.at(workshop)
    for act in (await session.exec(here)).all():
        if is_changeable(act, now):
            return act
    raise NotFound(N_("Nothing can be entered for this address now. Look at how it is written."), field="address")
