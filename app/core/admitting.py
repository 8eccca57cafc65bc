"""The door of a room: open, ask first, or locked. Who waits is nobody yet: no participant, no count, no seat."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.errors import Closed, NotFound, Refused
from app.core.joining import enter, under_lock, who
from app.core.opening import is_open
from app.core.participant import Newcomer, Participant
from app.core.workshop import WITHOUT_SCRIPT, Door, Workshop
from app.texts import gettext_noop as N_

MOST_WAITING = 1000


async def knock(session: AsyncSession, workshop_id: str, browser: str, language: str) -> Participant | Newcomer:
    """Come in, or wait where the trainer admits. Raises Closed where nobody new comes in."""
    known = await who(session, workshop_id, browser)
    if known is not None:
        return known
    waiting = await session.get(Newcomer, (browser, workshop_id))
    if waiting is not None and _asks(await session.get_one(Workshop, workshop_id, options=[WITHOUT_SCRIPT])):
        return waiting
    workshop = await under_lock(session, workshop_id)
    if not _asks(workshop):
        return await enter(session, workshop, browser, language)
    known = await who(session, workshop_id, browser)  # the trainer let this browser in, or another tap of it asked
    if known is not None:
        return known
    waiting = await session.get(Newcomer, (browser, workshop_id), populate_existing=True)
    if waiting is None:
        if await count_newcomers(session, workshop_id) >= MOST_WAITING:
            raise Closed(N_("Too many people wait at this door. Ask the trainer."))
        waiting = Newcomer(browser_hash=browser, workshop_id=workshop_id, language=language)
        session.add(waiting)
    return waiting


def _asks(workshop: Workshop) -> bool:
    return workshop.door == Door.ASK and is_open(workshop, clock.at(workshop))


async def newcomers(session: AsyncSession, workshop_id: str) -> Sequence[Newcomer]:
    """Who waits, the first first."""
    here = select(Newcomer).where(col(Newcomer.workshop_id) == workshop_id)
    return (await session.exec(here.order_by(col(Newcomer.created_at), col(Newcomer.code)))).all()


async def count_newcomers(session: AsyncSession, workshop_id: str) -> int:
    here = select(func.count()).select_from(Newcomer).where(col(Newcomer.workshop_id) == workshop_id)
    return (await session.exec(here)).one()


async def set_door(session: AsyncSession, workshop_id: str, door: str) -> None:
    """An open door lets in who waits."""
    if door not in list(Door):
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="door")
    await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    workshop.door = door
    session.add(workshop)
    if door == Door.OPEN and is_open(workshop, clock.at(workshop)):
        await admit_all(session, workshop_id)


async def admit_all(session: AsyncSession, workshop_id: str) -> None:
    await _let_in(session, workshop_id, await newcomers(session, workshop_id))


async def admit(session: AsyncSession, workshop_id: str, code: str) -> None:
    """Also into a locked room. Raises NotFound for a code that nobody has who waits."""
    await _let_in(session, workshop_id, [await _newcomer(session, workshop_id, code)])


async def turn_away(session: AsyncSession, workshop_id: str, code: str) -> None:
    """They see the page with the button again, and may ask once more."""
    await advance(session, workshop_id)
    await session.delete(await _newcomer(session, workshop_id, code))


async def _newcomer(session: AsyncSession, workshop_id: str, code: str) -> Newcomer:
    found = [each for each in await newcomers(session, workshop_id) if each.code == code]
    if not found:
        raise NotFound(N_("This person does not wait any more."))
    return found[0]


async def _let_in(session: AsyncSession, workshop_id: str, people: Sequence[Newcomer]) -> None:
    if not people:
        return
    workshop = await under_lock(session, workshop_id)
    for number, each in enumerate(people):
        await enter(session, workshop, each.browser_hash, each.language, admitted=True)
        await session.delete(each)
        if number % 10 == 9:
            await asyncio.sleep(0)  # on SQLite nothing here waits: a thousand people would hold up every phone


async def forget_waiting(session: AsyncSession, now: datetime) -> None:
    """Who waited in vain is no more known the next day."""
    await session.exec(delete(Newcomer).where(col(Newcomer.created_at) <= now - timedelta(days=1)))
