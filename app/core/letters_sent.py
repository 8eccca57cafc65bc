"""How many letters went to one address, and how many more may."""

from sqlalchemy import and_, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import Commitment
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import MailAddress

MOST, MOST_REPLANNED = 6, 8
TO_BUDDY, MOST_TO_BUDDY = ("m0b", "m2b"), 2
"""Letters about somebody else's act count apart."""
LATER_ONES = ("m3", "m4")
QUESTIONS = ("m2", "m2r", *LATER_ONES)
GIVES_WAY_TO = {"m0": QUESTIONS, "m1": QUESTIONS, "m2r": LATER_ONES}
"""Which planned letters each leaves room for. The check of the workshop's act and what comes later need no room beside
their own; the check of a next step leaves room for `QUESTIONS` when it is planned, for `LATER_ONES` when it is due."""


async def has_room(session: AsyncSession, address: MailAddress, gives_way: tuple[str, ...] = QUESTIONS) -> bool:
    """Whether one more may go to this address and the letters that it gives way to can still follow."""
    reserved = await _waiting(session, address, gives_way)
    most = MOST_REPLANNED if await _replanned(session, address.participant_id) else MOST
    return await went(session, address) + 1 + reserved <= most


async def went(session: AsyncSession, address: MailAddress, to_buddy: bool = False) -> int:
    """Mails that were written to the present address and not withdrawn or refused. One that was emptied because its
    period was over went there; one that was emptied together with its address went to another."""
    about_others = col(OutgoingMail.letter).in_(TO_BUDDY)
    counted = select(func.count()).where(
        col(OutgoingMail.participant_id) == address.participant_id,
        or_(
            col(OutgoingMail.to_address) == address.address,
            and_(col(OutgoingMail.to_address) == "", col(OutgoingMail.error) == ""),
        ),
        col(OutgoingMail.state).in_(("queued", "sent", "kept")),
        about_others if to_buddy else ~about_others,
    )
    return int((await session.exec(counted)).one())


async def _waiting(session: AsyncSession, address: MailAddress, letters: tuple[str, ...]) -> int:
    counted = select(func.count()).where(
        col(PlannedLetter.participant_id) == address.participant_id,
        col(PlannedLetter.state) == "planned",
        col(PlannedLetter.letter).in_(letters),
    )
    return int((await session.exec(counted)).one())


async def _replanned(session: AsyncSession, participant_id: str) -> bool:
    again = select(Commitment.id).where(
        col(Commitment.participant_id) == participant_id, col(Commitment.replanned_from).is_not(None)
    )
    return (await session.exec(again)).first() is not None
