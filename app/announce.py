"""What the terminal says: links, the join QR code, and whether phones can come in."""

import io

import segno
from sqlmodel.ext.asyncio.session import AsyncSession

from app import links
from app.core.kind import discover
from app.core.second_factor import drop
from app.core.sessions import end_all
from app.core.signing_in import by_address, invite
from app.db import Database
from app.demo import make_demo
from app.scripts import shipped
from app.settings import Settings

UNREACHABLE = "Phones cannot reach this address. For the room: make run HOST=0.0.0.0"


async def announce(settings: Settings) -> str:
    """The lines to print at start; with `demo` they hold the sign-in and projector links and the QR code."""
    lines = [f"Morgen serves on {settings.address}"]
    if settings.demo:
        lines += await _demo(settings)
    if settings.is_loopback:
        lines.append(UNREACHABLE)
    return "\n".join(lines)


async def _demo(settings: Settings) -> list[str]:
    discover()
    db = Database(settings.database_url)
    try:
        script = shipped()["opgave-in-40-minuten"]
        ticket, workshop = await db.write(make_demo, script)
    finally:
        await db.close()
    projector = links.sign("projector", workshop.id, workshop.link_epoch)
    join = f"{settings.address}/{workshop.code}"
    return [
        "",
        f"Sign in (once):  {settings.address}/sign-in/{ticket.token}",
        f"Projector:       {settings.address}/w/{workshop.code}/projector/{projector}",
        f"Join:            {join}",
        "",
        _terminal_qr(join),
    ]


def _terminal_qr(address: str) -> str:
    out = io.StringIO()
    segno.make(address, error="l").terminal(out, compact=True, border=2)
    return out.getvalue()


async def invitation(settings: Settings, address: str, name: str, admin: bool) -> str:
    db = Database(settings.database_url)
    try:
        ticket = await db.write(invite, address, name, admin)
    finally:
        await db.close()
    return f"{settings.address}/sign-in/{ticket.token}"


async def second_factor_off(settings: Settings, address: str) -> str:
    async def turn_off(session: AsyncSession) -> bool:
        trainer = await by_address(session, address)
        if trainer is None or not trainer.totp_secret:
            return False
        await drop(session, trainer)
        await end_all(session, trainer.id)
        return True

    db = Database(settings.database_url)
    try:
        done = await db.write(turn_off)
    finally:
        await db.close()
    return f"The second factor of {address} is off." if done else f"{address} has no second factor here."
