"""What was mailed last, also when the courier of the running server has been quicker than the test: a sign-in mail
keeps no word in the database once it is sent."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from sqlmodel import col, select

from app.core.letter import OutgoingMail
from app.db import Database
from app.mail.message import message
from app.mail.transport import file_name
from tests.conftest import Running


async def last_mail(db: Database, running: Running) -> EmailMessage:
    async with db.read() as session:
        newest = select(OutgoingMail).order_by(col(OutgoingMail.created_at).desc()).limit(1)
        mail = (await session.exec(newest)).one()
    if mail.text:
        return message(mail, "post@morgen.example")
    file = running.settings.data / "outbox" / file_name(mail.message_id)
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def words(mail: EmailMessage) -> str:
    """Its plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
