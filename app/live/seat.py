"""One socket of one phone, projector or facilitator."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.websockets import WebSocket

from app import ids
from app.core.workshop import Audience
from app.live.frame import Frame
from app.live.wire import FanoutProtocol

SLOW = 5.0
"""Seconds that a seat without our protocol class may hold up a fan-out."""


@dataclass(eq=False, slots=True)
class Seat:
    """`wire` is our protocol under the socket; None on another server."""

    socket: WebSocket
    audience: Audience
    language: str
    participant_id: str | None = None
    id: str = field(default_factory=ids.random_id)
    seen: tuple[Audience, str] = field(init=False)
    """What this seat looks at: one audience in one language."""
    wire: FanoutProtocol | None = field(init=False)

    def __post_init__(self) -> None:
        self.seen = self.audience, self.language
        self.wire = (self.socket.scope.get("extensions") or {}).get("fanout")

    async def send(self, frame: Frame) -> bool:
        """The prebuilt frame, or its text where our protocol is absent. False when this seat is lost."""
        if self.wire is not None:
            self.wire.push(frame)
            return True
        try:
            async with asyncio.timeout(SLOW):
                await self.socket.send_text(frame.text)
        except (RuntimeError, OSError, TimeoutError):
            return False
        return True

    async def dismiss(self) -> None:
        """Have the page load itself anew, and hang up: who sits here may not stay."""
        with suppress(RuntimeError, OSError):
            await self.socket.send_text('{"reload":1}')
            await self.socket.close(1008)
