"""An outbox row as a message on the line."""

import re
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from app.core.letter import OutgoingMail
from app.mail.calendar import FILE_NAME

LONGEST = 200
"""Signs of a subject or a name."""
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")


class Lines(EmailPolicy):
    """A plain header stays on one line; another becomes encoded words of at most 75 signs (RFC 2047).

    Python's own folding breaks long plain headers such as List-Unsubscribe and drops spaces in subjects when lines are
    short; when they may be long, encoded words and quoted-printable bodies become longer than the standards allow.
    """

    def fold(self, name: str, value: Any) -> str:
        if str(value).isascii():
            return f"{name}: {value}{self.linesep}"
        addresses = getattr(value, "addresses", None)
        if addresses is None:
            return f"{name}: {_encoded(name, str(value))}{self.linesep}"
        [one] = addresses
        return f"{name}: {_encoded(name, one.display_name)} <{one.addr_spec}>{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")


POLICY = Lines(linesep="\r\n", max_line_length=76)


def message(mail: OutgoingMail, sender: str) -> EmailMessage:
    """Plain text first, then HTML, then the calendar entry; the same bytes however often it is made. `sender` is the
    bare address of this installation.

    Raises ValueError for an address that makes no header.
    """
    made = EmailMessage(policy=POLICY)
    made["From"] = Address(one_line(mail.sender_name), addr_spec=ascii_address(sender))
    made["To"] = Address(addr_spec=ascii_address(mail.to_address))
    made["Subject"] = one_line(mail.subject)
    made["Date"] = format_datetime(mail.created_at)
    made["Message-ID"] = mail.message_id
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"  # Exchange sends no absence notice and no read receipt then
    if mail.reply_to:
        made["Reply-To"] = Address(addr_spec=ascii_address(mail.reply_to))
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
    _bound(made)
    return made


def _bound(made: EmailMessage) -> None:
    """Boundaries from the Message-ID: a mail that is tried again is the same to the byte. The sign `=_` stands in no
    quoted-printable and no base64 body."""
    for number, part in enumerate(each for each in made.walk() if each.is_multipart()):
        part.set_boundary("=_" + sha256(f"{number} {made['Message-ID']}".encode()).hexdigest()[:32])


def one_line(text: str) -> str:
    """What was typed, fit for a header: no line ends, no signs that steer, not too long, and no encoded word, which
    would be read as what it hides: a line end and a header of its own."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text.replace("=?", "= ?"))
    return " ".join(plain.split())[:LONGEST]


def ascii_address(address: str) -> str:
    """The domain as punycode, which every mail server takes. Raises ValueError for what is no address."""
    local, _, domain = address.rpartition("@")
    if not _LOCAL.fullmatch(local) or not domain:
        raise ValueError("this is no mail address")
    return f"{local}@{domain.encode('idna').decode()}"  # UnicodeError is a ValueError


def _encoded(name: str, text: str) -> str:
    return Header(text, "utf-8", header_name=name, maxlinelen=76).encode(linesep="\r\n")
