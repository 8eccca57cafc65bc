"""Which letters a commitment will bring, and when. The text is written when a letter is due, in `mail`."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.cadence import WorkPattern, address_deletion_due, m1_due, m2_due, m2r_due, m3_due, m4_due, t1_due
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.letters_sent import has_room
from app.core.opening import begins_at
from app.core.organisation import Organisation
from app.core.participant import MailAddress, Participant
from app.core.upsert import insert
from app.core.workshop import Workshop
from app.db import tell

LATER = ("m3", "mstop", "m4")
TOTALS_AT = time(10, 30)


@dataclass(frozen=True, slots=True)
class LettersPlanned:
    """Told after commit: the courier need not wait for its next round."""

    workshop_id: str


async def plan_letters(
    session: AsyncSession, workshop: Workshop, participant: Participant, commitment: Commitment
) -> None:
    """Plan or move the letters about this commitment; doing it twice changes nothing.

    Without a mail address only the trainer's digest is planned. An act that was planned again brings the morning
    letter and the check once more, and nothing else; a next step only its check, where there is room for one more.
    """
    now = clock.at(workshop)
    await _plan_digest(session, workshop, commitment, now)
    address = await session.get(MailAddress, participant.id)
    if address is not None and address.stopped_at is None:
        pattern = await work_pattern(session, workshop, participant)
        await _plan_later(session, workshop, commitment, address, pattern, now)
        if address.wants_check and commitment.next_after is None:
            await _plan_for(session, commitment, address, pattern, now)
        elif address.wants_check and await has_room(session, address):
            await _move(session, commitment, f"m2:{commitment.id}", "m2", m2_due(commitment.starts_at, pattern), now)
        await _keep(session, workshop, commitment, address, pattern)
    tell(session, LettersPlanned(workshop.id))


async def work_pattern(session: AsyncSession, workshop: Workshop, participant: Participant | None) -> WorkPattern:
    """When this person works; without one: when their organisation does."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    own = frozenset(participant.days_off) if participant else frozenset[int]()
    return WorkPattern(ZoneInfo(workshop.time_zone), organisation.days_off(), own)


async def _plan_for(
    session: AsyncSession, commitment: Commitment, address: MailAddress, pattern: WorkPattern, now: datetime
) -> None:
    act, first = commitment.starts_at, commitment.replanned_from is None
    confirmed = None
    if first:
        key = f"m0:{commitment.id}:{commitment.sequence}" + (f":{address.corrections}" if address.corrections else "")
        confirmed = (await _move(session, commitment, key, "m0", now, now)).due_at
        await _drop(session, commitment, "m0", "changed", but=key)
    morning = m1_due(act, pattern, m0_sent=confirmed, now=now)
    if morning is None:
        await _drop(session, commitment, "m1", "too soon after the confirmation")
    else:
        await _move(session, commitment, f"m1:{commitment.id}", "m1", morning, now)
    await _move(session, commitment, f"m2:{commitment.id}", "m2", m2_due(act, pattern), now)
    if first:
        await _move(session, commitment, f"m2r:{commitment.id}", "m2r", m2r_due(act, pattern), now)


async def _plan_later(
    session: AsyncSession,
    workshop: Workshop,
    commitment: Commitment,
    address: MailAddress,
    pattern: WorkPattern,
    now: datetime,
) -> None:
    """The letters of a week and of four weeks after the act of the workshop itself; `mstop` stands in for the first."""
    if commitment.replanned_from is not None or commitment.next_after is not None:
        return
    if not address.wants_later:
        for letter in LATER:
            await _drop(session, commitment, letter, "no mail wanted")
        return
    await _plan_totals(session, workshop, now)
    week = m3_due(commitment.starts_at, pattern)
    month = m4_due(commitment.starts_at, pattern, school_holidays=workshop.school_holidays)
    for letter, due in zip(LATER, (week, week, month), strict=True):
        await _move(session, commitment, f"{letter}:{commitment.id}", letter, due, now)


async def _keep(
    session: AsyncSession, workshop: Workshop, commitment: Commitment, address: MailAddress, pattern: WorkPattern
) -> None:
    """Until when the address is needed; a second act may make that later, not sooner."""
    first = commitment.replanned_from is None and commitment.next_after is None
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    due = address_deletion_due(
        commitment.starts_at,
        pattern,
        later=first and address.wants_later,
        school_holidays=workshop.school_holidays,
        kept=organisation.addresses_kept_days,
    )
    address.delete_at = due if first or address.delete_at is None else max(due, address.delete_at)
    session.add(address)


