"""The people of a room in the trainer's hand: remove, bring back, merge; and where they sit."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.contribution import Contribution
from app.core.errors import NotFound, Refused
from app.core.lasting import Commitment, Condition
from app.core.merged_mail import move_mail
from app.core.participant import Buddy, Device, Participant
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

MOST_TABLES = 60


async def remove(session: AsyncSession, workshop_id: str, participant_id: str) -> None:
    """Out of the room: the phone has to join anew, and what it sent stays until it is deleted."""
    rev = await advance(session, workshop_id)
    participant = await _person(session, workshop_id, participant_id)
    participant.removed_at, participant.rev = clock.now(), rev
    session.add(participant)


async def bring_back(session: AsyncSession, workshop_id: str, participant_id: str) -> None:
    """In again, by the same phone. Who has none any more deleted everything, or came in anew: they do not exist."""
    rev = await advance(session, workshop_id)
    participant = await _person(session, workshop_id, participant_id)
    if participant.id not in await reachable(session, workshop_id):
        raise NotFound(N_("This person is not in this workshop."))
    participant.removed_at, participant.rev = None, rev
    session.add(participant)


async def reachable(session: AsyncSession, workshop_id: str) -> set[str]:
    """Everybody with a phone, or on paper."""
    phones = select(Device.participant_id).where(col(Device.workshop_id) == workshop_id)
    paper = select(Participant.id).where(col(Participant.workshop_id) == workshop_id, col(Participant.on_paper))
    return {*(await session.exec(phones)).all(), *(await session.exec(paper)).all()}


async def on_paper(session: AsyncSession, workshop_id: str, participant_id: str) -> Participant:
    """Somebody for whom the trainer types. Raises Refused for who has a phone: nobody answers in their place."""
    participant = await _person(session, workshop_id, participant_id)
    if not participant.on_paper or participant.removed_at:
        raise Refused(N_("This person answers on their own phone."))
    return participant


async def merge(session: AsyncSession, workshop_id: str, participant_id: str, into: str) -> None:
    """Two phones of one person: the first one goes on as the other. Answers in slots that the other has too stay with
    the one that was merged and are withdrawn; all else moves, the mail too. A commitment of both is refused: one a
    person."""
    rev = await advance(session, workshop_id)
    away, stays = await _person(session, workshop_id, participant_id), await _person(session, workshop_id, into)
    if away.id == stays.id or stays.merged_into or away.merged_into:
        raise Refused(N_("Choose two different people."), field="into")
    if await _has_commitment(session, away.id) and await _has_commitment(session, stays.id):
        raise Refused(N_("Both have a commitment. Ask them to take one back first."), field="into")
    await _move_contributions(session, away.id, stays.id, rev)
    await _move_rest(session, away.id, stays.id, rev)
    stays.name = stays.name or away.name
    stays.days_off = stays.days_off or away.days_off
    stays.gave_address = stays.gave_address or away.gave_address
    away.merged_into, away.rev, stays.rev = stays.id, rev, rev
    session.add_all([away, stays])
    await move_mail(session, await session.get_one(Workshop, workshop_id), away, stays)


async def _move_contributions(session: AsyncSession, away: str, stays: str, rev: int) -> None:
    taken: dict[tuple[str, str], Contribution] = {}
    for row in await _contributions(session, stays):
        taken[row.activity_id, row.slot] = row
    moving = [row for row in await _contributions(session, away) if not row.withdrawn]
    for row in moving:
        other = taken.get((row.activity_id, row.slot))
        if other is not None and other.withdrawn:  # what was taken back makes room: a slot is unique
            other.slot, other.rev = other.id, rev
            session.add(other)
    await session.flush()
    for row in moving:
        other = taken.get((row.activity_id, row.slot))
        row.withdrawn, row.rev = other is not None and not other.withdrawn, rev
        row.participant_id = away if row.withdrawn else stays
        session.add(row)


async def _move_rest(session: AsyncSession, away: str, stays: str, rev: int) -> None:
    """What hangs on the person, row by row: only then can it be undone."""
    for table, column in ((Commitment, "participant_id"), (Condition, "participant_id"), (Participant, "merged_into")):
        owned = select(table).where(col(getattr(table, column)) == away)
        await _give(session, (await session.exec(owned)).all(), column, stays, rev)
    asked = select(Buddy).where(col(Buddy.buddy_id) == away, col(Buddy.participant_id) != stays)
    await _give(session, (await session.exec(asked)).all(), "buddy_id", stays, rev)


async def _give(session: AsyncSession, rows: Sequence[Any], column: str, stays: str, rev: int) -> None:
    for row in rows:
        setattr(row, column, stays)
        row.rev = rev
        session.add(row)


async def sit_at(session: AsyncSession, participant: Participant, table: int, pen: bool, online: bool) -> None:
    """Where this person sits. The pen of a table goes from hand to hand: one phone has it."""
    rev = await advance(session, participant.workshop_id)
    workshop = await session.get_one(Workshop, participant.workshop_id)
    if not online and not 0 <= table <= workshop.tables:
        raise Refused(N_("Choose one of the tables."), field="table")
    row = await session.get_one(Participant, participant.id)
    row.table_number, row.online, row.has_pen, row.rev = (0 if online else table), online, pen, rev
    session.add(row)
    if pen:
        at_table = select(Participant).where(
            col(Participant.workshop_id) == workshop.id,
            col(Participant.table_number) == row.table_number,
            col(Participant.online) == online,
            col(Participant.has_pen),
            col(Participant.id) != row.id,
        )
        for other in (await session.exec(at_table)).all():
            other.has_pen, other.rev = False, rev
            session.add(other)


async def _person(session: AsyncSession, workshop_id: str, participant_id: str) -> Participant:
    participant = await session.get(Participant, participant_id)
    if participant is None or participant.workshop_id != workshop_id:
        raise NotFound(N_("This person is not in this workshop."))
    return participant


async def _contributions(session: AsyncSession, participant_id: str) -> Sequence[Contribution]:
    statement = select(Contribution).where(col(Contribution.participant_id) == participant_id)
    return (await session.exec(statement)).all()


async def _has_commitment(session: AsyncSession, participant_id: str) -> bool:
    statement = select(Commitment.id).where(
        col(Commitment.participant_id) == participant_id, col(Commitment.withdrawn).is_(False)
    )
    return (await session.exec(statement)).first() is not None
