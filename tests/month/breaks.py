"""A courier is stopped in the middle of a mail: cancelled as at the end of a server, or killed as a process."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.mail.courier import Courier
from tests.month.postbox import Postbox

PROGRAM = Path(__file__).with_name("courier_process.py")
WITH_ITS_WORK = 60.0  # seconds


@dataclass
class Breaks:
    """At each of these moments one courier is broken off after `passes` mails; the others come after it."""

    box: Postbox
    moments: set[datetime]
    courier: Courier
    kill: bool = False
    passes: int = 3
    broken: int = 0
    hold: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self) -> None:
        if self.box.hands.now in self.moments:
            self.moments.discard(self.box.hands.now)
            self.box.hold = self.hold = asyncio.Event()
            self.box.passes = self.passes
            self.box.holds.clear()
            try:
                await (self._killed() if self.kill else self._cancelled())
            finally:
                self.hold.set()
                self.box.hold = None

    async def _cancelled(self) -> None:
        task = asyncio.create_task(self.courier.once())
        await self._in_the_middle(lambda: asyncio.wait({task}))
        task.cancel()
        asyncio.get_running_loop().call_later(0.02, self.hold.set)
        with suppress(asyncio.CancelledError):
            await task

    async def _killed(self) -> None:
        """A real SIGKILL: what it had claimed waits for the end of the lease, and then goes again."""
        chosen = self.courier.settings
        given = [chosen.database or "", chosen.smtp_host, str(chosen.smtp_port), str(chosen.data)]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.month.courier_process", *given, self.box.hands.now.isoformat(),
            cwd=PROGRAM.parents[2],
        )  # fmt: skip
        await self._in_the_middle(process.wait)
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _in_the_middle(self, ends: Callable[[], Awaitable[object]]) -> None:
        """Until a mail is held in the middle of DATA."""
        held, over = asyncio.create_task(self.box.holds.wait()), asyncio.ensure_future(ends())
        async with asyncio.timeout(WITH_ITS_WORK):
            await asyncio.wait({held, over}, return_when=asyncio.FIRST_COMPLETED)
        assert held.done(), "the courier was through before it could be broken off"
        self.broken += 1
        over.cancel()