async def _plan_digest(session: AsyncSession, workshop: Workshop, commitment: Commitment, now: datetime) -> None:
    """T1 and its one update, from the first commitment on that falls due in it; also when nobody gave an address."""
    digest = t1_due(begins_at(workshop), await work_pattern(session, workshop, None))
    if commitment.day <= digest.covers and digest.due > now:
        await _tell(session, workshop, ("t1", digest.due), ("t1u", digest.update_due))


async def _plan_totals(session: AsyncSession, workshop: Workshop, now: datetime) -> None:
    """T2 and T3: the working day after the letters of a week and of four weeks, once somebody wants those."""
    pattern = await work_pattern(session, workshop, None)
    act = pattern.at(t1_due(begins_at(workshop), pattern).covers, TOTALS_AT)
    week, month = m3_due(act, pattern), m4_due(act, pattern, school_holidays=workshop.school_holidays)
    for letter, after in (("t2", week), ("t3", month)):
        due = pattern.at(pattern.after(pattern.local(after).date()), TOTALS_AT)
        if due > now:
            await _tell(session, workshop, (letter, due))


async def _tell(session: AsyncSession, workshop: Workshop, *digests: tuple[str, datetime]) -> None:
    for letter, due in digests:
        key = f"{letter}:{workshop.id}"
        await _insert(session, PlannedLetter(key=key, letter=letter, workshop_id=workshop.id, due_at=due))


async def _move(
    session: AsyncSession, commitment: Commitment, key: str, letter: str, due: datetime, now: datetime
) -> PlannedLetter:
    """The plan with this key, due at `due` unless it was sent. A confirmation that waits keeps its moment."""
    plan = await _plan(session, commitment, key, letter, due, now)
    moved = plan.state == "skipped" or (plan.state == "planned" and letter != "m0" and plan.due_at != due)
    if moved and due >= now:
        plan.due_at, plan.state, plan.reason, plan.settled_at = due, "planned", "", None
        session.add(plan)
    return plan


async def _plan(
    session: AsyncSession, commitment: Commitment, key: str, letter: str, due: datetime, now: datetime
) -> PlannedLetter:
    """The plan with this key, made when there is none. One whose moment is past is made as skipped."""
    late = due < now
    await _insert(
        session,
        PlannedLetter(
            key=key,
            letter=letter,
            workshop_id=commitment.workshop_id,
            participant_id=commitment.participant_id,
            commitment_id=commitment.id,
            due_at=due,
            state="skipped" if late else "planned",
            reason="its moment was past" if late else "",
        ),
    )
    statement = select(PlannedLetter).where(col(PlannedLetter.key) == key)
    return (await session.exec(statement)).one()


async def _insert(session: AsyncSession, plan: PlannedLetter) -> None:
    """Two taps at once plan one letter: the key decides."""
    statement = insert(session, PlannedLetter).values(**plan.model_dump())
    await session.exec(statement.on_conflict_do_nothing(index_elements=["key"]))


async def _drop(session: AsyncSession, commitment: Commitment, letter: str, reason: str, but: str = "") -> None:
    statement = (
        update(PlannedLetter)
        .where(
            col(PlannedLetter.commitment_id) == commitment.id,
            col(PlannedLetter.letter) == letter,
            col(PlannedLetter.key) != but,
            col(PlannedLetter.state) == "planned",
        )
        .values(state="skipped", reason=reason)
    )
    await session.exec(statement)


async def cancel_letters(session: AsyncSession, participant_id: str, reason: str) -> None:
    """Nothing more goes to this person: neither what is planned nor what waits in the outbox."""
    plans = update(PlannedLetter).where(
        col(PlannedLetter.participant_id) == participant_id, col(PlannedLetter.state) == "planned"
    )
    await session.exec(plans.values(state="skipped", reason=reason))
    mails = update(OutgoingMail).where(
        col(OutgoingMail.participant_id) == participant_id, col(OutgoingMail.state) == "queued"
    )
    await session.exec(mails.values(state="skipped", error=reason))


async def cancel_questions(session: AsyncSession, commitment_id: str) -> None:
    """It has been answered: the check and its reminder are not sent any more."""
    plans = update(PlannedLetter).where(
        col(PlannedLetter.commitment_id) == commitment_id,
        col(PlannedLetter.letter).in_(("m2", "m2r")),
        col(PlannedLetter.state) == "planned",
    )
    await session.exec(plans.values(state="skipped", reason="answered"))
