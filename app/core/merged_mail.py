"""The mail of somebody who turned out to be somebody else: address, plans and mails go on with who stays."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.committing import own_commitment
from app.core.letter import EMPTY, OutgoingMail, PlannedLetter
from app.core.letters_sent import TO_BUDDY
from app.core.participant import MailAddress, Participant
from app.core.planning import plan_letters
from app.core.workshop import Workshop

REASON = "one person with another address"


async def move_mail(session: AsyncSession, workshop: Workshop, away: Participant, stays: Participant) -> None:
    """The address goes along where the other has none; else it is not kept, and gone from the mails that went there.

    A letter that went, or waits, stays the same one with its key: it never comes a second time. Where only one of the
    two gave an address and the other made the commitment, its letters are planned now.
    """
    mails = await _give(session, OutgoingMail, away.id, stays.id)
    plans = await _give(session, PlannedLetter, away.id, stays.id)
    await _rename_buddy_plans(session, plans, away.id, stays.id)
    await _move_address(session, away.id, stays.id, [mail.id for mail in mails])
    await session.flush()
    commitment = await own_commitment(session, stays.id)
    if commitment is not None:
        await plan_letters(session, workshop, stays, commitment)


async def _give(session: AsyncSession, table: type[Any], away: str, stays: str) -> list[Any]:
    """Row by row: only then can it be undone."""
    rows = list((await session.exec(select(table).where(col(table.participant_id) == away))).all())
    for row in rows:
        row.participant_id = stays
        session.add(row)
    await session.flush()
    return rows


async def _move_address(session: AsyncSession, away: str, stays: str, mails: list[str]) -> None:
    address = await session.get(MailAddress, away)
    if address is None:
        return
    if await session.get(MailAddress, stays) is None:
        address.participant_id = stays
        session.add(address)
        return
    await session.delete(address)
    # Not row by row: what a command changed that way is kept to undo it, and these are words and an address.
    own = col(OutgoingMail.id).in_(mails)
    waiting = update(OutgoingMail).where(own, col(OutgoingMail.state) == "queued")
    await session.exec(waiting.values(state="skipped"))
    await session.exec(update(OutgoingMail).where(own).values(**EMPTY, error=REASON))


async def _rename_buddy_plans(session: AsyncSession, plans: list[PlannedLetter], away: str, stays: str) -> None:
    """Their key names who is the buddy: without it the same news would be planned for who stays once more."""
    for plan in plans:
        if plan.letter in TO_BUDDY:
            key = plan.key.replace(f":{away}", f":{stays}")
            known = (await session.exec(select(PlannedLetter).where(col(PlannedLetter.key) == key))).first()
            if known is not None:
                await session.delete(known)
                await session.flush()
            plan.key = key
            session.add(plan)
