"""Which letters a commitment will bring, and when. The text is written when a letter is due, in `mail`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.cadence import WorkPattern, address_deletion_due, m1_due, m2_due, m2r_due, m3_due, m4_due
from app.core.lasting import Commitment
from app.core.letter import PlannedLetter
from app.core.letters_sent import has_room
from app.core.organisation import Organisation
from app.core.participant import MailAddress, Participant
from app.core.plans import drop, move
from app.core.trainer_planning import plan_digest, plan_totals
from app.core.workshop import Workshop
from app.db import tell

LATER = ("m3", "mstop", "m4")


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
    The letters after a week and after four weeks are about the act of the workshop itself.
    """
    now = clock.at(workshop)
    organisation = await work_pattern(session, workshop, None)
    await plan_digest(session, workshop, commitment, organisation, now)
    address = await session.get(MailAddress, participant.id)
    if address is not None and address.stopped_at is None:
        pattern = await work_pattern(session, workshop, participant)
        for act in await own_acts(session, participant.id):
            if _is_first(act):
                await _plan_later(session, workshop, act, address, pattern, now)
        if address.wants_later:
            await plan_totals(session, workshop, organisation, now)
        if address.wants_check and commitment.next_after is None:
            await _plan_for(session, commitment, address, pattern, now)
        elif address.wants_check and (await _check_waits(session, commitment) or await has_room(session, address)):
            await move(session, commitment, f"m2:{commitment.id}", "m2", m2_due(commitment.starts_at, pattern), now)
        await keep_address(session, workshop, participant, address)
    tell(session, LettersPlanned(workshop.id))


async def work_pattern(session: AsyncSession, workshop: Workshop, participant: Participant | None) -> WorkPattern:
    """When this person works; without one: when their organisation does."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    own = frozenset(participant.days_off) if participant else frozenset[int]()
    return WorkPattern(ZoneInfo(workshop.time_zone), organisation.days_off(), own)


async def own_acts(session: AsyncSession, participant_id: str) -> Sequence[Commitment]:
    """The commitments of this person, the first one first."""
    own = select(Commitment).where(
        col(Commitment.participant_id) == participant_id, col(Commitment.withdrawn).is_(False)
    )
    return (await session.exec(own.order_by(col(Commitment.created_at)))).all()


async def keep_address(
    session: AsyncSession, workshop: Workshop, participant: Participant, address: MailAddress
) -> None:
    """Set until when the address is needed: as long as the organisation says after the last letter about any act of
    this person. Before there is one, as if it were today."""
    pattern = await work_pattern(session, workshop, participant)
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    acts = [(act.starts_at, _is_first(act)) for act in await own_acts(session, participant.id)]
    address.delete_at = max(
        address_deletion_due(
            starts_at,
            pattern,
            later=first and address.wants_later,
            school_holidays=workshop.school_holidays,
            kept=organisation.addresses_kept_days,
        )
        for starts_at, first in acts or [(clock.at(workshop), True)]
    )
    session.add(address)


async def asks_by_mail(session: AsyncSession, participant_id: str, act: Commitment | None = None) -> bool:
    """Whether a mail will ask about this act; without one, about a next step that may still be taken."""
    address = await session.get(MailAddress, participant_id)
    if address is None or address.stopped_at is not None or not address.wants_check:
        return False
    return await has_room(session, address) if act is None else await _check_waits(session, act)


async def _check_waits(session: AsyncSession, act: Commitment) -> bool:
    check = select(PlannedLetter.state).where(col(PlannedLetter.key) == f"m2:{act.id}")
    return (await session.exec(check)).first() == "planned"


def _is_first(act: Commitment) -> bool:
    return act.replanned_from is None and act.next_after is None


async def _plan_for(
    session: AsyncSession, commitment: Commitment, address: MailAddress, pattern: WorkPattern, now: datetime
) -> None:
    act, first = commitment.starts_at, commitment.replanned_from is None
    confirmed = None
    if first:
        key = f"m0:{commitment.id}:{commitment.sequence}" + (f":{address.corrections}" if address.corrections else "")
        confirmed = (await move(session, commitment, key, "m0", now, now)).due_at
        await drop(session, commitment, "m0", "changed", but=key)
    morning = m1_due(act, pattern, m0_sent=confirmed, now=now)
    if morning is None:
        await drop(session, commitment, "m1", "too soon after the confirmation")
    else:
        await move(session, commitment, f"m1:{commitment.id}", "m1", morning, now)
    await move(session, commitment, f"m2:{commitment.id}", "m2", m2_due(act, pattern), now)
    if first:
        await move(session, commitment, f"m2r:{commitment.id}", "m2r", m2r_due(act, pattern), now)


async def _plan_later(
    session: AsyncSession,
    workshop: Workshop,
    commitment: Commitment,
    address: MailAddress,
    pattern: WorkPattern,
    now: datetime,
) -> None:
    """The letters of a week and of four weeks after the act; `mstop` stands in for the first."""
    week = m3_due(commitment.starts_at, pattern)
    month = m4_due(commitment.starts_at, pattern, school_holidays=workshop.school_holidays)
    for letter, due in zip(LATER, (week, week, month), strict=True):
        if address.wants_later:
            await move(session, commitment, f"{letter}:{commitment.id}", letter, due, now)
        else:
            await drop(session, commitment, letter, "no mail wanted")
