"""All checks in order, and how they are told."""

from collections.abc import AsyncIterator

from app.doctor import machine
from app.doctor.address import address
from app.doctor.bus import bus
from app.doctor.finding import Finding, Level
from app.doctor.mail_server import mail_server
from app.doctor.sender import resolver, sender
from app.doctor.storage import database, sqlite
from app.doctor.typefaces import typefaces
from app.settings import Settings

SIGNS = {Level.GOOD: "✓", Level.ADVICE: "→", Level.UNKNOWN: "?", Level.BROKEN: "✗"}


async def examine(settings: Settings, nameserver: str = "", dkim: str = "") -> AsyncIterator[Finding]:
    """Each finding as it is made."""
    for local in (machine.data_folder(settings), machine.secret(settings), sqlite(settings)):
        for each in local:
            yield each
    async for each in database(settings):
        yield each
    async for each in bus(settings):
        yield each
    async for each in address(settings):
        yield each
    async for each in mail_server(settings):
        yield each
    async for each in sender(settings, resolver(nameserver), dkim):
        yield each
    for local in (machine.port(settings), machine.open_files(), machine.front_end(), machine.reports(), typefaces()):
        for each in local:
            yield each


def told(finding: Finding) -> str:
    """As lines for a terminal: the sign, what it is about, what was found, and what helps."""
    lines = [f"{SIGNS[finding.level]} {finding.about}: {finding.what}"]
    lines += [f"    {line}" for line in finding.do.splitlines()]
    return "\n".join(lines)


async def report(settings: Settings, nameserver: str = "", dkim: str = "") -> AsyncIterator[tuple[str, bool]]:
    """The lines, each with whether something is broken; a summary comes last."""
    count = dict.fromkeys(Level, 0)
    async for finding in examine(settings, nameserver, dkim):
        count[finding.level] += 1
        yield told(finding), finding.level == Level.BROKEN
    open_ = count[Level.ADVICE] + count[Level.UNKNOWN]
    yield f"\n{count[Level.GOOD]} well, {open_} to look at, {count[Level.BROKEN]} broken.", False
