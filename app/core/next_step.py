"""The next step after an act that was done: one more act, one at a time, outside the morgen-rate; mailed about
where there is room."""

from datetime import date, datetime, time

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.act import Fields, Verdict, check
from app.core.advancing import advance
from app.core.another_act import ensure_day, former, keep, one_sentence
from app.core.committing import own_commitment
from app.core.errors import Closed, Refused
from app.core.lasting import CheckIn, Commitment
from app.core.later_check_in import weeks_of
from app.core.opgaven import present_opgave
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_


async def next_of(session: AsyncSession, commitment_id: str) -> Commitment | None:
    """The step that came after this one."""
    statement = select(Commitment).where(
        col(Commitment.next_after) == commitment_id,
        col(Commitment.replanned_from).is_(None),
        col(Commitment.withdrawn).is_(False),
    )
    return (await session.exec(statement)).first()


async def judge(session: AsyncSession, workshop: Workshop, act: str) -> Verdict:
    """The check of S9; the short form answers for the day, the time and whom it is with."""
    opgave = await present_opgave(session, workshop.id)
    text = opgave.in_(workshop.language) if opgave else ""
    return check(act, opgave=text, fields=Fields(date=True, time=True, who=True))


async def may_take_next(session: AsyncSession, done: Commitment, now: datetime) -> bool:
    """Whether this act was done, is the last one of this person, and the follow-up still runs."""
    answer = await session.get(CheckIn, done.id)
    if answer is None or answer.answer != "gelukt":
        return False
    last = await own_commitment(session, done.participant_id)
    if last is None or last.id != done.id:
        return False
    workshop = await session.get_one(Workshop, done.workshop_id)
    person = await session.get_one(Participant, done.participant_id)
    return now < (await weeks_of(session, workshop, person, await _first_moment(session, done))).closes_at


async def take_next(session: AsyncSession, commitment_id: str, act: str, day: date, at: time) -> Commitment:
    """A commitment of its own, named `next_after` the one that was done. `at` is local. A mail asks about it
    where this person has had few enough.

    Raises Refused before the former one was done or while another one is open, and for a day outside the next week;
    Closed when the follow-up is over.
    """
    done = await former(session, commitment_id)
    rev = await advance(session, done.workshop_id)
    workshop = await session.get_one(Workshop, done.workshop_id)
    person = await session.get_one(Participant, done.participant_id)
    await _allow(session, done, clock.at(workshop))
    act = one_sentence(act)
    await ensure_day(session, workshop, person, day)
    verdict = await judge(session, workshop, act)
    return await keep(
        session,
        workshop,
        person,
        day,
        at,
        rev,
        act=act,
        next_after=done.id,
        serves_need_id=done.serves_need_id,
        minutes=done.minutes,
        verdict=verdict.verdict,
        first_verdict=verdict.verdict,
        rules=" ".join(hit.rule for hit in verdict.hits),
        overruled=verdict.verdict != "concreet",
        shows_trainer=done.shows_trainer,
    )


async def _allow(session: AsyncSession, done: Commitment, now: datetime) -> None:
    answer = await session.get(CheckIn, done.id)
    if answer is None or answer.answer != "gelukt":
        raise Refused(N_("A next step comes after what was done. First say whether it worked."), field="act")
    last = await own_commitment(session, done.participant_id)
    if last is not None and last.id != done.id:
        raise Refused(N_("You have a next step already. One at a time."), field="act")
    if not await may_take_next(session, done, now):
        raise Closed(N_("The follow-up is over. Nothing can be answered any more."))


async def _first_moment(session: AsyncSession, act: Commitment) -> datetime:
    """When the act was that the follow-up counts from."""
    while act.next_after is not None or act.replanned_from is not None:
        before = await session.get(Commitment, act.replanned_from or act.next_after)
        if before is None:
            break
        act = before
    return act.starts_at
