"""How many letters went to one address, and how many more may."""

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.lasting import Commitment
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import MailAddress

MOST, MOST_REPLANNED = 6, 8
TO_BUDDY, MOST_TO_BUDDY = ("m0b", "m2b"), 2
"""Letters about somebody else's act count apart."""
GIVES_WAY_TO = {
    **{"m0": ("m2", "m2r", "m3", "m4"), "m1": ("m2", "m2r", "m3", "m4"), "m2r": ("m3", "m4")},
    "next": ("m2", "m2r", "m3", "m4"),
}
"""Which planned letters each leaves room for. The first confirmation, the check and what comes later need no room
beside their own."""


async def has_room(session: AsyncSession, address: MailAddress, letter: str = "next") -> bool:
    """Whether one more may go to this address and what is to come can still follow."""
    reserved = await _waiting(session, address, GIVES_WAY_TO.get(letter, ()))
    most = MOST_REPLANNED if await _replanned(session, address.participant_id) else MOST
    return await went(session, address) + 1 + reserved <= most


async def went(session: AsyncSession, address: MailAddress, to_buddy: bool = False) -> int:
    """Mails that were written to the present address and not withdrawn or refused."""
    about_others = col(OutgoingMail.letter).in_(TO_BUDDY)
    counted = select(func.count()).where(
        col(OutgoingMail.participant_id) == address.participant_id,
        col(OutgoingMail.to_address).in_((address.address, "")),  # emptied when their period was over
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
