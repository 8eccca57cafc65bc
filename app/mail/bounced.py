"""A mail that a server took and sent back later, marked as one that it refused at once."""

import asyncio

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.letter import OutgoingMail
from app.db import Database
from app.failed import Failed
from app.mail.delivery_report import DeliveryReport, read_report
from app.mail.outbox import given_up
from app.settings import Settings

MAY_HAVE_LEFT = ("queued", "sent")


def mark_bounced(settings: Settings, content: bytes) -> str:
    """What was done, in words. Raises Failed for what is no delivery report, or not about a mail of this server."""
    report = read_report(content)
    if report.action != "failed":
        return f"The report says “{report.action}”, so nothing is marked: the mail may still arrive."
    return asyncio.run(_mark(settings, report))


async def _mark(settings: Settings, report: DeliveryReport) -> str:
    db = Database(settings.database_url)
    try:
        return await db.write(note_bounce, report, settings.mail_bounces or settings.mail_from)
    finally:
        await db.close()


async def note_bounce(session: AsyncSession, report: DeliveryReport, our_address: str) -> str:
    """Find the mail by its Message-ID. Where the report leaves that out: the last one to this address, if the report
    went to where our mails come back to. Doing it twice changes nothing."""
    mail = await _named(session, report) if report.message_id else await _last_one(session, report, our_address)
    if mail is None:
        raise Failed("No mail of this server is named in the report.")
    if mail.state == "dead":
        return "It was marked already."
    if mail.state not in MAY_HAVE_LEFT:
        raise Failed(f"This mail never left: it is {mail.state}.")
    given_up(mail, report.reason)
    session.add(mail)
    return f"Marked as not delivered: {mail.letter}, {report.reason}. The trainer sees it on the workshop's page."


async def _named(session: AsyncSession, report: DeliveryReport) -> OutgoingMail | None:
    statement = select(OutgoingMail).where(col(OutgoingMail.message_id) == report.message_id)
    return (await session.exec(statement.with_for_update())).first()


async def _last_one(session: AsyncSession, report: DeliveryReport, our_address: str) -> OutgoingMail | None:
    if report.returned_to.lower() != our_address.lower():
        return None
    statement = select(OutgoingMail).where(
        col(OutgoingMail.to_address).in_(report.recipients), col(OutgoingMail.state) == "sent"
    )
    return (await session.exec(statement.order_by(col(OutgoingMail.sent_at).desc()).with_for_update())).first()
