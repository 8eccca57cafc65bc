"""What the terminal says: links, the join QR code, and whether phones can come in."""

import io

import segno

from app import links
from app.core.kind import discover
from app.core.signing_in import invite
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
