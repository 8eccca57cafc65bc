"""A mail from a trainer to their own address: it shows whether this server's mails arrive, before the workshop."""

from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids, render
from app.core.errors import Refused
from app.core.letter import OutgoingMail
from app.core.trainer import Trainer
from app.mail.matter import mail_domain
from app.mail.writing import PREFIX
from app.settings import Settings
from app.texts import gettext_noop as N_
from app.texts import say

LETTER = "trial"
SHOWN = timedelta(hours=1)
"""So long the room check tells what became of the last one."""
APART = timedelta(minutes=1)
TEXTS = (
    N_("This is a test mail. You asked for it on the room check of Morgen, at %(at)s."),
    N_("So mails from this server reach you. Look at two things."),
    N_("Is it in your inbox, or with the unwanted mail? And how many minutes was it on its way?"),
)


async def trial_mail(session: AsyncSession, settings: Settings, trainer: Trainer) -> None:
    """Queue one to the trainer's own address. Raises Refused within a minute after the last one."""
    last = await last_trial(session, trainer)
    if last is not None and last.created_at > clock.now() - APART:
        raise Refused(N_("A test mail left just now. Wait a minute for the next one."))
    language = trainer.language
    subject = PREFIX + say(language, N_("test mail"))
    at = render.clock_time(clock.now(), language, settings.time_zone)
    lines = [say(language, text, at=at) for text in TEXTS]
    session.add(
        OutgoingMail(
            message_id=f"<trial.{ids.random_id()}@{mail_domain(settings)}>",
            letter=LETTER,
            to_address=trainer.email,
            subject=subject,
            text="\n\n".join(lines) + "\n",
            html=render.part("room_check/letter.html", language, subject=subject, lines=lines),
            sender_name="Morgen",
        )
    )


async def last_trial(session: AsyncSession, trainer: Trainer) -> OutgoingMail | None:
    """The newest of this trainer within the last hour."""
    statement = (
        select(OutgoingMail)
        .where(col(OutgoingMail.letter) == LETTER, col(OutgoingMail.to_address) == trainer.email)
        .where(col(OutgoingMail.created_at) > clock.now() - SHOWN)
        .order_by(col(OutgoingMail.created_at).desc())
    )
    return (await session.exec(statement.limit(1))).first()
