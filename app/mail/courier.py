"""The loop that sends: what is due is written, what is written is claimed and leaves.

At least once: killed between the server's yes and our note of it, a mail goes twice, with the same Message-ID.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app import clock, ids
from app.core.letter import OutgoingMail
from app.core.planning import LettersPlanned
from app.db import Database
from app.mail import outbox
from app.mail.message import message
from app.mail.planned import render_due
from app.mail.transport import Transport, Unsent, file_name, sweep, transport
from app.settings import Settings

log = structlog.get_logger()
ROUND = 15.0
GRACE = 8.0
SWEEP = 3600.0


@dataclass(eq=False)
class Courier:
    """One a process; any number of processes share one outbox."""

    db: Database
    settings: Settings
    owner: str = field(default_factory=ids.random_id)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _swept: float = -SWEEP  # the loop counts from when the machine was started

    def __post_init__(self) -> None:
        self._transport: Transport = transport(self.settings)
        self.db.listeners.append(self._hear)

    def wake(self) -> None:
        """There may be something to send now."""
        self._news.set()

    def _hear(self, fact: object) -> None:
        if isinstance(fact, LettersPlanned):
            self.wake()

    async def run(self) -> None:
        """Until cancelled; the mail at hand is finished first. What fails is logged and tried in the next round."""
        try:
            while True:
                self._news.clear()
                try:
                    await self.once()
                    await self._sweep()
                except Exception:
                    log.exception("the courier stumbled")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), ROUND)
        finally:
            self.db.listeners.remove(self._hear)
            await self._transport.close()

    async def once(self) -> int:
        """Write everything that is due and try everything that is ready; returns how many mails left."""
        async with self._turn:
            while await self.db.write(render_due, self.settings, clock.now()):
                pass
            left = 0
            try:
                while (delivered := await self._next()) is not None:
                    left += delivered
            finally:
                await self._transport.close()
            return left

    async def _next(self) -> bool | None:
        """Try one mail to its end, also when we are told to stop meanwhile. None: nothing is ready."""
        at_hand = asyncio.create_task(self._deliver())
        try:
            return await asyncio.shield(at_hand)
        except asyncio.CancelledError:
            await asyncio.wait({at_hand}, timeout=GRACE)
            raise

    async def _deliver(self) -> bool | None:
        mail = await self.db.write(outbox.claim, self.owner)
        if mail is None:
            return None
        over = asyncio.Event()
        held = asyncio.create_task(self._hold(mail.id, over))
        try:
            await self._transport.send(message(mail, self.settings.mail_from))
        except (Unsent, ValueError) as error:  # ValueError: an address or header that makes no message
            final = error.final if isinstance(error, Unsent) else True
            await self.db.write(outbox.put_back, mail.id, self.owner, str(error), final)
            self._tell(mail, str(error), final)
            return False
        finally:
            over.set()
            await held
        await self.db.write(outbox.mark_sent, mail.id, self.owner)
        log.info("mail sent", letter=mail.letter, mail=mail.id)
        return True

    async def _hold(self, mail_id: str, over: asyncio.Event) -> None:
        """A mail server that takes long is no reason for another process to send the same mail. Not by cancelling: that
        could hit a commit."""
        while not over.is_set():
            try:
                await asyncio.wait_for(over.wait(), outbox.LEASE.total_seconds() / 3)
            except TimeoutError:
                with suppress(SQLAlchemyError, OSError):
                    await self.db.write(outbox.hold, mail_id, self.owner)

    def _tell(self, mail: OutgoingMail, error: str, final: bool) -> None:
        """Without the address: a log is no place for it."""
        reason = error.replace(mail.to_address, "…")
        log.warning("mail not sent", letter=mail.letter, mail=mail.id, attempt=mail.attempts, final=final, error=reason)

    async def _sweep(self) -> None:
        """Once an hour: mails as files go when their rows do."""
        now = asyncio.get_running_loop().time()
        folder = self.settings.data / "outbox"
        if now - self._swept < SWEEP or self.settings.smtp_host or not folder.is_dir():
            return
        self._swept = now
        async with self.db.read() as session:
            keep = {file_name(each) for each in await outbox.message_ids(session)}
        await asyncio.to_thread(sweep, folder, keep, clock.now().timestamp() - SWEEP)
