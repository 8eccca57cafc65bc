"""The mail server of the month: it notes what came when, and misbehaves in turn where it is told to."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.follow_up import AMSTERDAM, Box, Hands
from tests.month.table import Letter

TROUBLES = ("451 try later", "cut before", "cut after", "421 too many", "slow", "452 full")
"""`cut before`: the line breaks while the mail is taken in; `cut after`: it was stored, and the yes is never heard."""


@dataclass(frozen=True)
class Arrival:
    when: datetime
    to: str
    message_id: str
    content: bytes

    @property
    def letter(self) -> Letter:
        """What it is, to the minute of the Dutch clock at which it was written."""
        minute = self.written.astimezone(AMSTERDAM).replace(tzinfo=None, second=0, microsecond=0)
        return Letter(minute, self.to, self.message_id.strip("<").partition(".")[0])

    @property
    def written(self) -> datetime:
        return parsedate_to_datetime(str(self.mail["Date"]))

    @property
    def mail(self) -> EmailMessage:
        read = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        return read

    def words(self) -> str:
        """Subject, text and HTML, decoded."""
        parts = [str(part.get_content()) for part in self.mail.walk() if part.get_content_maintype() == "text"]
        return "\n".join([str(self.mail["Subject"]), *parts])


@dataclass
class Postbox(Box):
    """`every`: each so manieth mail meets the next of the troubles; 0: none does. `refuses`: never takes these.
    `hold`: the mail after `passes` others waits in the middle of DATA until this is set, and `holds` tells so."""

    hands: Hands = field(default_factory=Hands)
    every: int = 0
    refuses: frozenset[str] = frozenset()
    stored: list[Arrival] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    hold: asyncio.Event | None = None
    holds: asyncio.Event = field(default_factory=asyncio.Event)
    passes: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        arrival = self._arrival(envelope)
        self.tried[arrival.message_id] += 1
        if self.hold is not None and (passes := self.passes) >= 0:
            self.passes -= 1
            if passes == 0:
                self.holds.set()
                await self.hold.wait()
        if arrival.to in self.refuses:
            self.refused[arrival.message_id] += 1
            return "550 nobody here by that name"
        trouble = self._trouble(arrival)
        self.met[trouble] += 1
        if trouble.startswith("cut"):
            assert server.transport is not None
            server.transport.abort()
        if trouble == "slow":
            await asyncio.sleep(0.02)
        if trouble in ("", "slow", "cut after"):
            self.stored.append(arrival)
            return "250 taken"
        return trouble

    def _trouble(self, arrival: Arrival) -> str:
        """Only at the first try, so that the wait stays short."""
        number = len(self.tried)
        if not self.every or number % self.every or self.tried[arrival.message_id] > 1:
            return ""
        return TROUBLES[number // self.every % len(TROUBLES)]

    def _arrival(self, envelope: Envelope) -> Arrival:
        assert isinstance(envelope.content, bytes)
        read = message_from_bytes(envelope.content, policy=policy.default)
        return Arrival(self.hands.now, envelope.rcpt_tos[0], str(read["Message-ID"]), envelope.content)


def once_each(stored: Sequence[Arrival]) -> list[Arrival]:
    """What somebody finds who keeps one mail a Message-ID, as mail programs do. The same id always has the same
    content."""
    kept: dict[str, Arrival] = {}
    for each in stored:
        first = kept.setdefault(each.message_id, each)
        assert (first.to, _but_boundaries(first)) == (each.to, _but_boundaries(each))
    return list(kept.values())


def _but_boundaries(arrival: Arrival) -> bytes:
    """The lines between the parts are drawn by chance, each time that the mail is put on the line."""
    return re.sub(rb"={15}\d+==", b"", arrival.content)
