"""From a plan that is due to a mail in the outbox: one transaction checks the rules once more, writes, and marks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import structlog
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.cadence import late_answer_deadline, t1_due
from app.core.lasting import CheckIn
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.opening import begins_at
from app.core.workshop import Workshop
from app.mail.letters import ABOUT_AN_ACT, Written, t1
from app.mail.matter import Matter, matter_of, message_id, thread_of
from app.results.workshop_results import standing
from app.settings import Settings
from app.texts import gettext_noop as N_

log = structlog.get_logger()
BATCH = 25
REMINDER_AFTER = timedelta(hours=3)
"""So long after the check at least: a server that was down must not ask twice in one minute."""


def is_private(settings: Settings) -> bool:
    """Whether the address in the links is one that works on this machine or in this network only."""
    if settings.is_loopback:
        return True
    try:
        return ip_address(urlsplit(settings.address).hostname or "").is_private
    except ValueError:
        return False


def waits(settings: Settings) -> bool:
    """Whether letters to real people wait: they would be sent, with links that will not work tomorrow."""
    return bool(settings.smtp_host) and is_private(settings)


def waiting_reason(settings: Settings) -> str:
    """What the trainer has to know about mails, as an English message; empty when all is well."""
    if waits(settings):
        return N_("Mails wait: the address in their links works only here. Set MORGEN_BASE_URL to the public address.")
    if not settings.smtp_host:
        return N_("No mail server is set, so nobody gets a mail. The mails lie as files in the data folder.")
    return ""


async def render_due(session: AsyncSession, settings: Settings, now: datetime, limit: int = BATCH) -> int:
    """Settle up to `limit` plans that are due by the clock of their workshop; returns how many."""
    plans = await _due(session, settings, now, limit)
    for plan in plans:
        matter = await matter_of(session, settings, plan)
        plan.settled_at = matter.now
        try:
            plan.reason = await _settle(session, matter)
            plan.state = "skipped" if plan.reason else "sent"
        except Exception:  # one letter that cannot be written must not hold up all others
            log.exception("a letter cannot be written", letter=plan.letter, plan=plan.id)
            plan.state, plan.reason = "failed", "it could not be written"
        session.add(plan)
        await session.flush()
    return len(plans)


async def _due(session: AsyncSession, settings: Settings, now: datetime, limit: int) -> Sequence[PlannedLetter]:
    planned = (
        select(PlannedLetter)
        .join(Workshop, col(Workshop.id) == col(PlannedLetter.workshop_id))
        .where(col(PlannedLetter.state) == "planned")
    )
    if waits(settings):
        planned = planned.where(col(Workshop.is_rehearsal).is_(True))
    due: list[ColumnElement[bool]] = [col(PlannedLetter.due_at) <= now]
    shifts = select(Workshop.clock_shift).where(col(Workshop.clock_shift) > 0).distinct()
    for shift in (await session.exec(shifts)).all():
        ahead = now + timedelta(seconds=shift)
        due.append(and_(col(Workshop.clock_shift) == shift, col(PlannedLetter.due_at) <= ahead))
    statement = planned.where(or_(*due)).order_by(col(PlannedLetter.due_at), col(PlannedLetter.id)).limit(limit)
    # Only PostgreSQL has this; on SQLite one writer at a time is the lock.
    locked = statement.with_for_update(skip_locked=True, of=PlannedLetter)
    return (await session.exec(locked)).all()


async def _settle(session: AsyncSession, matter: Matter) -> str:
    """Put the mail into the outbox, or say why there is none."""
    if matter.plan.letter in ("t1", "t1u"):
        return await _digest(session, matter)
    reason = _obstruction(matter) or await _too_close(session, matter)
    if not reason:
        await _enqueue(session, matter, ABOUT_AN_ACT[matter.plan.letter](matter))
    return reason


def _obstruction(matter: Matter) -> str:
    person, act, address = matter.person, matter.commitment, matter.address
    letter = matter.plan.letter
    if person is None or person.removed_at or person.merged_into:
        return "not a participant any more"
    if act is None or act.withdrawn:
        return "withdrawn"
    if address is None or address.stopped_at is not None or not address.wants_check:
        return "no mail wanted"
    if letter == "m0" and int(matter.plan.key.split(":")[2]) != act.sequence:
        return "changed"
    if letter == "m1" and matter.now >= act.starts_at:
        return "its moment was past"
    if letter in ("m2", "m2r"):
        if matter.answer is not None:
            return "answered"
        if matter.now >= late_answer_deadline(act.day, matter.pattern):
            return "its moment was past"
    return ""


async def _too_close(session: AsyncSession, matter: Matter) -> str:
    """The reminder comes only after a check that was sent, and not on its heels."""
    if matter.plan.letter != "m2r":
        return ""
    statement = select(PlannedLetter).where(col(PlannedLetter.key) == f"m2:{matter.plan.commitment_id}")
    check = (await session.exec(statement)).first()
    asked = check is not None and check.state == "sent" and check.settled_at is not None
    if check is None or check.settled_at is None or not asked:
        return "nothing was asked"
    return "the check was sent just now" if matter.now - check.settled_at < REMINDER_AFTER else ""


async def _digest(session: AsyncSession, matter: Matter) -> str:
    covers = t1_due(begins_at(matter.workshop), matter.pattern).covers
    found = await standing(session, matter.workshop, covers)
    if found.figures.outcome.n == 0:
        return "nothing was due"
    if matter.plan.letter == "t1u" and not await _news(session, matter):
        return "nothing new"
    await _enqueue(session, matter, t1(matter, found))
    return ""


async def _news(session: AsyncSession, matter: Matter) -> bool:
    """Whether somebody answered since the digest was sent."""
    statement = select(PlannedLetter).where(col(PlannedLetter.key) == f"t1:{matter.workshop.id}")
    digest = (await session.exec(statement)).first()
    if digest is None or digest.state != "sent" or digest.settled_at is None:
        return True
    since = select(CheckIn.commitment_id).where(
        col(CheckIn.workshop_id) == matter.workshop.id, col(CheckIn.answered_at) > digest.settled_at
    )
    return (await session.exec(since.limit(1))).first() is not None


async def _enqueue(session: AsyncSession, matter: Matter, written: Written) -> None:
    """Mail of a rehearsal is kept for the trainer to read and never reaches a mail server."""
    to = matter.address.address if matter.address else matter.trainer.email
    mail = OutgoingMail(
        message_id=message_id(matter.plan, matter.domain),
        letter=matter.plan.letter,
        workshop_id=matter.workshop.id,
        participant_id=matter.plan.participant_id,
        to_address=to,
        subject=written.subject,
        text=written.text,
        html=written.html,
        calendar=written.calendar,
        unsubscribe=matter.link.stop if matter.person else "",
        reply_to=matter.trainer.email if matter.person else "",
        sender_name=f"{matter.trainer.name} via Morgen" if matter.person else "Morgen",
        in_reply_to=await thread_of(session, matter),
        state="kept" if matter.workshop.is_rehearsal else "queued",
    )
    session.add(mail)
