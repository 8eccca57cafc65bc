"""What several letters and pages say about an act, and the mail that lets a trainer in."""

from sqlmodel.ext.asyncio.session import AsyncSession

from app import ids
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail
from app.core.obstacles import LOOKED_AHEAD
from app.core.signing_in import Ticket
from app.mail.calendar import afspraak
from app.mail.matter import mail_domain
from app.mail.writing import quoted, write
from app.quoting import in_first_person
from app.settings import Settings
from app.texts import gettext_noop as N_
from app.texts import say


def entry(act: Commitment, language: str, domain: str, link: str) -> bytes:
    """The commitment for a calendar, with the own answer link: the same bytes until it is changed."""
    return afspraak(
        f"{act.id}@{domain}",
        act.sequence,
        act.changed_at,
        act.starts_at,
        act.minutes,
        in_first_person(act.act, language),
        "\n".join(f"{say(language, label)}: {words}" for label, words in lines_of(act, language)),
        language,
        link,
    )


def lines_of(act: Commitment, language: str) -> list[tuple[str, str]]:
    """What was typed beside the act, each under its own label."""
    in_the_way = say(language, LOOKED_AHEAD[act.obstacle]) if act.obstacle in LOOKED_AHEAD else ""
    words = ". ".join(part for part in (in_the_way, quoted(act.obstacle_text)) if part)
    typed = (
        (N_("Where"), act.place),
        (N_("With"), act.who),
        (N_("Done when"), quoted(act.evidence)),
        (N_("If"), words),
        (N_("Then"), quoted(act.then)),
    )
    return [(label, text) for label, text in typed if text]


async def sign_in_mail(session: AsyncSession, settings: Settings, ticket: Ticket, link: str) -> None:
    """Queue the mail with the link and the code for a trainer; it is no letter about somebody and never waits."""
    language = ticket.trainer.language
    written = write("sign_in", language, say(language, N_("sign in")), link=link, code=ticket.code)
    session.add(
        OutgoingMail(
            message_id=f"<sign-in.{ids.random_id()}@{mail_domain(settings)}>",
            letter="sign_in",
            to_address=ticket.trainer.email,
            subject=written.subject,
            text=written.text,
            html=written.html,
            sender_name="Morgen",
        )
    )
