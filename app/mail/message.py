"""An outbox row as a message on the line."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.core.letter import OutgoingMail
from app.mail.calendar import FILE_NAME

# With shorter lines Python 3.11 encodes long headers such as List-Unsubscribe, and drops spaces in subjects.
POLICY = SMTP.clone(max_line_length=998)


def message(mail: OutgoingMail, sender: str) -> EmailMessage:
    """Plain text first, then HTML, then the calendar entry. `sender` is the bare address of this installation."""
    made = EmailMessage(policy=POLICY)
    made["From"] = Address(mail.sender_name, addr_spec=sender)
    made["To"] = Address(addr_spec=mail.to_address)
    made["Subject"] = " ".join(mail.subject.split())
    made["Date"] = format_datetime(mail.created_at)
    made["Message-ID"] = mail.message_id
    made["Auto-Submitted"] = "auto-generated"
    if mail.reply_to:
        made["Reply-To"] = Address(addr_spec=mail.reply_to)
    if mail.in_reply_to:
        made["In-Reply-To"] = made["References"] = mail.in_reply_to
    if mail.unsubscribe:
        made["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(mail.text, cte="quoted-printable")
    made.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.calendar:
        made.add_attachment(
            mail.calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename=FILE_NAME,
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    return made
