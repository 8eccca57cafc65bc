"""A screen in some room: it shows a code, and a trainer says which workshop it may show."""

from datetime import timedelta

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.errors import NotFound
from app.core.trainer import PairedScreen
from app.texts import gettext_noop as N_

WAITS = timedelta(minutes=15)
SHOWS = timedelta(hours=16)
"""How long a screen may go on showing after it was paired."""


async def new_screen(session: AsyncSession, secret: str) -> PairedScreen:
    """A code for the browser that holds `secret`; what has expired goes."""
    await session.exec(delete(PairedScreen).where(col(PairedScreen.expires_at) < clock.now()))
    screen = PairedScreen(code=ids.join_code(), secret_hash=ids.hashed(secret), expires_at=clock.now() + WAITS)
    session.add(screen)
    return screen


async def screen_of(session: AsyncSession, secret: str) -> PairedScreen | None:
    statement = select(PairedScreen).where(
        col(PairedScreen.secret_hash) == ids.hashed(secret), col(PairedScreen.expires_at) > clock.now()
    )
    return (await session.exec(statement)).first()


async def pair_screen(session: AsyncSession, workshop_id: str, code: str) -> None:
    """Let the screen with this code show the workshop. Raises NotFound for a code that no waiting screen shows."""
    statement = select(PairedScreen).where(
        col(PairedScreen.code) == code.strip().upper(),
        col(PairedScreen.workshop_id).is_(None),
        col(PairedScreen.expires_at) > clock.now(),
    )
    screen = (await session.exec(statement)).first()
    if screen is None:
        raise NotFound(N_("No screen shows this code now. Look at the screen and type it again."), field="code")
    screen.workshop_id, screen.expires_at = workshop_id, clock.now() + SHOWS
    session.add(screen)
