"""The outbox: claim with a lease, mark as sent, put back with a wait, give up. Verbs for `Database.write`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.gone import gone
from app.core.letter import OutgoingMail, empty

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 9
TRIED_FOR = timedelta(days=3)
"""A mail server may be away for a weekend: no mail is given up before, unless the server says no for good."""
FIRST_WAIT, LONGEST_WAIT = 15.0, 3600.0
SPREAD = 0.3


async def claim(session: AsyncSession, owner: str) -> OutgoingMail | None:
    """The next mail that is ready, ours for one lease, with the attempt counted. None: nothing is ready.

    A mail whose owner died in the last of its attempts is given up here. Where the clock went back, what was not tried
    yet is ready, a wait is over in an hour, and a lease in two minutes.
    """
    now = clock.now()
    lease, ready_at = col(OutgoingMail.lease_until), col(OutgoingMail.ready_at)
    free = or_(lease.is_(None), lease <= now, lease > now + 2 * LEASE)
    astray = ready_at > now + timedelta(seconds=LONGEST_WAIT) + LEASE
    due = or_(ready_at <= now, astray, col(OutgoingMail.attempts) == 0)
    worn = update(OutgoingMail).where(
        col(OutgoingMail.state) == "queued",
        col(OutgoingMail.attempts) >= MOST_ATTEMPTS,
        col(OutgoingMail.created_at) <= now - TRIED_FOR,
        lease <= now,
    )
    await session.exec(worn.values(state="dead", error="no answer from the mail server"))
    ready = (
        select(OutgoingMail.id)
        .where(col(OutgoingMail.state) == "queued", due, free)
        .order_by(ready_at, col(OutgoingMail.id))
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    # `= (…)`, not IN: PostgreSQL may run an IN again for every row and would then claim more than one.
    mine = (
        update(OutgoingMail)
        .where(col(OutgoingMail.id) == ready, col(OutgoingMail.state) == "queued", free)
        .values(owner=owner, lease_until=now + LEASE, attempts=OutgoingMail.attempts + 1)
        .returning(OutgoingMail)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return (await session.exec(mine)).scalars().first()


async def hold(session: AsyncSession, mail_id: str, owner: str) -> bool:
    """The lease anew: the mail server takes long, and nobody else may begin with the same mail."""
    mail = await _ours(session, mail_id, owner)
    if mail is None:
        return False
    mail.lease_until = clock.now() + LEASE
    session.add(mail)
    return True


async def mark_sent(session: AsyncSession, mail_id: str, owner: str) -> bool:
    """It left. False when it is not ours any more: another process has taken it over, or it was deleted."""
    mail = await _ours(session, mail_id, owner)
    if mail is None:
        return False
    mail.state, mail.sent_at, mail.error, mail.lease_until, mail.owner = "sent", clock.now(), "", None, ""
    gone(session, "sent", mail.message_id)
    if mail.letter == "sign_in":  # its link would let a reader of the database in
        empty(mail)
    session.add(mail)
    return True


async def put_back(session: AsyncSession, mail_id: str, owner: str, reason: str, final: bool) -> bool:
    """It did not leave: again after a wait that doubles, or given up. False when it is not ours any more."""
    mail = await _ours(session, mail_id, owner)
    if mail is None:
        return False
    if final or (mail.attempts >= MOST_ATTEMPTS and mail.created_at <= clock.now() - TRIED_FOR):
        given_up(mail, reason)
    else:
        _let_go(mail, reason)
        mail.ready_at = clock.now() + wait_before(mail.attempts)
    session.add(mail)
    return True


def given_up(mail: OutgoingMail, reason: str) -> None:
    """It does not arrive; nobody tries it again."""
    _let_go(mail, reason)
    mail.state = "dead"


def _let_go(mail: OutgoingMail, reason: str) -> None:
    """Servers repeat the address in their answer: it stands where it can be deleted, and nowhere else."""
    told = reason.replace(mail.to_address, "…") if mail.to_address else reason
    mail.error, mail.lease_until, mail.owner = told[:500], None, ""


def wait_before(attempts: int) -> timedelta:
    """The wait after this many attempts: 15 s doubled each time, give or take 30 %, at most an hour."""
    seconds = FIRST_WAIT * 2 ** (attempts - 1)
    return timedelta(seconds=min(seconds * (1 - SPREAD + ids.spread(2 * SPREAD)), LONGEST_WAIT))


async def _ours(session: AsyncSession, mail_id: str, owner: str) -> OutgoingMail | None:
    statement = (
        select(OutgoingMail)
        .where(col(OutgoingMail.id) == mail_id, col(OutgoingMail.owner) == owner)
        .where(col(OutgoingMail.state) == "queued")
        .with_for_update()
    )
    return (await session.exec(statement)).first()


async def message_ids(session: AsyncSession) -> Sequence[str]:
    """Of all mails that still have their text."""
    return (await session.exec(select(OutgoingMail.message_id).where(col(OutgoingMail.text) != ""))).all()


@dataclass(frozen=True, slots=True)
class Backlog:
    """`oldest`: when the mail was written that waits longest to leave."""

    queued: int
    dead: int
    oldest: datetime | None


async def backlog(session: AsyncSession) -> Backlog:
    """What waits, and what nobody tries any more."""
    state = col(OutgoingMail.state)
    statement = select(state, func.count(), func.min(col(OutgoingMail.created_at))).where(state.in_(("queued", "dead")))
    found = {each: (count, oldest) for each, count, oldest in await session.exec(statement.group_by(state))}
    queued, oldest = found.get("queued", (0, None))
    return Backlog(queued, found.get("dead", (0, None))[0], oldest)
