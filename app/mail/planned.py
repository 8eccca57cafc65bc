"""From a plan that is due to a mail in the outbox: one transaction checks the rules once more, writes, and marks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import structlog
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.letter import OutgoingMail, PlannedLetter
from app.core.workshop import Workshop
from app.mail import to_buddies, to_contacts, to_participants, to_trainer
from app.mail.matter import Matter, matter_of, message_id, thread_of
from app.mail.writing import Letter, Written
from app.settings import Settings
from app.texts import gettext_noop as N_

log = structlog.get_logger()
BATCH = 25
AUDIENCES = (to_participants, to_buddies, to_trainer, to_contacts)
LETTERS: dict[str, Letter] = {each.id: each for audience in AUDIENCES for each in audience.LETTERS}


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
    letter = LETTERS[matter.plan.letter]
    reason = await letter.obstruction(session, matter)
    if not reason:
        await _enqueue(session, matter, await letter.write(session, matter))
    return reason


async def _enqueue(session: AsyncSession, matter: Matter, written: Written) -> None:
    """Mail of a rehearsal is kept for the trainer to read and never reaches a mail server."""
    mail = OutgoingMail(
        message_id=message_id(matter.plan, matter.domain),
        letter=matter.plan.letter,
        workshop_id=matter.workshop.id,
        participant_id=matter.plan.participant_id,
        contact_id=matter.plan.contact_id,
        to_address=matter.to_address,
        subject=written.subject,
        text=written.text,
        html=written.html,
        calendar=written.calendar,
        unsubscribe=matter.stop,
        reply_to=matter.reply_to,
        sender_name=matter.sender_name,
        in_reply_to=await thread_of(session, matter),
        state="kept" if matter.workshop.is_rehearsal else "queued",
    )
    session.add(mail)
