"""A delivery report (RFC 3464) as mail servers send it back: which mail, to whom, and why it did not arrive. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr

from app.failed import Failed

MOST_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """`message_id` of the mail that came back, empty where the report leaves it out. `recipients`: the address as we
    wrote it, and where it was sent on to. `returned_to`: the address that the report itself went to. `action` as the
    standard has it: failed, delayed, delivered, relayed or expanded. `reason`: status and words, without addresses."""

    message_id: str
    recipients: tuple[str, ...]
    returned_to: str
    action: str
    reason: str


def read_report(content: bytes) -> DeliveryReport:
    """Raises Failed, which says what to give, for anything else."""
    if len(content) > MOST_BYTES:
        raise Failed("This is too large for a delivery report: more than 10 MB.")
    mail = message_from_bytes(content)
    told = next((part for part in mail.walk() if part.get_content_type() == "message/delivery-status"), None)
    if mail.get_content_type() != "multipart/report" or told is None:
        raise Failed(
            "This is no delivery report (multipart/report with a part message/delivery-status). "
            "Give the whole mail as it came back, with its headers."
        )
    recipients = [block for block in _blocks(told) if block["Final-Recipient"]]
    failed = [block for block in recipients if _field(block, "Action").lower() == "failed"]
    if not recipients:
        raise Failed("The delivery report names no recipient.")
    about = (failed or recipients)[0]
    named = tuple(_address(_field(about, name)) for name in ("Original-Recipient", "Final-Recipient"))
    return DeliveryReport(
        message_id=_message_id(mail),
        recipients=tuple(dict.fromkeys(each for each in named if each)),
        returned_to=parseaddr(str(mail["To"] or ""))[1],
        action=_field(about, "Action").lower(),
        reason=_without(f"{_field(about, 'Status')} {_after_type(_field(about, 'Diagnostic-Code'))}", named),
    )


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields: the first about the report itself, then one a recipient."""
    payload = part.get_payload()
    yield from (each for each in payload if isinstance(each, Message)) if isinstance(payload, list) else ()


def _message_id(mail: Message) -> str:
    """Of the mail that is attached, whole or as its headers only."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            return next((_field(inner, "Message-ID") for inner in _blocks(part)), "")
        if part.get_content_type() == "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            return _field(message_from_bytes(raw), "Message-ID") if isinstance(raw, bytes) else ""
    return ""


def _field(block: Message, name: str) -> str:
    return " ".join(str(block[name] or "").split())


def _after_type(value: str) -> str:
    """`smtp; 550 …` without the name of its kind."""
    return value.partition(";")[2].strip()


def _address(value: str) -> str:
    return _after_type(value).strip("<>")


def _without(text: str, addresses: tuple[str, ...]) -> str:
    for address in addresses:
        text = text.replace(address, "…") if address else text
    return text.strip()
