"""Pairs, groups and buddies."""

from collections.abc import Sequence
from random import Random

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import ids
from app.core.advancing import advance
from app.core.buddy_planning import forget_buddy_letters, plan_buddy_letters
from app.core.errors import NotFound, Refused
from app.core.participant import Buddy, Participant
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_


async def draw_groups(session: AsyncSession, workshop_id: str, size: int, present: Sequence[str], seed: str) -> int:
    """Random groups of `size` from the people who are there; the last ones join a group rather than be alone. People
    online form groups of their own. Returns how many groups; size 0 takes the groups away."""
    rev = await advance(session, workshop_id)
    if size and not 2 <= size <= 12:
        raise Refused(N_("Choose groups of 2 to 12."), field="size")
    rows = (await session.exec(select(Participant).where(col(Participant.workshop_id) == workshop_id))).all()
    here = set(present)  # also who was taken out, or became one with another, within the last minute
    there = [row for row in rows if row.id in here and not row.removed_at and not row.merged_into]
    if size and not there:
        raise Refused(N_("Nobody is in yet."), field="size")
    number = 0
    groups: dict[str, int] = {}
    for online in (False, True):
        people = [row.id for row in there if row.online is online]
        Random(seed).shuffle(people)
        for group in grouped(people, size) if size else ():
            number += 1
            groups.update(dict.fromkeys(group, number))
    for row in rows:
        if row.group_number != groups.get(row.id, 0):
            row.group_number, row.rev = groups.get(row.id, 0), rev
            session.add(row)
    return number


def grouped(people: Sequence[str], size: int) -> list[list[str]]:
    """As even as can be: no group smaller than `size`, unless there are fewer people than that."""
    count = max(1, len(people) // size)
    return [list(people[at::count]) for at in range(count)] if people else []


async def pair(session: AsyncSession, participant: Participant, code: str) -> Participant:
    """Ask the person with this code, read aloud, to be the buddy. Agreed once both typed the other's code.

    Raises NotFound for a code that nobody here has, or that two people have: then the other one types.
    """
    rev = await advance(session, participant.workshop_id)
    statement = select(Participant).where(
        col(Participant.workshop_id) == participant.workshop_id,
        col(Participant.removed_at).is_(None),
        col(Participant.merged_into).is_(None),
    )
    typed = code.strip().upper()
    found = [each for each in (await session.exec(statement)).all() if ids.spoken_code(each.id) == typed]
    other = found[0] if len(found) == 1 else None
    if other is None:
        raise NotFound(N_("Nobody here has this code. Ask your buddy to read it aloud again."), field="code")
    if other.id == participant.id:
        raise Refused(N_("That is your own code. Type the code of your buddy."), field="code")
    mine = await session.get(Buddy, participant.id) or Buddy(
        participant_id=participant.id, workshop_id=participant.workshop_id, buddy_id=other.id
    )
    theirs = await session.get(Buddy, other.id)
    both = theirs is not None and theirs.buddy_id == participant.id and not theirs.withdrawn
    if mine.buddy_id != other.id:
        await forget_buddy_letters(session, participant.id, "another buddy", mine.buddy_id)
    mine.buddy_id, mine.agreed, mine.withdrawn, mine.rev = other.id, both, False, rev
    session.add(mine)
    if both and theirs is not None:
        theirs.agreed, theirs.rev = True, rev
        session.add(theirs)
        await session.flush()
        workshop = await session.get_one(Workshop, participant.workshop_id)
        await plan_buddy_letters(session, workshop, participant.id)
    return other


async def buddy_of(session: AsyncSession, participant_id: str) -> tuple[Buddy, Participant] | None:
    """Whom this person asked, and whether it is agreed."""
    found = select(Buddy, Participant).join(Participant, col(Participant.id) == col(Buddy.buddy_id))
    mine = found.where(col(Buddy.participant_id) == participant_id, col(Buddy.withdrawn).is_(False))
    return (await session.exec(mine)).first()


async def part(session: AsyncSession, participant: Participant) -> None:
    """No buddies any more, for both; what was written to one about the other goes."""
    rev = await advance(session, participant.workshop_id)
    both = col(Buddy.participant_id) == participant.id, col(Buddy.buddy_id) == participant.id
    for row in (await session.exec(select(Buddy).where(or_(*both)))).all():
        row.withdrawn, row.agreed, row.rev = True, False, rev
        session.add(row)
        await forget_buddy_letters(session, row.participant_id, "no buddies any more", row.buddy_id)
